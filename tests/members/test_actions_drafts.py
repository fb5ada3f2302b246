"""An act is begun by one hand, gone on with by another, signed or thrown away; unsigned, it binds nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.attachments import AttachmentRefused
from coalition.core.models import Attachment, AuditLine
from coalition.notifications.models import Event
from members.actions import AlreadySigned, discard_draft, save_draft
from members.enums import CosponsorshipState, Role
from members.models import Coalition, Cosponsorship, Organisation, SignedVersion, User
from tests.members.conftest import NOW, Texts, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def pdf(name: str = "deliberation.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 acte", content_type="application/pdf")


@pytest.fixture
def save(coalition: Coalition, texts: Texts, city: Organisation) -> Make:
    """A draft of the city kept by `account`."""

    def keep(account: User, **words: Any) -> Cosponsorship:
        return save_draft(coalition=coalition, organisation=city, actor=account, now=NOW, **words)

    return keep


def test_a_draft_may_lack_anything_and_binds_to_no_text(save: Make, chief: User) -> None:
    draft = save(chief)
    assert (draft.state, draft.drafted_at, draft.signed_at) == (CosponsorshipState.DRAFT, NOW, None)
    assert (draft.document_sha256, draft.document_version) == ("", "")
    assert not SignedVersion.objects.exists()
    assert not Event.objects.exists()


def test_a_colleague_goes_on_with_the_same_draft(save: Make, chief: User, make_representative: Make) -> None:
    save(chief, sentences={"propose_services": "Un guichet."}, reservations={"partage": "Pas encore."})
    second = make_representative(Organisation.objects.get(), name="Second")
    draft = save(second, commitments=["document_cases"], reservations={"ouverture": "Pas tout."})
    assert Cosponsorship.objects.get() == draft
    assert draft.affiliation.account == second
    assert [one.article_key for one in draft.reservations.all()] == ["ouverture"]


def test_signing_takes_the_place_of_the_draft_and_keeps_its_document(
    save: Make, sign: Make, chief: User, city: Organisation
) -> None:
    draft = save(chief, upload=pdf(), reservations={"ouverture": "Ceci."})
    act = sign(chief, city, reservations={"partage": "Cela."})
    assert (act.pk, act.state) == (draft.pk, CosponsorshipState.AWAITING)
    assert act.mandate_document.name == "deliberation.pdf"
    assert [one.text for one in act.reservations.all()] == ["Cela."]


def test_nothing_is_drafted_once_signed(save: Make, sign: Make, chief: User, city: Organisation) -> None:
    sign(chief, city)
    with pytest.raises(AlreadySigned):
        save(chief, statement="Encore.")
    assert Cosponsorship.objects.get().statement != "Encore."


def test_a_draft_exists_for_its_representatives_only(
    save: Make, chief: User, make_representative: Make, make_account: Make, organiser: User, city: Organisation
) -> None:
    save(chief)
    strangers = [make_account(), organiser, make_representative(city, role=Role.MEMBER), None]
    assert [Cosponsorship.objects.visible_to(account).count() for account in strangers] == [0, 0, 0, 0]
    assert Cosponsorship.objects.visible_to(fresh(chief)).count() == 1
    assert Cosponsorship.objects.visible_to(make_representative(city, name="Second")).count() == 1


def test_another_file_replaces_the_first_and_a_strange_one_is_refused(save: Make, chief: User) -> None:
    save(chief, upload=pdf())
    with pytest.raises(AttachmentRefused), transaction.atomic():
        save(chief, upload=SimpleUploadedFile("a.svg", b"<svg onload=x>"))
    assert Attachment.objects.get().name == "deliberation.pdf"


def test_a_draft_thrown_away_leaves_a_line_in_the_log_and_no_file(
    save: Make,
    chief: User,
    django_capture_on_commit_callbacks: Any,
    organiser: User,
    make_representative: Make,
    city: Organisation,
) -> None:
    draft = save(chief, upload=pdf(), reservations={"ouverture": "Ceci."})
    file = draft.mandate_document.file
    assert file.storage.exists(file.name)
    for account in (organiser, make_representative(city, role=Role.EDITOR)):
        with pytest.raises((Hidden, Refused)):
            discard_draft(cosponsorship=draft, actor=account, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(cosponsorship=draft, actor=fresh(chief), now=NOW)
    assert not Cosponsorship.objects.exists()
    assert not Attachment.objects.exists()
    assert not file.storage.exists(file.name)
    assert AuditLine.objects.filter(action="cosponsorship.discard").count() == 1


def test_what_is_signed_is_not_thrown_away(save: Make, sign: Make, chief: User, city: Organisation) -> None:
    draft = save(chief)
    sign(chief, city)
    with pytest.raises(WrongState):
        discard_draft(cosponsorship=draft, actor=fresh(chief), now=NOW)
    assert Cosponsorship.objects.exists()
