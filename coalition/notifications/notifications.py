"""The kinds of this app itself: mails about one’s account, what one follows, digests, answers to answers by mail."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from coalition.core.access import is_organiser
from coalition.core.following import Target
from coalition.notifications.enums import HookState, IncomingReason
from coalition.notifications.examples import example_for
from coalition.notifications.kinds import Kind, Recipient, register_kind
from coalition.notifications.models import Event, Notice, Webhook
from coalition.notifications.refusals import explanation
from coalition.notifications.telling import (
    Line,
    digest_context,
    digest_lines,
    digest_people,
    followed_context,
    followed_target,
)
from coalition.notifications.webhooks.parcels import PING

ACCOUNT_MAIL = register_kind(
    Kind(
        name="account.mail",
        category="account",
        label=_("Courrier du compte"),
        reason=_("Vous recevez ce message parce qu’une action a été demandée pour votre compte."),
        recipients=lambda event: (),
        context=lambda event, recipient: {},
        visible=lambda event, recipient: True,
        templated=False,
    )
)
FOLLOWED = register_kind(
    Kind(
        name="following.news",
        category="following",
        label=_("Du nouveau dans ce que vous suivez"),
        reason=_("Vous recevez ce message parce que vous suivez ce dont il parle."),
        recipients=lambda event: (),
        context=followed_context,
        visible=lambda event, recipient: followed_target(event, recipient) is not None,
    )
)
"""The words of mails to followers, whatever the kind of the event; never the kind of an event itself."""

DIGEST = register_kind(
    Kind(
        name="following.digest",
        category="following",
        label=_("Votre résumé"),
        reason=_("Vous recevez ce message parce que vous avez choisi d’être averti par un résumé."),
        recipients=digest_people,
        context=digest_context,
        visible=lambda event, recipient: bool(digest_lines(event, recipient)),
        patient=True,
    )
)


def _who_answered(event: Event) -> list[Recipient]:
    """Whoever sent the mail; from an address that is not the account's, that address, in the language it reads."""
    mail: Any = event.subject
    account = get_user_model()._default_manager.filter(email__iexact=mail.sender).first()
    language = getattr(account or mail.account, "language", settings.LANGUAGE_CODE)
    known = account is not None and account == mail.account
    return [
        Recipient(
            address=mail.sender,
            language=language,
            name=str(account) if known else "",
            account_id=account.pk if known and account is not None else None,
        )
    ]


def _answer_context(event: Event, _recipient: Recipient) -> dict[str, Any]:
    mail: Any = event.subject
    return {"mail": mail, "explanation": mail.said or explanation(mail.reason)}


REPLY_REFUSED = register_kind(
    Kind(
        name="reply.refused",
        category="discussion",
        label=_("Votre réponse par courriel n’est pas publiée"),
        reason=_("Vous recevez ce message parce qu’une réponse par courriel nous est venue de cette adresse."),
        recipients=_who_answered,
        context=_answer_context,
        visible=lambda event, recipient: True,
        essential=True,
    )
)
REPLY_WITHOUT_FILES = register_kind(
    Kind(
        name="reply.without_files",
        category="discussion",
        label=_("Votre réponse est publiée sans ses pièces jointes"),
        reason=_("Vous recevez ce message parce qu’une réponse par courriel nous est venue de cette adresse."),
        recipients=_who_answered,
        context=_answer_context,
        visible=lambda event, recipient: True,
        essential=True,
    )
)


def _organisers(_event: Event) -> list[Recipient]:
    """The organising team, as far as its second factor is active."""
    accounts: Any = get_user_model()._default_manager
    return [
        Recipient(address=one.email, language=one.language, name=str(one), account_id=one.pk)
        for one in accounts.organisers()
        if is_organiser(one)
    ]


def _stopped_hook(event: Event, _recipient: Recipient) -> dict[str, Any]:
    hook: Any = event.subject
    return {"hook": hook, "gone": hook.state == HookState.GONE, "since": hook.failing_since}


def _still_stopped(event: Event, recipient: Recipient) -> bool:
    """While nobody put it back in service, and to who is an organiser still."""
    hook: Any = event.subject
    account = get_user_model()._default_manager.filter(pk=recipient.account_id).first()
    return hook.state in (HookState.FAILING, HookState.GONE) and is_organiser(account)


WEBHOOK_STOPPED = register_kind(
    Kind(
        name="webhook.stopped",
        category="organisers",
        label=_("Un logiciel n’est plus averti"),
        reason=_("Vous recevez ce message parce que vous faites partie de l’équipe d’organisation."),
        recipients=_organisers,
        context=_stopped_hook,
        visible=_still_stopped,
    )
)
WEBHOOK_PING = register_kind(
    Kind(
        name=PING,
        category="organisers",
        label=_("Essai d’un logiciel averti"),
        reason=_("Un essai n’écrit à personne."),
        recipients=lambda event: (),
        context=lambda event, recipient: {},
        visible=lambda event, recipient: True,
        templated=False,
    )
)
"""Its only delivery goes to the program itself."""


# What they are shown with where nobody is concerned --------------------------------------


@example_for("following.news")
def _example_of_news() -> Mapping[str, Any]:
    title = gettext("Un compteur d’eau que chacun peut lire")
    return {"news": gettext("Cas mis à jour"), "target": Target("case", "12", title, reverse("preferences"))}


@example_for("following.digest")
def _example_of_digest() -> Mapping[str, Any]:
    """Two lines; one told in a digest is one event whatever its kind."""
    made_at, url = timezone.now(), reverse("preferences")
    told = (
        (gettext("Cas mis à jour"), gettext("Un compteur d’eau que chacun peut lire")),
        (gettext("Nouveau commentaire"), gettext("Article 4 : raconter ses cas")),
    )
    lines = [Line(Notice(created_at=made_at), news, Target("case", "12", title, url)) for news, title in told]
    return {"lines": lines}


@example_for("webhook.stopped")
def _example_of_stopped_hook() -> Mapping[str, Any]:
    return {
        "hook": Webhook(pk=1, name=gettext("Tableau de bord de la métropole")),
        "gone": False,
        "since": timezone.now(),
    }


@example_for("reply.refused", "reply.without_files")
def _example_of_answer() -> Mapping[str, Any]:
    return {"explanation": explanation(IncomingReason.CLOSED)}
