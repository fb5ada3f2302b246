"""The mailed link in every hand, and the organisers' list."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from coalition.core.tokens import issue_token
from coalition.notifications.models import Event
from members.actions import accept_invitation, cancel_invitation, invite_person
from members.actions.invitations import PER_INVITER
from members.enums import InvitationState, Role
from members.models import Affiliation, Invitation, Organisation, User
from members.notifications.mandates import INVITATION_PURPOSE
from tests.members.conftest import NOW, PASSWORD, fresh

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
INVITED = "awa.diop@ville.example"


@pytest.fixture
def invitation(city: Organisation, chief: User) -> Invitation:
    return invite_person(
        organisation=city, actor=fresh(chief), email=INVITED, role=Role.EDITOR, message="Venez <vite>", now=NOW
    )


@pytest.fixture
def link(invitation: Invitation) -> str:
    secret = issue_token(
        purpose=INVITATION_PURPOSE, subject=invitation, address=INVITED, lifetime=timedelta(days=3650), now=NOW
    )
    return reverse("invitation", args=[secret])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_representative_invites_and_cancels(client: Client, city: Organisation, chief: User) -> None:
    client.force_login(chief)
    data = {"email": INVITED, "role": "editor", "function": "Archiviste", "message": "", "language": "en"}
    assert client.post(reverse("invitation_new", args=[city.slug]), data).status_code == 303
    sent = Invitation.objects.get()
    assert (sent.language, sent.function, sent.invited_by) == ("en", "Archiviste", chief)
    again = text(client.post(reverse("invitation_new", args=[city.slug]), data))
    assert "attend déjà sa réponse" in again
    assert 'value="Archiviste"' in again
    client.post(reverse("invitation_cancel", args=[city.slug, sent.pk]))
    sent.refresh_from_db()
    assert sent.state == InvitationState.CANCELLED
    assert client.post(reverse("invitation_cancel", args=[city.slug, sent.pk])).status_code == 409


def test_too_many_invitations_answer_429_with_the_text_kept(client: Client, city: Organisation, chief: User) -> None:
    client.force_login(chief)
    Invitation.objects.bulk_create(
        Invitation(organisation=city, email=f"{n}@x.example", role="member", state="declined", invited_by=chief,
                   created_at=Now(), expires_at=Now())
        for n in range(PER_INVITER)
    )  # fmt: skip
    data = {"email": INVITED, "role": "member", "message": "Un long message", "language": "fr"}
    answer = client.post(reverse("invitation_new", args=[city.slug]), data)
    assert answer.status_code == 429
    assert "Un long message" in text(answer)
    assert "reprenez demain" in text(answer)
    assert not Event.objects.filter(kind="affiliation.invited").exists()


def test_a_robot_that_opens_the_link_changes_nothing(client: Client, invitation: Invitation, link: str) -> None:
    for method in (client.get, client.head, client.options):
        method(link)
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.OPEN
    assert not client.cookies.get("sessionid")


def test_a_stranger_reads_who_invites_and_is_led_to_enter_and_back(client: Client, link: str) -> None:
    shown = text(client.get(link))
    assert all(word in shown for word in ("Aïssatou", "Ville de Saint-Louis", "Écrire les cas", "Venez &lt;vite&gt;"))
    assert f"signup/?next={link.replace('/', '%2F')}&amp;email=awa.diop%40ville.example" in shown
    answer = client.post(link, {"answer": "accept"})
    assert answer["Location"] == f"{reverse('account_login')}?next={link}"
    signup = text(client.get(f"{reverse('account_signup')}?email={INVITED}"))
    assert f'value="{INVITED}"' in signup


def test_the_owner_accepts_by_the_button_once(
    client: Client, city: Organisation, make_account: Make, link: str
) -> None:
    account = make_account(email=INVITED)
    client.force_login(account)
    client.get(link)
    assert fresh(account).roles == {}
    assert client.post(link, {"answer": "accept"})["Location"] == reverse("people", args=[city.slug])
    assert fresh(account).roles == {city.pk: Role.EDITOR}
    assert client.post(link, {"answer": "accept"}).status_code == 409
    assert "déjà acceptée" in text(client.get(link))


def test_another_account_is_told_which_address_is_needed_masked(client: Client, make_account: Make, link: str) -> None:
    client.force_login(make_account())
    shown = text(client.get(link))
    assert "a…p@ville.example" in shown
    assert INVITED not in shown
    answer = client.post(link, {"answer": "accept"})
    assert answer.status_code == 403
    assert "a…p@ville.example" in text(answer)


def test_declining_needs_no_account(client: Client, invitation: Invitation, link: str) -> None:
    assert "est déclinée" in text(client.post(link, {"answer": "decline"}))
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED


def test_a_late_a_cancelled_and_a_forged_link_say_so_and_lead_to_asking(
    client: Client, chief: User, make_account: Make, invitation: Invitation, link: str
) -> None:
    client.force_login(make_account(email=INVITED))
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=Now() - timedelta(seconds=1))
    answer = client.get(link)
    assert answer.status_code == 410
    assert "quatorze jours" in text(answer)
    assert reverse("join_request", args=[invitation.organisation.slug]) in text(answer)
    assert client.post(link, {"answer": "accept"}).status_code == 403
    cancel_invitation(invitation=invitation, actor=fresh(chief), now=NOW)
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "accept"}).status_code == 409
    assert client.get(reverse("invitation", args=["forged"])).status_code == 404
    assert client.post(reverse("invitation", args=["forged"]), {"answer": "accept"}).status_code == 404
    assert not Affiliation.objects.filter(role=Role.EDITOR).exists()


def test_signing_up_accepts_nothing_and_the_first_page_offers_it(client: Client, city: Organisation, link: str) -> None:
    client.get(link)
    data = {"name": "Awa", "email": INVITED, "password1": PASSWORD, "next": link}
    client.post(reverse("account_signup"), data)
    account = User.objects.get(email=INVITED)
    EmailAddress.objects.filter(user=account).update(verified=True)
    assert not Affiliation.objects.filter(account=account).exists()
    client.force_login(fresh(account))
    shown = text(client.get(reverse("account_overview")))
    assert "Aïssatou vous invite." in shown
    pk = Invitation.objects.get().pk
    assert client.post(reverse("invitation_answer", args=[pk]), {"answer": "accept"}).status_code == 303
    assert fresh(account).roles == {city.pk: Role.EDITOR}


def test_a_new_password_accepts_nothing(client: Client, make_account: Make, invitation: Invitation) -> None:
    account = make_account(email=INVITED)
    Invitation.objects.update(expires_at=Now() - timedelta(seconds=1))
    client.post(reverse("account_reset_password"), {"email": INVITED})
    place = re.search(r"/fr/compte/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert place is not None
    form = client.get(place[0], follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "encore-un-mot-de-passe-7", "password2": "encore-un-mot-de-passe-7"}
    )
    assert fresh(account).check_password("encore-un-mot-de-passe-7")
    client.force_login(fresh(account))
    assert client.post(reverse("invitation_answer", args=[invitation.pk]), {"answer": "accept"}).status_code == 303
    assert fresh(account).roles == {}


def test_organisers_see_what_a_list_would_do_then_send_it(client: Client, city: Organisation, organiser: User) -> None:
    client.force_login(organiser)
    url = reverse("invitation_list")
    file = SimpleUploadedFile("l.csv", f"organisation,email\n{city.slug},a@x.example\nAilleurs,b@x.example\n".encode())
    shown = client.post(url, {"file": file})
    assert "1 personne à inviter" in text(shown)
    assert "organisation inconnue" in text(shown)
    assert not Invitation.objects.exists()
    rows = shown.context["confirm"]["rows"].value()
    for said in ("1 invitation envoyée", "0 invitation"):
        assert said in text(client.post(url, {"rows": rows}))
    assert Invitation.objects.get().email == "a@x.example"


@pytest.mark.parametrize("rows", ["", "x", "organisation,email\n" + "a,b\n" * 600, "[" * 100_000])
def test_a_list_that_was_tampered_with_sends_nothing(client: Client, organiser: User, rows: str) -> None:
    client.force_login(organiser)
    assert client.post(reverse("invitation_list"), {"rows": rows}).status_code == 200
    assert not Invitation.objects.exists()


def test_an_unreadable_file_gets_a_sentence(client: Client, organiser: User) -> None:
    client.force_login(organiser)
    for data in (b"", b"PK\x03\x04", b"\x00\x01"):
        answer = client.post(reverse("invitation_list"), {"file": SimpleUploadedFile("l.xlsx", data)})
        assert 'role="alert"' in text(answer)


def test_an_accepted_invitation_is_not_answered_again_from_the_account_page(
    client: Client, make_account: Make, invitation: Invitation
) -> None:
    account = make_account(email=INVITED)
    accept_invitation(invitation=invitation, actor=account, now=NOW)
    client.force_login(account)
    answer = client.post(reverse("invitation_answer", args=[invitation.pk]), {"answer": "decline"}, follow=True)
    assert "n’est plus valable" in text(answer)
