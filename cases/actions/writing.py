"""Writing a case from the site: create, save without losing anybody's words, send to the organisers, translate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction, ParentNotTranslatedError
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail.signals import page_published

from cases.actions.index import ensure_review_workflow
from cases.actions.places import with_place
from cases.enums import CONTENT_FIELDS, ReviewState
from cases.models import CaseIndexPage, CasePage, SentPicture, Terms
from cases.models.pages import next_number
from cases.models.words import changed_words, check_parts, check_terms, word_of, words_of, write_words
from coalition.core.access import is_organiser, require
from coalition.core.audit import record
from coalition.core.errors import DomainError
from coalition.core.text import fold
from coalition.notifications.actions import record_event
from members.actions import acting_for
from members.models import Organisation

LONGEST_SLUG = 80


class NoCaseIndex(DomainError):
    """The language has no list of cases yet: nowhere to put one."""


class InvalidCase(DomainError):
    """What was written cannot be kept, or not be published yet. `errors`: sentences by field name."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = {name: [str(text) for text in texts] for name, texts in errors.items()}
        name, texts = next(iter(self.errors.items()))
        super().__init__(f"{name} : {texts[0]}", field=name)


class EditConflict(DomainError):
    """Somebody saved meanwhile. `theirs` is the case as it now stands; nothing was written, nothing is lost."""

    def __init__(self, theirs: CasePage) -> None:
        self.theirs = theirs
        super().__init__(_("Quelqu’un a enregistré ce cas pendant que vous écriviez."))


def pass_door(*, actor: Any, action: str, obj: Any) -> None:
    """Ask the door. `actor` None is the operator of the server at its console (import, seed): all data is theirs."""
    if actor is not None:
        require(actor, action, obj)


def lock_case(*, page: CasePage) -> CasePage:
    """The live row of `page`, locked until the transaction ends: acts on one case come one after the other."""
    rows = CasePage.objects.select_related("organisation", "locale")
    locked: CasePage = rows.select_for_update(of=("self", "page_ptr")).get(pk=page.pk)
    return locked


def list_of(*, language: str) -> CaseIndexPage:
    """The list that holds the cases of a language; NoCaseIndex when there is none."""
    lists = CaseIndexPage.objects.filter(live=True, locale__language_code=language).select_related("locale")
    index: CaseIndexPage | None = lists.first()
    if index is None:
        raise NoCaseIndex(_("Il n’y a pas encore de liste de cas dans cette langue."))
    return index


def check_words(*, page: CasePage, complete: bool) -> None:
    """InvalidCase unless each field can be kept; `complete`: and the case can be shown to the public."""
    required = {"title", "summary"} if complete else {"title"}
    left = [field.name for field in page._meta.fields if field.name not in CONTENT_FIELDS]
    left += [name for name in CONTENT_FIELDS if name not in required and not getattr(page, name)]
    try:
        page.clean_fields(exclude=left)
        page.check_dates()
        check_terms(page, Terms.load())
        check_parts(page)
    except ValidationError as error:
        raise InvalidCase(error.message_dict) from error


def check_pictures(*, actor: Any, page: CasePage, content: Mapping[str, Any]) -> None:
    """InvalidCase when the words point at a picture that is neither in the case nor sent by its organisation.

    Organisers and the console may use any picture of the site.
    """
    said = {row["picture"] for row in content.get("pictures", ())}
    if not said or actor is None or is_organiser(actor):
        return
    held = {row["picture"] for row in word_of(page, "pictures")} if page.pk else set()
    sent = SentPicture.objects.filter(organisation=page.organisation_id, picture__in=said)
    if said - held - set(sent.values_list("picture_id", flat=True)):
        raise InvalidCase({"pictures": [_("Cette image n’est pas à votre organisation.")]})


@transaction.atomic
def create_case(
    *,
    actor: Any,
    organisation: Organisation,
    language: str,
    content: Mapping[str, Any],
    now: datetime,
    external_id: str = "",
    publish: bool = False,
) -> CasePage:
    """A new case of `organisation`: a draft by one of its editors or an organiser; only its title is required.

    `content` holds words of WORDS, parts as lists of rows. `publish` makes it public at once, complete words required:
    for organisers and the console. Raises InvalidCase, NoCaseIndex, or the door's refusals. New cases of a language
    wait for one another (the tree locks their list), so that places in the tree are never shared.
    """
    pass_door(actor=actor, action="case.create", obj=organisation)
    if publish:
        pass_door(actor=actor, action="case.publish_new", obj=organisation)
    index = list_of(language=language)
    page = CasePage(organisation=organisation, locale=index.locale, external_id=external_id, owner=actor)
    check_pictures(actor=actor, page=page, content=content)
    write_words(page, with_place(page=page, content=content))
    page.live, page.has_unpublished_changes = publish, not publish
    if publish:
        page.first_published_at = page.last_published_at = now
    check_words(page=page, complete=publish)
    page.draft_title, page.checked = page.title, True
    page.number = next_number()
    page.slug = f"{page.number}-{slugify(fold(page.title))[:LONGEST_SLUG].strip('-')}".strip("-")
    index.add_child(instance=page)
    _first_revision(page, actor)
    facts = acting_for(account=actor, organisation=organisation)
    record(actor=actor, action="case.create", obj=page, now=now, number=page.number, language=language, **facts)
    if publish:
        record(actor=actor, action="case.publish", obj=page, now=now, revision=page.latest_revision_id, **facts)
    return page


def _first_revision(page: CasePage, actor: Any) -> None:
    """The revision every page has, written in one go, and Wagtail told when the page is public from the start."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=actor,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    page.live_revision = revision if page.live else None
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision,
        latest_revision_created_at=revision.created_at,
        live_revision=page.live_revision,
    )
    if page.live:
        page_published.send(sender=CasePage, instance=page, revision=revision)
        log(instance=page, action="wagtail.publish", user=actor, revision=revision, content_changed=True)


@transaction.atomic
def save_case(*, actor: Any, page: CasePage, content: Mapping[str, Any], based_on: int, now: datetime) -> CasePage:
    """A new revision of the draft with the words of `content`, if `based_on` is still the latest revision's id.

    The public sees nothing of it. Raises EditConflict with the other text otherwise, InvalidCase, or the door's
    refusals. Saving what is already there writes nothing. Returns the case as now drafted.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.edit", obj=current)
    draft = current.latest_words()
    if current.latest_revision_id != based_on:
        raise EditConflict(draft)
    content = with_place(page=draft, content=content)
    changed = changed_words(draft, content)
    if not changed:
        return draft
    check_pictures(actor=actor, page=draft, content=content)
    write_words(draft, {name: content[name] for name in changed})
    check_words(page=draft, complete=False)
    draft.save_revision(user=actor, clean=False)
    facts = acting_for(account=actor, organisation=draft.organisation)
    record(actor=actor, action="case.save", obj=draft, now=now, fields=changed, **facts)
    return draft


@transaction.atomic
def submit_case(*, actor: Any, page: CasePage, now: datetime) -> CasePage:
    """Send the latest words to the organisers (Wagtail's workflow), who are told. WrongState when already sent.

    Raises InvalidCase while title or summary is missing. From now on the words stand still, until they are published,
    sent back, or taken back.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.submit", obj=current)
    check_words(page=current.latest_words(), complete=True)
    returned = current.current_workflow_state
    if returned is not None and returned.status == WorkflowState.STATUS_NEEDS_CHANGES:
        returned.resume(user=actor)
    else:
        ensure_review_workflow().start(current, actor)
    facts = acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.submit", obj=current, now=now, revision=current.latest_revision_id, **facts)
    _tell("case.submitted", current, actor, now)
    return current


def _tell(kind: str, page: CasePage, actor: Any, now: datetime) -> None:
    moment = f"{page.latest_revision_id}:{now.timestamp():.6f}"
    record_event(kind=kind, key=f"{kind}:{page.pk}:{moment}", subject=page, payload={}, now=now, actor=actor)


@transaction.atomic
def take_back_case(*, actor: Any, page: CasePage, now: datetime) -> CasePage:
    """Stop the review, or the publication that was planned, to go on writing. WrongState when neither runs."""
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.take_back", obj=current)
    if current.current_workflow_state is not None:
        current.current_workflow_state.cancel(user=actor)
    current.revisions.update(approved_go_live_at=None)
    facts = acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.take_back", obj=current, now=now, state=ReviewState.DRAFT, **facts)
    return current


@transaction.atomic
def translate_case(*, actor: Any, page: CasePage, language: str, now: datetime) -> CasePage:
    """The draft of this case in another language, holding the original words to be replaced; the same one twice.

    Raises NoCaseIndex when that language has no list of cases.
    """
    current = lock_case(page=page)
    pass_door(actor=actor, action="case.translate", obj=current)
    locale = Locale.objects.filter(language_code=language).first()
    existing = CasePage.objects.filter(translation_key=current.translation_key, locale=locale).first()
    if existing is not None:
        return existing
    if locale is None:
        raise NoCaseIndex(_("Il n’y a pas encore de liste de cas dans cette langue."))
    try:
        copy: CasePage = CopyPageForTranslationAction(current, locale).execute(skip_permission_checks=True)
    except ParentNotTranslatedError as error:
        raise NoCaseIndex(_("Il n’y a pas encore de liste de cas dans cette langue.")) from error
    write_words(copy, words_of(current.latest_words()))
    copy.translated_from = current.language
    CasePage.objects.filter(pk=copy.pk).update(translated_from=current.language)
    copy.save_revision(user=actor, clean=False)
    facts = acting_for(account=actor, organisation=current.organisation)
    record(actor=actor, action="case.translate", obj=copy, now=now, language=language, number=copy.number, **facts)
    return copy
