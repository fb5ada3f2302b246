"""The port of the demo: the one asked for, or the first free one from 8000 on."""

import errno
import socket
from collections.abc import Mapping

from coalition.embedded.errors import LaunchError

HOST = "127.0.0.1"
USUAL_PORT = 8000
ATTEMPTS = 100


def listening_socket(port: int) -> socket.socket:
    """Listen on a local port: held from now on, so nobody can take it before the web server runs. Raises OSError."""
    return socket.create_server((HOST, port), backlog=256)


def web_socket(environment: Mapping[str, str]) -> tuple[socket.socket, bool]:
    """Socket of the site, and whether it had to leave the usual port.

    PORT is taken literally: LaunchError when it is not a port or not free.
    """
    asked = environment.get("PORT", "").strip()
    if asked:
        return _exactly(asked), False
    for port in range(USUAL_PORT, USUAL_PORT + ATTEMPTS):
        try:
            return listening_socket(port), port != USUAL_PORT
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise LaunchError(f"{HOST}:{port}: {error.strerror}") from None
    raise LaunchError(f"No free port between {USUAL_PORT} and {USUAL_PORT + ATTEMPTS - 1}.")


def _exactly(asked: str) -> socket.socket:
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked) < 65536):
        raise LaunchError(f"PORT={asked} n’est pas un port (1 à 65535). · PORT={asked} is not a port (1 to 65535).")
    try:
        return listening_socket(int(asked))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise LaunchError(
                f"Le port {asked} est déjà pris : PORT=… make demo en choisit un autre.\n"
                f"Port {asked} is taken: choose another with PORT=… make demo."
            ) from None
        raise LaunchError(f"PORT={asked}: {error.strerror}") from None
