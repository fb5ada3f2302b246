"""A signature given on paper counts like another, says that it is one, and is answered by a second pair of eyes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.attachments import AttachmentRefused
from coalition.core.errors import DomainError
from coalition.core.models import Attachment, AuditLine, Consent
from coalition.notifications.models import Event
from members.actions import (
    ActExists,
    PaperUnclear,
    approve_cosponsorship,
    note_paper_read,
    record_paper_signature,
    save_draft,
)
from members.enums import CosponsorshipState
from members.models import Coalition, Cosponsorship, Organisation, User
from tests.members.conftest import NOW, Texts, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
PDF = b"%PDF-1.4 signed"


@pytest.fixture
def paper(coalition: Coalition, city: Organisation, texts: Texts, organiser: User) -> Make:
    def record(**more: Any) -> Cosponsorship:
        given: dict[str, Any] = {
            "coalition": coalition,
            "organisation": city,
            "actor": organiser,
            "scan": SimpleUploadedFile("acte signé.pdf", PDF),
            "document_sha256": texts.document("1").sha256,
            "signed_on": date(2026, 11, 10),
            "signatory_name": "Awa  Ndiaye",
            "signatory_function": "Maire",
            "mandate_reference": "Délibération 12",
            "commitments": ["document_cases"],
            "sentences": {"document_cases": "Nous écrirons trois cas."},
            "now": NOW,
        }
        return record_paper_signature(**{**given, **more})

    return record


def test_it_waits_like_another_with_its_scan_and_who_recorded_it(paper: Make, organiser: User) -> None:
    act = paper()
    assert (act.state, act.is_paper, act.affiliation, act.recorded_by) == ("submitted", True, None, organiser)
    assert (act.signatory_name, act.signatory_function) == ("Awa Ndiaye", "Maire")
    assert act.signed_at.date() == date(2026, 11, 10)
    assert act.paper_scan.file.read() == PDF
    held = act.signed_versions.get()
    assert (held.document_version, held.signatory_name, held.how) == ("1", "Awa Ndiaye", "signed")
    line = AuditLine.objects.get(action="cosponsorship.record_paper")
    assert line.data["scan"] == act.paper_scan.sha256
    assert Event.objects.filter(kind="cosponsorship.submitted").count() == 1


def test_any_adopted_version_may_be_the_one_on_the_paper_and_no_other(paper: Make, texts: Texts) -> None:
    texts.version = "2"
    assert paper(document_sha256=texts.document("2").sha256).document_version == "2"
    with pytest.raises(PaperUnclear) as refusal:
        paper(document_sha256="f" * 64)
    assert refusal.value.field == "document_sha256"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"signatory_name": " "}, "signatory_name"),
        ({"signed_on": date(2026, 11, 23)}, "signed_on"),
        ({"signed_on": date(2026, 10, 31)}, "signed_on"),
        ({"commitments": []}, "commitments"),
        ({"sentences": {}}, "sentence_document_cases"),
    ],
)
def test_what_no_paper_can_say_is_refused_and_nothing_is_kept(paper: Make, more: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        paper(**more)
    assert refusal.value.field == field
    assert not Cosponsorship.objects.exists()
    assert not Attachment.objects.exists()


def test_without_a_readable_scan_there_is_no_paper(paper: Make) -> None:
    with pytest.raises(AttachmentRefused):
        paper(scan=SimpleUploadedFile("acte.pdf", b"MZ not a pdf"))
    assert not Cosponsorship.objects.exists()


def test_only_organisers_record_and_only_for_confirmed_organisations(
    paper: Make, chief: User, city: Organisation
) -> None:
    with pytest.raises(Refused):
        paper(actor=fresh(chief))
    Organisation.objects.filter(pk=city.pk).update(state="pending")
    with pytest.raises(WrongState):
        paper(organisation=Organisation.objects.get(pk=city.pk))


def test_one_live_act_an_organisation_and_a_draft_gives_way(
    paper: Make, coalition: Coalition, city: Organisation, chief: User
) -> None:
    draft = save_draft(coalition=coalition, organisation=city, actor=fresh(chief), now=NOW, statement="Projet.")
    assert paper().pk == draft.pk
    with pytest.raises(ActExists):
        paper()
    assert Cosponsorship.objects.count() == 1


def test_another_organiser_answers_what_one_recorded(paper: Make, organiser: User, make_organiser: Make) -> None:
    act = paper()
    other = make_organiser("Karim")
    with pytest.raises(Refused):
        approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    approve_cosponsorship(cosponsorship=act, actor=other, now=NOW)
    assert act.state == CosponsorshipState.OFFICIAL


def test_an_organiser_who_is_alone_answers_it_too(paper: Make, organiser: User, make_organiser: Make) -> None:
    act = paper()
    make_organiser("Sans second facteur", second_factor=False)
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW)
    assert act.state == CosponsorshipState.OFFICIAL


def test_the_scan_is_for_organisers_and_representatives_and_each_reading_is_logged(
    paper: Make, city: Organisation, chief: User, organiser: User, make_representative: Make, make_account: Make
) -> None:
    act = paper()
    for actor in (organiser, fresh(chief)):
        assert note_paper_read(cosponsorship=act, actor=actor, now=NOW + timedelta(days=1)) == act.paper_scan
    for actor in (make_account("Eve"), fresh(make_representative(city, role="member"))):
        with pytest.raises(Hidden):
            note_paper_read(cosponsorship=act, actor=actor, now=NOW)
    assert AuditLine.objects.filter(action="cosponsorship.read_paper").count() == 2


def test_the_consent_written_on_the_paper_is_recorded_as_such(paper: Make) -> None:
    act = paper(name_is_public=True)
    given = Consent.objects.get()
    assert (given.method, given.proof, given.address) == ("paper", f"cosponsorship {act.pk}", "")
