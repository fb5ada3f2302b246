"""The admin's screens: accounts without first and last names, and the registers, to read.

What changes an organisation or an act is done on its page of the site, through the same actions as everybody's; the
registers lead there. The numbers and rules of a coalition are changed here, through their actions too.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.users.views.users import IndexView, UserViewSet

from coalition.core.access import can
from coalition.core.errors import DomainError
from coalition.core.models import AuditLine
from members.actions import set_coalition_rules, set_threshold
from members.admin_forms import AccountCreationForm, AccountEditForm
from members.enums import OrganisationState, SupportState
from members.forms import CoalitionRulesForm
from members.models import Coalition, Cosponsorship, Organisation, Support, User


class AccountIndexView(IndexView):
    """The list of accounts, by name or address."""

    @property
    def search_fields(self) -> set[str]:
        """Where the search box looks."""
        return {"email", "name"}

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sorted by name, which Wagtail supposes to be in two parts."""
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


class AccountViewSet(UserViewSet):
    """Accounts in the admin: superusers only, by Django's permissions."""

    index_view_class = AccountIndexView
    create_template_name = "members/admin/account_create.html"
    edit_template_name = "members/admin/account_edit.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        """Our forms instead of Wagtail's, which ask for a first and a last name."""
        return AccountEditForm if for_update else AccountCreationForm


SMALL = "button button-small button-secondary"


class RegisterPolicy(BasePermissionPolicy):
    """Wagtail's question, answered by our door: one rule to read, at most one to change, nothing to add or delete."""

    def __init__(self, model: Any, *, view: str = "admin.enter", change: str = "") -> None:
        super().__init__(model)
        self.rules = {"view": view, "change": change}

    def user_has_permission(self, user: Any, action: str) -> bool:
        """What the rule of this action says."""
        rule = self.rules.get(action, "")
        return bool(rule) and bool(can(user, rule))

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        """The organising team."""
        return User.objects.organisers() if set(actions) & {"view", "change"} else User.objects.none()


class RegisterIndexView(generic.IndexView):
    """A list to read: filters, search and sorting; no export, because it may hold contacts."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """With what the columns show, in one query."""
        found: QuerySet[Any] = super().get_base_queryset().select_related(*self.related)
        return found


class LinksColumn(ButtonsColumnMixin, TitleColumn):
    """A title with the ways to act, each a page of the site: `links(row)` gives (label, address) of each."""

    def __init__(self, name: str, *, links: Callable[[Any], list[tuple[Any, str]]], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.links = links

    def get_buttons(self, instance: Any, _parent_context: Any) -> list[Button]:
        """Drawn under the title."""
        return [Button(label, url=url, classname=SMALL) for label, url in self.links(instance)]


def _page_of(row: Any) -> str:
    return str(row.get_absolute_url())


class Register(ModelViewSet):
    """What every register shares."""

    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    form_fields: tuple[str, ...] = ()
    list_per_page = 50
    list_export: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The page is called what the menu calls it."""
        given: dict[str, Any] = super().get_index_view_kwargs(page_title=self.menu_label, **kwargs)
        return given


def _of_organisation(organisation: Organisation) -> list[tuple[Any, str]]:
    """Its page, where it is confirmed or refused; a paper it signed."""
    found = [(_("Ouvrir sa page"), organisation.get_absolute_url())]
    if organisation.state == OrganisationState.CONFIRMED:
        paper = reverse("cosponsorship_paper_new", args=[organisation.slug])
        found.append((_("Enregistrer une signature sur papier"), paper))
    return found


class OrganisationRegister(Register):
    """The organisations of the network."""

    model = Organisation
    name = "register_organisations"
    url_prefix = "registre/organisations"
    icon = "group"
    menu_label = _("Organisations")
    index_view_class = RegisterIndexView
    ordering = ("folded_name", "pk")
    search_fields = ("name", "acronym", "city", "website")
    list_filter = ("state", "kind", "side", "fictional")
    list_display = (
        LinksColumn("name", label=_("Organisation"), sort_key="folded_name", links=_of_organisation, get_url=_page_of),
        Column("get_kind_display", label=_("Nature"), sort_key="kind"),
        Column("country", label=_("Pays"), accessor="country.name", sort_key="country"),
        Column("city", label=_("Ville"), sort_key="city"),
        Column("get_state_display", label=_("État"), sort_key="state"),
        DateColumn("created_at", label=_("Demandée"), sort_key="created_at"),
    )


class ActsIndexView(RegisterIndexView):
    """Acts once signed: a draft is its organisation's alone."""

    related = ("organisation", "coalition")

    def get_base_queryset(self) -> QuerySet[Any]:
        """As the door lets this organiser see them."""
        seen = Cosponsorship.objects.visible_to(self.request.user).order_by()
        return super().get_base_queryset().filter(pk__in=seen.values("pk"))


def _of_act(act: Cosponsorship) -> list[tuple[Any, str]]:
    """The act, where it is accepted, declined, or a document is asked for; its paper."""
    found = [(_("Ouvrir l’acte et répondre"), act.get_absolute_url())]
    if act.paper_scan_id:
        found.append((_("Lire le papier signé"), reverse("cosponsorship_paper", args=[act.pk])))
    return found


class CosponsorshipRegister(Register):
    """The acts of co-sponsorship."""

    model = Cosponsorship
    name = "register_cosponsorships"
    url_prefix = "registre/signatures"
    icon = "edit"
    menu_label = _("Signatures")
    index_view_class = ActsIndexView
    ordering = ("-signed_at", "-pk")
    search_fields = ("organisation__name", "signatory_name", "mandate_reference")
    list_filter = ("state", "is_paper", "document_version")
    list_display = (
        LinksColumn("organisation", label=_("Organisation"), links=_of_act, get_url=_page_of),
        Column("get_state_display", label=_("État"), sort_key="state"),
        Column("document_version", label=_("Version"), sort_key="document_version"),
        Column("signatory_name", label=_("Signataire"), sort_key="signatory_name"),
        DateColumn("signed_at", label=_("Signé"), sort_key="signed_at"),
        DateColumn("asked_at", label=_("Pièce demandée"), sort_key="asked_at"),
        DateColumn("decided_at", label=_("Répondu"), sort_key="decided_at"),
    )


class SupportsIndexView(RegisterIndexView):
    """Supports in every state."""

    related = ("organisation",)


def _of_support(support: Support) -> list[tuple[Any, str]]:
    """The page that ends it, for who asked the team to."""
    if support.state == SupportState.WITHDRAWN:
        return []
    return [(_("Retirer ce soutien"), reverse("support_withdraw", args=[support.pk]))]


def _supporter(support: Support) -> str:
    return str(support.organisation or support.name or "—")


class SupportRegister(Register):
    """Who supports a coalition."""

    model = Support
    name = "register_supports"
    url_prefix = "registre/soutiens"
    icon = "pick"
    menu_label = _("Soutiens")
    index_view_class = SupportsIndexView
    ordering = ("-created_at", "-pk")
    search_fields = ("name", "email", "city", "organisation__name")
    list_filter = ("state", "kind", "name_is_public")
    list_display = (
        LinksColumn("supporter", label=_("Soutien"), accessor=_supporter, links=_of_support),
        Column("get_kind_display", label=_("Qui"), sort_key="kind"),
        Column("city", label=_("Ville"), sort_key="city"),
        Column("email", label=_("Adresse électronique"), sort_key="email"),
        Column("message", label=_("Phrase")),
        Column("get_state_display", label=_("État"), sort_key="state"),
        DateColumn("created_at", label=_("Demandé"), sort_key="created_at"),
    )


class CoalitionEditView(generic.EditView):
    """The numbers and rules of a coalition, changed by the actions that check and log them."""

    object: Coalition

    def form_valid(self, form: Any) -> HttpResponse:
        """A refusal of the action comes back as an error of the form."""
        try:
            return super().form_valid(form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            self.object = Coalition.objects.get(pk=self.object.pk)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            answer: HttpResponse = self.form_invalid(form)
            return answer

    def save_instance(self) -> Coalition:
        """Two actions in Wagtail's one transaction; nothing is written beside them."""
        coalition, data, now = Coalition.objects.get(pk=self.object.pk), self.form.cleaned_data, timezone.now()
        given = {"coalition": coalition, "actor": self.request.user, "now": now}
        set_threshold(cosponsors_needed=data["cosponsors_needed"], kinds=self.form.minimums(), **given)
        rules = {name: data[name] for name in ("renewal_months", "withdrawal_trace")}
        return set_coalition_rules(**rules, **given)


class CoalitionRegister(Register):
    """The coalitions, with what makes each official."""

    model = Coalition
    name = "register_coalitions"
    url_prefix = "registre/coalitions"
    icon = "globe"
    menu_label = _("Coalitions")
    index_view_class = RegisterIndexView
    edit_view_class = CoalitionEditView
    ordering = ("number",)
    list_display = (
        "title_fr",
        Column("number", label=_("Numéro"), sort_key="number"),
        Column("get_state_display", label=_("État"), sort_key="state"),
        Column("cosponsors_needed", label=_("Co-porteurs nécessaires")),
        Column("renewal_months", label=_("Renouvellement, en mois")),
        Column("get_withdrawal_trace_display", label=_("Ce qui reste public d’un retrait")),
    )

    def get_form_class(self, for_update: bool = False) -> Any:
        """Our form: the rules only, never the texts."""
        return CoalitionRulesForm


class AuditIndexView(RegisterIndexView):
    """Who did what to what, when."""

    related = ("actor", "object_type")


def _details(line: AuditLine) -> str:
    return ", ".join(f"{name}: {value}" for name, value in line.data.items())


class AuditRegister(Register):
    """The log of acts: read here, written by the actions, changed by nobody."""

    model = AuditLine
    name = "register_audit"
    url_prefix = "journal"
    icon = "history"
    menu_label = _("Journal des actes")
    index_view_class = AuditIndexView
    ordering = ("-pk",)
    search_fields = ("action", "label", "actor__name", "actor__email")
    list_filter = {"created_at": ["date"], "action": ["istartswith"], "object_id": ["exact"]}  # noqa: RUF012 - Wagtail's own shape
    list_display = (
        TitleColumn("label", label=_("Objet")),
        Column("action", label=_("Acte"), sort_key="action"),
        Column("actor", label=_("Par")),
        Column("object_type", label=_("Sorte d’objet"), accessor="object_type.model"),
        Column("object_id", label=_("Numéro de l’objet")),
        Column("data", label=_("Détails"), accessor=_details),
        DateColumn("created_at", label=_("Quand")),
    )


class RegisterGroup(ModelViewSetGroup):
    """One menu for all of them."""

    menu_label = _("Registres")
    menu_icon = "list-ul"
    menu_order = 150
    items = (OrganisationRegister, CosponsorshipRegister, SupportRegister, CoalitionRegister, AuditRegister)


POLICIES = (
    RegisterPolicy(Organisation),
    RegisterPolicy(Cosponsorship),
    RegisterPolicy(Support),
    RegisterPolicy(Coalition, change="coalition.set_threshold"),
    RegisterPolicy(AuditLine, view="audit.read"),
)
