"""The kind of this app itself: mails composed by Django, allauth or Wagtail, about somebody's own account."""

from django.utils.translation import gettext_lazy as _

from coalition.notifications.kinds import Kind, register_kind

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
