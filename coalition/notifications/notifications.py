"""The kinds of this app itself: mails composed elsewhere about one's own account, what one follows, and digests."""

from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, register_kind
from coalition.notifications.telling import (
    digest_context,
    digest_lines,
    digest_people,
    followed_context,
    followed_target,
)

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
    )
)
