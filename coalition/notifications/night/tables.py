"""What is shown: events, deliveries, the log. Figures and states, never the words of a mail; nothing can be changed."""

from typing import Any, ClassVar

from django.contrib.admin import EmptyFieldListFilter, ModelAdmin, register
from django.http import HttpRequest

from coalition.core.models import AuditLine
from coalition.notifications.models import Delivery, Event
from coalition.notifications.night.site import night_site


class ReadOnly(ModelAdmin[Any]):
    """To look at, latest first. Nobody adds, changes or deletes, and long tables are not counted whole."""

    actions = None
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever came through the door."""
        return night_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same."""
        return night_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


@register(Event, site=night_site)
class EventAdmin(ReadOnly):
    """A fact: told or not, how often it was tried, what went wrong. Its payload may hold an address: it is left out."""

    list_display = ("id", "kind", "key", "created_at", "fanned_out_at", "attempts", "not_before", "last_error")
    list_filter = (("fanned_out_at", EmptyFieldListFilter), ("last_error", EmptyFieldListFilter))
    search_fields = ("=kind", "key")
    exclude = ("payload",)
    list_select_related = False


@register(Delivery, site=night_site)
class DeliveryAdmin(ReadOnly):
    """One mail or parcel: its state, its lease, its errors. Its words and its lease token are left out.

    An address is looked for in the mail office, which posts it: a search here would leave it in the logs of servers.
    """

    list_display = (
        "id",
        "event",
        "channel",
        "state",
        "attempts",
        "not_before",
        "leased_until",
        "sent_at",
        "last_error",
    )
    list_filter = ("state", "channel", "returned", ("leased_until", EmptyFieldListFilter))
    search_fields = ("=event__kind", "=message_id")
    exclude = ("raw", "lease_token")
    list_select_related = ("event",)


@register(AuditLine, site=night_site)
class AuditLineAdmin(ReadOnly):
    """The log, line by line."""

    list_display = ("id", "created_at", "action", "actor", "object_type", "object_id", "label")
    list_filter: ClassVar = [("actor", EmptyFieldListFilter)]
    search_fields = ("=action", "=object_id")
    list_select_related = ("actor", "object_type")
