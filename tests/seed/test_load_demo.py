import pytest
from django.core.management import call_command
from django.test import Client

from cases.models import CasePage, CatalogueEntry
from coalition.core.access import is_organiser
from coalition.core.models import AuditLine
from coalition.notifications.models import Announcement, Follow
from coalition.seed.people import demo_logins
from members.models import Affiliation, Cosponsorship, LocalAdoption, Organisation, SignedVersion, User
from principles.models import Amendment, Version

COUNTED = (
    CasePage,
    CatalogueEntry,
    Organisation,
    Affiliation,
    Cosponsorship,
    Amendment,
    Version,
    User,
    AuditLine,
    Follow,
    Announcement,
)


def _counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


@pytest.mark.django_db
def test_the_demo_loads_and_a_second_run_changes_nothing() -> None:
    call_command("load_demo", verbosity=0)
    first = _counts()
    assert first["CatalogueEntry"] >= 30 and first["Organisation"] >= 12 and first["Version"] >= 3
    assert Cosponsorship.objects.official().count() >= 3
    _signatories_differ()
    assert Organisation.objects.pending().exists() and CasePage.objects.in_review().exists()
    call_command("load_demo", verbosity=0)
    assert _counts() == first
    _every_role_has_an_account()
    _people_follow_and_a_letter_waits()
    _pages_open_in_both_languages()


def _signatories_differ() -> None:
    """One holds version 1, one confirmed the last, one with a reservation; one is to renew, one adopted the charter."""
    held = {row["document_version"]: row["count"] for row in Cosponsorship.objects.by_version()}
    assert set(held) == {"1", "3"}
    assert {"confirmed", "reserved"} <= set(SignedVersion.objects.values_list("how", flat=True))
    assert Cosponsorship.objects.to_renew().count() == 1
    assert {change.kind for change in LocalAdoption.objects.published().get().changes.all()} == {"adapted", "added"}


def _people_follow_and_a_letter_waits() -> None:
    """What they may read; the letter awaits its second approval."""
    kinds = set(Follow.objects.filter(account__email="fatou.ndiamel@example.org").values_list("target_kind", flat=True))
    assert {"charter", "coalition", "case", "organisation"} <= kinds
    assert Announcement.objects.get().state == "proposed"


def _every_role_has_an_account() -> None:
    logins = demo_logins()
    roles = {row["role"].split(" · ")[1] for row in logins}
    assert {"organiser", "second organiser", "representative", "editor", "member", "no organisation"} <= roles
    organisers = [row for row in logins if row["code"]]
    assert len(organisers) == 2 and all(len(row["code"]) == 6 for row in organisers)
    assert all(is_organiser(User.objects.get(email=row["email"])) for row in organisers)


def _pages_open_in_both_languages() -> None:
    client = Client()
    for path in ("/fr/", "/en/", "/fr/cas/", "/en/cases/", "/fr/charte/", "/fr/coalition/11/", "/fr/organisations/"):
        assert client.get(path).status_code == 200, path
