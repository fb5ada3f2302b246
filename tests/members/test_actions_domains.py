"""Organisers say which e-mail domains are an organisation's."""

from collections.abc import Callable

import pytest

from coalition.core.access import Refused, WrongState
from coalition.core.models import AuditLine
from members.actions import DomainRefused, add_domain, remove_domain
from members.models import Organisation, User, VerifiedDomain
from tests.members.conftest import NOW

pytestmark = pytest.mark.django_db


def add(organisation: Organisation, actor: User, domain: str) -> VerifiedDomain:
    return add_domain(organisation=organisation, domain=domain, actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" @Saint-Louis.SN ", "saint-louis.sn"),
        ("awa@mairie.example", "mairie.example"),
        ("Lom\u00e9.tg", "xn--lom-dma.tg"),
    ],
)
def test_a_domain_is_kept_as_it_travels_in_mail(city: Organisation, organiser: User, written: str, kept: str) -> None:
    assert add(city, organiser, written).domain == kept
    assert add(city, organiser, written) == VerifiedDomain.objects.get()
    assert AuditLine.objects.filter(action="organisation.add_domain").count() == 1


@pytest.mark.parametrize(
    "written",
    ["gmail.com", "@laposte.net", "ville.github.io", "gouv.fr", "localhost", "fr", "a b.fr", "", "-x.fr", "\u202e.fr"],
)
def test_what_anybody_may_have_or_nobody_could_is_refused(city: Organisation, organiser: User, written: str) -> None:
    with pytest.raises(DomainRefused):
        add(city, organiser, written)
    assert not VerifiedDomain.objects.exists()


def test_a_domain_opens_one_organisation_only(
    city: Organisation, make_organisation: Callable[..., Organisation], organiser: User
) -> None:
    add(city, organiser, "mairie.example")
    with pytest.raises(DomainRefused):
        add(make_organisation(), organiser, "mairie.example")


def test_only_organisers_change_domains_and_one_is_taken_away_once(
    city: Organisation, chief: User, organiser: User
) -> None:
    with pytest.raises(Refused):
        add(city, chief, "mairie.example")
    domain = add(city, organiser, "mairie.example")
    with pytest.raises(Refused):
        remove_domain(domain=domain, actor=chief, now=NOW)
    remove_domain(domain=domain, actor=organiser, now=NOW)
    with pytest.raises(WrongState):
        remove_domain(domain=domain, actor=organiser, now=NOW)
    assert AuditLine.objects.get(action="organisation.remove_domain").data == {"domain": "mairie.example"}
