"""The button that follows the thing a page is about, and the bell."""

from typing import Any

from django import template

from coalition.notifications.readers import Follow
from coalition.notifications.reading import unread_count

register = template.Library()


@register.inclusion_tag("notifications/follow_button.html", takes_context=True)
def follow_button(context: dict[str, Any], kind: str, key: Any, small: bool = False) -> dict[str, Any]:
    """Follow, leave or silence what (kind, key) names: buttons of a form for a reader with an account (one query), a
    link to the page that asks for the others, so that pages everybody shares hold no form. `small`: within a line.
    """
    account = context.get("account")
    follow = None
    if account is not None:
        follow = Follow.objects.filter(account=account, target_kind=kind, target_key=str(key)).first()
    names = ("csrf_token", "request", "LANGUAGE_CODE")
    return {
        **{name: context[name] for name in names if name in context},
        "account": account,
        "kind": kind,
        "key": str(key),
        "follow": follow,
        "small": small,
    }


@register.inclusion_tag("notifications/bell.html")
def bell(account: Any) -> dict[str, int]:
    """The link to an account's news, with how much is unread. One query; call it for an account, never for nobody."""
    return {"unread": unread_count(account)}
