"""The port of the demo."""

import pytest

from coalition.embedded.errors import LaunchError
from coalition.embedded.ports import web_socket


@pytest.mark.parametrize("wish", ["http", "0", "65536", "-1", "８０００"])
def test_a_wish_that_is_no_port_is_refused_with_its_own_words(wish: str) -> None:
    with pytest.raises(LaunchError, match="is not a port"):
        web_socket({"PORT": wish})
