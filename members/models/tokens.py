"""A key a program of an organisation shows instead of a person."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.enums import Role
from members.models.accounts import User
from members.models.organisations import Organisation
from members.querysets import TokenQuerySet


class OrganisationToken(models.Model):
    """Lets a program write drafts for one organisation until a day. Only the hash of the secret is kept.

    Behind it stands the person who made it: it works as long as that person may write for the organisation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("nom"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("jeton d’une organisation")
        verbose_name_plural = _("jetons des organisations")

    def __str__(self) -> str:
        return self.name

    def person(self) -> User:
        """The person behind it, with no more power than the token: the editor's role, in this organisation alone.

        For rules and actions; never to be saved. ValueError when nobody stands behind it any more.
        """
        account = User.objects.filter(pk=self.created_by_id).first()
        if account is None:
            raise ValueError("a token without a person")
        account.is_superuser = account.is_staff = False
        limits: dict[str, Any] = {"roles": {self.organisation_id: Role.EDITOR}, "group_names": frozenset()}
        account.__dict__.update(limits, acting_token=self)
        return account
