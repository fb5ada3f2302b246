"""The life of an act, told from what is stored: all of it to the organisation, the public part to the public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions import approve_cosponsorship, ask_for_document, provide_document, withdraw_cosponsorship
from members.enums import Binding, CosponsorshipState
from members.models import Cosponsorship, Organisation, User
from members.views.acts import next_steps
from members.views.timeline import act_timeline
from tests.members.conftest import NOW, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
DAY = timedelta(days=1)


def words(act: Cosponsorship, **reader: bool) -> list[str]:
    return [str(entry.get("what") or entry["word"]) for entry in act_timeline(act, **reader)]


@pytest.fixture
def submitted(sign: Make, chief: User, city: Organisation) -> Cosponsorship:
    act = sign(chief, city)
    Cosponsorship.objects.filter(pk=act.pk).update(state=CosponsorshipState.SUBMITTED, confirmed_at=NOW + DAY)
    act.refresh_from_db()
    return act


def test_everything_from_the_draft_to_the_withdrawal(submitted: Cosponsorship, organiser: User, chief: User) -> None:
    act = submitted
    Cosponsorship.objects.update(drafted_at=NOW - DAY)
    act.refresh_from_db()
    ask_for_document(cosponsorship=act, actor=organiser, wanted="La délibération.", now=NOW + 2 * DAY)
    proof = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    provide_document(cosponsorship=act, actor=fresh(chief), upload=proof, now=NOW + 3 * DAY)
    approve_cosponsorship(cosponsorship=act, actor=organiser, now=NOW + 4 * DAY)
    act.signed_versions.create(
        document_title="Charte",
        document_version="2",
        document_sha256="b" * 64,
        how=Binding.RESERVED,
        bound_at=NOW + 5 * DAY,
    )
    withdraw_cosponsorship(cosponsorship=act, actor=fresh(chief), reason="Nouvelle équipe.", now=NOW + 6 * DAY)
    assert words(act, inside=True, named=True) == [
        "Projet",
        "Signature",
        "Confirmation",
        "Pièce demandée",
        "Pièce reçue",
        "Acceptée",
        "Confirmation avec réserve",
        "Retrait",
    ]


def test_the_public_reads_neither_motives_nor_documents_nor_unconsented_names(
    submitted: Cosponsorship, organiser: User
) -> None:
    ask_for_document(cosponsorship=submitted, actor=organiser, wanted="La délibération.", now=NOW + 2 * DAY)
    approve_cosponsorship(cosponsorship=submitted, actor=organiser, now=NOW + 4 * DAY)
    told = act_timeline(submitted, inside=False, named=False)
    assert [entry["what"] for entry in told] == ["Signature", "Acceptée"]
    assert "Aïssatou" not in str(told)


@pytest.mark.parametrize("state", [state for state in CosponsorshipState if state != CosponsorshipState.DRAFT])
def test_in_every_state_somebody_is_named_or_it_is_over(submitted: Cosponsorship, state: str) -> None:
    Cosponsorship.objects.update(state=state, decided_at=NOW, renew_on=NOW.date())
    submitted.refresh_from_db()
    assert next_steps(submitted)[0]["title"]
    ended = state in (CosponsorshipState.DECLINED, CosponsorshipState.WITHDRAWN)
    assert ("En cours" in words(submitted, inside=True, named=True)) is not ended


def test_the_answer_is_promised_in_working_days(submitted: Cosponsorship) -> None:
    Cosponsorship.objects.update(confirmed_at=NOW.replace(day=20))
    submitted.refresh_from_db()
    assert "25 novembre 2026" in next_steps(submitted)[0]["text"]
