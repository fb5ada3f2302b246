"""Who answers for an object."""

import pytest

from coalition.core.contacts import contact_subject, people_answering, people_told, register_contact_source


class Silent:
    def subject(self, number: int) -> None:
        return None

    def people(self, number: int) -> list[str]:
        return ["someone"]

    def told(self, number: int) -> list[str]:
        return ["box"]


def test_a_kind_has_one_source_and_strange_keys_nobody() -> None:
    source = Silent()
    register_contact_source("thing", source)
    with pytest.raises(ValueError):
        register_contact_source("thing", Silent())
    assert people_answering("thing:12") == ["someone"]
    for key in ("", "thing", "thing:", "thing:x", "nothing:1"):
        assert people_answering(key) == []
    assert contact_subject("thing", 1) is None and contact_subject("nothing", 1) is None


def test_whom_a_mail_tells_is_asked_of_the_same_source() -> None:
    register_contact_source("shop", Silent())
    assert people_told("shop:12") == ["box"]
    assert people_told("nothing:1") == people_told("shop:x") == []
