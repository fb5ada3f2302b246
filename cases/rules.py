"""Who may do what with cases. Only editors of the organisation write, not its members, not its representatives."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.enums import EDITABLE, ReviewState
from cases.models import CaseIndexPage, CasePage, CasePicture, Reproduction, SavedSearch, SentPicture
from cases.querysets.freshness import is_held
from coalition.core.access import (
    Verdict,
    access_rule,
    hidden_unless_organiser,
    is_known,
    is_let_in,
    is_organiser,
    is_signed_in,
    organisers_only,
    refuse,
)
from coalition.core.consents import Purpose, register_purpose
from members.enums import OrganisationState, Role
from members.models import Organisation
from members.rules import is_member_of, role_in

ALERT_CONSENT = "search.alert"
"""An address is kept to be told of new cases."""
register_purpose(
    Purpose(
        name=ALERT_CONSENT,
        version="2026-11",
        text=_("J’accepte de recevoir par courriel les nouveaux cas de cette recherche, jusqu’à ce que je l’arrête."),
    )
)


def is_case_editor(account: Any, organisation: Organisation) -> bool:
    """Holds the editor's role, and that one, in a confirmed organisation."""
    return organisation.state == OrganisationState.CONFIRMED and role_in(account, organisation) == Role.EDITOR


def writes(account: Any, page: CasePage) -> bool:
    """May write this case: the organisation's editors, and organisers."""
    return is_organiser(account) or is_case_editor(account, page.organisation)


def _no(account: Any, page: CasePage) -> Verdict:
    """A refusal that does not betray a draft: hidden unless published."""
    return refuse(account) if page.live else Verdict.HIDDEN


@access_rule("case.view")
def may_view_case(account: Any, page: CasePage) -> Verdict:
    """Published: everybody; restricted: the organisation's people, others must log in; draft: those who write it."""
    if not page.live:
        return Verdict.ALLOWED if writes(account, page) else Verdict.HIDDEN
    if not page.is_restricted or is_organiser(account) or is_member_of(account, page.organisation):
        return Verdict.ALLOWED
    return Verdict.LOGIN


@access_rule("case.preview")
def may_preview_case(account: Any, page: CasePage) -> Verdict:
    """The unpublished words of a case exist for those who write it only."""
    return Verdict.ALLOWED if writes(account, page) else Verdict.HIDDEN


@access_rule("case.create")
def may_create_case(account: Any, organisation: Organisation | None = None) -> Verdict:
    """Editors for their confirmed organisation, organisers for any confirmed one. None: for some organisation."""
    if organisation is None:
        allowed = is_organiser(account) or (is_known(account) and Role.EDITOR in account.roles.values())
    elif is_organiser(account):
        allowed = organisation.state == OrganisationState.CONFIRMED
    else:
        allowed = is_case_editor(account, organisation)
    return Verdict.ALLOWED if allowed else refuse(account)


@access_rule("case.export")
def may_export_cases(account: Any, organisation: Organisation) -> Verdict:
    """Every word of an organisation's cases, drafts too: those who write them."""
    return may_create_case(account, organisation)


@access_rule("case_import.open")
def may_open_import(account: Any, job: Any) -> Verdict:
    """A file of cases on its way in exists for those who write for its organisation only."""
    return Verdict.ALLOWED if may_create_case(account, job.organisation) else Verdict.HIDDEN


@access_rule("case.edit")
def may_edit_case(account: Any, page: CasePage) -> Verdict:
    """Those who write it, unless the organisers are reading it, planned it, or locked it in Wagtail's editor."""
    if not writes(account, page):
        return _no(account, page)
    if page.locked:
        return Verdict.CONFLICT
    return Verdict.ALLOWED if page.review_state in EDITABLE else Verdict.CONFLICT


@access_rule("case.submit")
def may_submit_case(account: Any, page: CasePage) -> Verdict:
    """Those who write it, when there are words the public has not seen and nobody is reading them yet."""
    if not writes(account, page):
        return _no(account, page)
    ready = page.review_state in (ReviewState.DRAFT, ReviewState.RETURNED)
    return Verdict.ALLOWED if ready else Verdict.CONFLICT


@access_rule("case.take_back")
def may_take_back_case(account: Any, page: CasePage) -> Verdict:
    """Those who write it, while it is being read or its publication is planned."""
    if not writes(account, page):
        return _no(account, page)
    stands_still = page.review_state in (ReviewState.SUBMITTED, ReviewState.SCHEDULED)
    return Verdict.ALLOWED if stands_still else Verdict.CONFLICT


@access_rule("case.history")
def may_read_history(account: Any, page: CasePage) -> Verdict:
    """Revisions, public or not: those who write the case."""
    return Verdict.ALLOWED if writes(account, page) else _no(account, page)


@access_rule("case.comment")
def may_comment_case(account: Any, page: CasePage) -> Verdict:
    """Organisers. A submitted case refuses openly, a mere draft stays hidden."""
    if is_organiser(account):
        return Verdict.ALLOWED
    return refuse(account) if page.review_state == ReviewState.SUBMITTED else _no(account, page)


@access_rule("case_picture.view")
def may_view_picture(account: Any, picture: Any) -> Verdict:
    """A picture of a public case: everybody; any other: those who write for the organisation that sent it."""
    public = CasePicture.objects.filter(picture=picture, page__live=True, page__entry__isnull=False)
    if is_organiser(account) or public.exists():
        return Verdict.ALLOWED
    sent = SentPicture.objects.select_related("organisation").filter(picture=picture).first()
    theirs = sent is not None and is_case_editor(account, sent.organisation)
    return Verdict.ALLOWED if theirs else Verdict.HIDDEN


@access_rule("case.publish")
def may_publish_case(account: Any, page: CasePage) -> Verdict:
    """Organisers, when there are words to publish. A submitted case refuses openly, a mere draft stays hidden."""
    state = page.review_state
    if not is_organiser(account):
        return refuse(account) if state == ReviewState.SUBMITTED else _no(account, page)
    return Verdict.CONFLICT if state == ReviewState.PUBLISHED else Verdict.ALLOWED


@access_rule("case.publish_new")
def may_publish_new_case(account: Any, _organisation: Organisation) -> Verdict:
    """A case that is public from its first word: organisers."""
    return organisers_only(account)


@access_rule("case.return")
def may_return_case(account: Any, page: CasePage) -> Verdict:
    """Organisers, while it waits for them."""
    state = page.review_state
    if not is_organiser(account):
        return refuse(account) if state == ReviewState.SUBMITTED else _no(account, page)
    return Verdict.ALLOWED if state == ReviewState.SUBMITTED else Verdict.CONFLICT


@access_rule("case.unpublish")
def may_unpublish_case(account: Any, page: CasePage) -> Verdict:
    """Organisers, when it is published."""
    if not is_organiser(account):
        return _no(account, page)
    return Verdict.ALLOWED if page.live else Verdict.CONFLICT


@access_rule("case.delete")
def may_delete_case(account: Any, page: CasePage) -> Verdict:
    """A published case: organisers only. A draft: those who write it, unless it is being read."""
    if is_organiser(account):
        return Verdict.ALLOWED
    if page.live or not is_case_editor(account, page.organisation):
        return _no(account, page)
    return Verdict.CONFLICT if page.review_state == ReviewState.SUBMITTED else Verdict.ALLOWED


@access_rule("case.translate")
def may_translate_case(account: Any, page: CasePage) -> Verdict:
    """Those who write it; the act is no secret, so others are refused openly."""
    return Verdict.ALLOWED if writes(account, page) else refuse(account)


@access_rule("case.review_list")
def may_list_reviews(account: Any, _obj: Any = None) -> Verdict:
    """The list of what waits exists for organisers only."""
    return hidden_unless_organiser(account)


EDITOR_PAGES = frozenset(
    f"wagtailadmin_pages:{name}"
    for name in ("edit", "preview_on_edit", "view_draft", "revisions_view", "revisions_compare")
)
"""Pages of the admin's editor of one case; each names its page as `page_id` or `pk`."""
EDITOR_FILES = frozenset({"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_logout"})
EDITOR_SESSION = "wagtailadmin_editing_sessions:ping"


@access_rule("admin.edit_case")
def may_edit_in_admin(account: Any, match: Any) -> Verdict:
    """Editors an organiser let in: the editor of cases they may write now, what it draws with, and nothing else.

    `match` is the resolved address (ResolverMatch) of a page of the admin. Choosers, reports, explorer, search and
    every other page of the admin stay closed to them.
    """
    if not is_let_in(account) or match is None or Role.EDITOR not in account.roles.values():
        return refuse(account)
    if match.view_name in EDITOR_FILES:
        return Verdict.ALLOWED
    return Verdict.ALLOWED if _writes_page_of(account, match) else refuse(account)


def _writes_page_of(account: Any, match: Any) -> bool:
    """The address is about one case this account may edit now."""
    key = match.kwargs.get("page_id", match.kwargs.get("pk"))
    if match.view_name == EDITOR_SESSION and match.kwargs["model_name"] == "casepage":
        key = match.kwargs["object_id"]
    elif match.view_name not in EDITOR_PAGES:
        return False
    page = CasePage.objects.select_related("organisation").filter(pk=key).first() if str(key).isdecimal() else None
    return page is not None and bool(may_edit_case(account, page))


@access_rule("case_index.view")
def may_view_case_index(account: Any, index: CaseIndexPage) -> Verdict:
    """The list is public; when an organiser restricts it, those who are known to the network may read it."""
    if not index.is_restricted or is_organiser(account) or is_known(account):
        return Verdict.ALLOWED
    return Verdict.LOGIN


@access_rule("search.save")
def may_save_search(account: Any, _obj: Any = None) -> Verdict:
    """Whoever has proved their address; others go by the mailbox they type, which needs no account."""
    return Verdict.ALLOWED if is_known(account) else refuse(account)


@access_rule("search.list")
def may_list_searches(account: Any, _obj: Any = None) -> Verdict:
    """Everybody signed in, their own."""
    return Verdict.ALLOWED if is_signed_in(account) else Verdict.LOGIN


@access_rule("search.manage")
def may_manage_search(account: Any, search: SavedSearch) -> Verdict:
    """Whose it is. For others it does not exist, organisers included."""
    if not is_signed_in(account):
        return Verdict.LOGIN
    return Verdict.ALLOWED if search.account_id == account.pk else Verdict.HIDDEN


@access_rule("subscriber.list")
def may_list_subscribers(account: Any, _obj: Any = None) -> Verdict:
    """Superusers: a list of addresses is nobody's daily work."""
    return Verdict.ALLOWED if is_organiser(account) and account.is_superuser else refuse(account)


@access_rule("subscriber.import")
def may_import_subscribers(account: Any, _obj: Any = None) -> Verdict:
    """The same."""
    return may_list_subscribers(account, None)


@access_rule("case.confirm")
def may_confirm_case(account: Any, page: CasePage) -> Verdict:
    """That it is still true: those who write it, while it is public."""
    if not writes(account, page):
        return _no(account, page)
    return Verdict.ALLOWED if page.live else Verdict.CONFLICT


def _may_settle_orphan(account: Any, page: CasePage) -> Verdict:
    """Organisers, for a public case that nobody active writes any more."""
    if not is_organiser(account):
        return _no(account, page)
    return Verdict.ALLOWED if page.live and not is_held(page.organisation) else Verdict.CONFLICT


@access_rule("case.hand_over")
def may_hand_over_case(account: Any, page: CasePage) -> Verdict:
    """To another organisation: organisers, when nobody holds it any more."""
    return _may_settle_orphan(account, page)


@access_rule("case.archive")
def may_archive_case(account: Any, page: CasePage) -> Verdict:
    """As a note of the past: organisers, when nobody holds it any more."""
    return _may_settle_orphan(account, page)


@access_rule("case.orphan_list")
def may_list_orphans(account: Any, _obj: Any = None) -> Verdict:
    """The list of what nobody holds exists for organisers only."""
    return hidden_unless_organiser(account)


@access_rule("reproduction.link")
def may_link_reproduction(account: Any, redo: CasePage) -> Verdict:
    """Those who write the case that redoes; a public one refuses openly, a draft stays hidden."""
    return Verdict.ALLOWED if writes(account, redo) else _no(account, redo)


@access_rule("reproduction.remove")
def may_remove_reproduction(account: Any, link: Reproduction) -> Verdict:
    """Organisers, and those who write the case that redoes. A link nobody sees yet stays hidden from others."""
    redo = CasePage.objects.filter(number=link.redo).select_related("organisation").first()
    if is_organiser(account) or (redo is not None and is_case_editor(account, redo.organisation)):
        return Verdict.ALLOWED
    return refuse(account) if Reproduction.objects.shown().filter(pk=link.pk).exists() else Verdict.HIDDEN
