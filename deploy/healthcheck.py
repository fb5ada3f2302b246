"""Health of one container, for `HEALTHCHECK`: healthcheck.py web | port NUMBER | fresh FILE SECONDS. Exit 0 or 1.

Standard library only, and no Django: it runs every few seconds.
"""

import http.client
import os
import socket
import sys
import time
from pathlib import Path


def web() -> str:
    """Ask the application for /healthz under a host name it knows; return what is wrong, or nothing."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".") or "localhost"
    port = int(os.environ.get("WEB_BIND", "0.0.0.0:8000").rpartition(":")[2])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    answer = line.getresponse()
    return "" if answer.status == 200 else f"/healthz answers {answer.status}: {answer.read(300)!r}"


def port(number: str) -> str:
    """Connect to a local port; OSError says what is wrong."""
    socket.create_connection(("127.0.0.1", int(number)), timeout=5).close()
    return ""


def fresh(name: str, seconds: str) -> str:
    """A file (any suffix) must have been written lately; return what is wrong, or nothing."""
    place = Path(name)
    ages = [time.time() - found.stat().st_mtime for found in place.parent.glob(f"{place.name}*")]
    if not ages:
        return f"{name} does not exist"
    return "" if min(ages) <= float(seconds) else f"{name} was last written {min(ages):.0f} s ago"


CHECKS = {"web": web, "port": port, "fresh": fresh}

if __name__ == "__main__":
    try:
        problem = CHECKS[sys.argv[1]](*sys.argv[2:])
    except OSError as error:
        problem = str(error)
    sys.exit(problem or 0)
