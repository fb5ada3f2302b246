"""The address of a person's own calendar."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AgendaAddress(models.Model):
    """An account has an address for its own deadlines, signed with this number and `serial`: nothing else is stored.

    Renewed, `serial` grows and the old address is dead; deleted, so is every one of it.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agenda_address")
    serial = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("créée le"))

    class Meta:
        verbose_name = _("adresse d’agenda")
        verbose_name_plural = _("adresses d’agenda")

    def __str__(self) -> str:
        return str(self.account_id)
