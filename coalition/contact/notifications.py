"""Who is told of a message. The words are read when the mail is made; no mail shows the address of anybody else."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from coalition.contact.models import Message, Reply
from coalition.core.access import can, is_organiser
from coalition.core.contacts import people_answering, people_told
from coalition.notifications.examples import example_for
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event


def _recipients(accounts: Iterable[Any]) -> list[Recipient]:
    return [
        Recipient(address=person.email, language=person.language, name=str(person), account_id=person.pk)
        for person in accounts
        if person.is_active
    ]


def _organisers(_event: Event) -> list[Recipient]:
    accounts: Any = get_user_model()._default_manager
    return _recipients(person for person in accounts.organisers() if is_organiser(person))


def _team(event: Event) -> list[Recipient]:
    message: Any = event.subject
    return people_told(message.subject_key)


def _sender(event: Event) -> list[Recipient]:
    message: Any = event.subject
    return [Recipient(address=message.email, language=message.language, name=message.name, account_id=None)]


def _while_readable(event: Event, recipient: Recipient) -> bool:
    message: Any = event.subject
    if recipient.account_id is None:
        return _box_is_told(message, recipient)
    accounts: Any = get_user_model()._default_manager
    account = accounts.filter(pk=recipient.account_id).first()
    return account is not None and bool(can(account, "contact.answer", message))


def _box_is_told(message: Any, recipient: Recipient) -> bool:
    """A mailbox the team shares, while it is told of such messages and somebody of the team may answer this one."""
    boxes = {one.address.lower() for one in people_told(message.subject_key) if one.account_id is None}
    team = people_answering(message.subject_key)
    return recipient.address.lower() in boxes and any(can(one, "contact.answer", message) for one in team)


def _while_kept(event: Event, recipient: Recipient) -> bool:
    message: Any = event.subject
    return Message.objects.filter(pk=message.pk, email__iexact=recipient.address).exists()


def _about(event: Event, _recipient: Recipient) -> dict[str, Any]:
    message: Any = event.subject
    return {"message": message, "url": settings.BASE_URL + message.get_absolute_url()}


def _answer(event: Event, recipient: Recipient) -> dict[str, Any]:
    reply = Reply.objects.filter(pk=event.payload["reply"]).first()
    return {**_about(event, recipient), "answer": reply.body if reply else ""}


for _name, _label, _reason, _whom, _context, _visible in (
    (
        "contact.received",
        _("Un message vous attend"),
        _("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        _organisers,
        _about,
        _while_readable,
    ),
    (
        "contact.forwarded",
        _("On vous écrit à propos d’un de vos cas"),
        _("Vous recevez ce message parce que vous écrivez les cas de cette organisation."),
        _team,
        _about,
        _while_readable,
    ),
    (
        "contact.answered",
        _("Réponse à votre message"),
        _("Vous recevez ce message parce que vous avez écrit depuis le site."),
        _sender,
        _answer,
        _while_kept,
    ),
):
    register_kind(
        Kind(
            name=_name,
            category="contact",
            label=_label,
            reason=_reason,
            recipients=_whom,
            context=_context,
            visible=_visible,
        )
    )


@example_for("contact.received", "contact.forwarded", "contact.answered")
def _example() -> Mapping[str, Any]:
    label = gettext("Un compteur d’eau que chacun peut lire")
    body = gettext("Bonjour, quel modèle de capteur avez-vous choisi ?")
    message = SimpleNamespace(name=gettext("Fatou Diallo"), subject_label=label, subject_url="", body=body)
    answer = gettext("Bonjour, un modèle libre, dont le plan est joint au cas.")
    return {"message": message, "answer": answer, "url": settings.BASE_URL + reverse("contact")}
