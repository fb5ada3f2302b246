"""Every mail is whole in both languages with its example: no name missing, no link dead, nobody real, under 40 kB."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from coalition.notifications.enums import LARGEST_MAIL
from coalition.notifications.kinds import Kind, get_kind
from coalition.notifications.previews.composing import preview, previewed_kinds
from tests.notifications.told import TOLD

KINDS = [kind.name for kind in previewed_kinds()]
BOTH = [(name, language) for name in KINDS for language in ("fr", "en")]
LINK = re.compile(r'href="([^"]+)"')
WAY_OUT = re.compile(r"/(arreter|retirer|un-clic|un-geste)/")
MISSING = "⟦absent⟧"
GREETING = {"fr": "Bonjour", "en": "Hello"}


@pytest.fixture
def loud(settings: Settings) -> Iterator[None]:
    """A variable a template asks for and does not get is shown."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    settings.TEMPLATES = templates
    yield


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_a_mail_is_whole(name: str, language: str, loud: None) -> None:
    mail = preview(get_kind(name), language)
    assert mail.subject
    assert mail.text.startswith(GREETING[language])
    assert GREETING[language] in mail.html
    for part in (mail.subject, mail.text, mail.html):
        assert MISSING not in part
        assert "None" not in part
    assert "<" not in mail.text, "tags have no place in a text"
    assert mail.size < LARGEST_MAIL
    assert not mail.too_big


@pytest.mark.parametrize("name", KINDS)
def test_its_links_lead_to_pages_of_the_site(name: str) -> None:
    for address in LINK.findall(preview(get_kind(name), "fr").html):
        assert address.startswith(settings.BASE_URL)
        try:
            resolve(urlsplit(address).path)
        except Resolver404:
            pytest.fail(f"{name}: nothing answers at {address}")


@pytest.mark.parametrize("name", KINDS)
def test_english_mails_keep_no_french(name: str) -> None:
    french, english = (preview(get_kind(name), language) for language in ("fr", "en"))
    assert french.subject != english.subject
    kept = {line for line in french.text.splitlines() if len(line.split()) > 4} & set(english.text.splitlines())
    assert kept == set()


@pytest.mark.django_db
def test_a_preview_reads_no_table(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        for name in KINDS:
            preview(get_kind(name), "fr")


def test_the_reason_and_the_headers_of_the_mail_are_there() -> None:
    kind = get_kind("search.alert")
    mail = preview(kind, "fr")
    headers = dict(mail.headers)
    assert str(kind.reason) in mail.text
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "ville.example" in headers["To"]


@pytest.mark.parametrize("name", KINDS)
def test_a_mail_has_one_way_out_the_same_in_its_headers_and_in_its_foot(name: str) -> None:
    mail = preview(get_kind(name), "fr")
    headers = dict(mail.headers)
    out = headers.get("List-Unsubscribe", "").strip("<>")
    ways = [one for one in LINK.findall(mail.html) if WAY_OUT.search(one)]
    if name.startswith(("search.", "support.")):
        assert out
    if out:
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.text.count(out) == LINK.findall(mail.html).count(out) == 1
        assert mail.html.index(out) > mail.html.index('class="foot"')
    assert set(ways) <= {out}


def test_kinds_come_by_category_and_those_without_example_do_not(told: Kind) -> None:
    kinds = previewed_kinds()
    assert TOLD in kinds
    assert [kind.category for kind in kinds] == sorted(kind.category for kind in kinds)
    assert "account.mail" not in {kind.name for kind in kinds}
    with pytest.raises(LookupError):
        preview(get_kind("account.mail"), "fr")


def test_a_mail_that_weighs_too_much_is_marked(told: Kind) -> None:
    mail = preview(TOLD, "fr")
    assert not mail.too_big
    assert replace(mail, size=LARGEST_MAIL).too_big
    assert replace(mail, size=12_345).kilobytes == 12.345
