import http.client
import socket
import time
from typing import Any

import pytest
from pytest_django import Settings

from coalition.notifications.webhooks.guard import (
    NotAllowed,
    PinnedConnection,
    Place,
    checked_address,
    is_public,
    read_place,
)

PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::", "not an address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_ours_and_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2a00:1450:4007::1", "::ffff:93.184.215.14"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://ville.example/", "ftp://ville.example/", "https://", "https:///x", "https://ada:x@ville.example/",
        "https://ville.example:0/", "https://ville.example:x/", "https://ville.example/#a",
        "https://ville.example/\r\nX: y",
        "https://ville.example/a b", "https://[::1", "gopher://x", "", "https://" + "a" * 70 + ".example/",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_taken_apart(url: str) -> None:
    with pytest.raises(NotAllowed):
        read_place(url)


def test_an_address_is_taken_apart_with_its_port_and_its_query() -> None:
    assert read_place("https://ville.example:8443/a?b=1") == Place("ville.example", 8443, "/a?b=1", secure=True)
    assert read_place("https://[2a00::1]") == Place("2a00::1", 443, "/", secure=True)


def _leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


def test_a_name_that_leads_inside_is_refused_even_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    _leads_to(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(NotAllowed):
        checked_address(read_place("https://ville.example/"))
    _leads_to(monkeypatch)
    with pytest.raises(OSError, match="no address"):
        checked_address(read_place("https://ville.example/"))


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere a moment later (DNS rebinding) changes nothing."""
    _leads_to(monkeypatch, "93.184.215.14")
    place = read_place("https://ville.example/")
    address = checked_address(place)
    _leads_to(monkeypatch, "127.0.0.1")
    asked: list[Any] = []

    def refuse(target: Any, timeout: float) -> socket.socket:
        asked.append(target)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    line = PinnedConnection(place, address, time.monotonic() + 5)
    with pytest.raises(ConnectionRefusedError):
        line.request("POST", "/")
    assert asked == [("93.184.215.14", 443)]


def test_time_that_has_run_out_is_no_connection(settings: Settings) -> None:
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    line = PinnedConnection(Place("127.0.0.1", 9, "/", secure=False), "127.0.0.1", time.monotonic() - 1)
    with pytest.raises((TimeoutError, http.client.HTTPException)):
        line.request("POST", "/")
