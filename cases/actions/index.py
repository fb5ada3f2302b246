"""What must stand before the first case: the list of each language, and the review of the organisers."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _, override
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from cases.models import CaseIndexPage
from coalition.core.access import ORGANISERS
from coalition.core.audit import record

REVIEW = "Relecture des cas"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
SLUGS = {"fr": "cas", "en": "cases"}
TITLES = {"fr": "Les cas", "en": "Cases"}


@transaction.atomic
def ensure_review_workflow() -> Workflow:
    """Wagtail's workflow « Relecture des cas »: one approval by the group of organisers, on every list of cases.

    Idempotent. Makes the group when it is missing, and opens the admin's pages to it.
    """
    workflow = _workflow()
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first() or _task(workflow)
    group = _organisers()
    task.groups.add(group)
    _open_admin(group)
    _attach(workflow)
    return workflow


def _open_admin(group: Group) -> None:
    """Organisers work on every page in Wagtail's admin; the second factor is asked at its door."""
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(entry, *_term_rights())
    root = Page.objects.get(depth=1)
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    held = GroupPagePermission.objects.filter(group=group, page=root).values_list("permission_id", flat=True)
    missing = rights.exclude(pk__in=held)
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page=root, permission=right) for right in missing], ignore_conflicts=True
    )


def _term_rights() -> Iterable[Permission]:
    """To keep the vocabularies and the glossary: see, add, change. A term no case should take is put aside."""
    rights = ("view_term", "add_term", "change_term")
    return Permission.objects.filter(content_type__app_label__in=("cases", "glossary"), codename__in=rights)


def _attach(workflow: Workflow) -> None:
    lists = CaseIndexPage.objects.filter(workflowpage__isnull=True)
    links = [WorkflowPage(page_id=index.pk, workflow=workflow) for index in lists]
    WorkflowPage.objects.bulk_create(links, ignore_conflicts=True)


def _organisers() -> Group:
    return Group.objects.get_or_create(name=ORGANISERS)[0]


def _workflow() -> Workflow:
    workflow: Workflow = Workflow.objects.get_or_create(name=REVIEW)[0]
    return workflow


def _task(workflow: Workflow) -> GroupApprovalTask:
    task = GroupApprovalTask.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return task


@transaction.atomic
def ensure_case_index(*, home: Page, now: datetime) -> CaseIndexPage:
    """The published list of cases under a home page, in its language; translations of one another when homes are.

    Idempotent. Its slug is the public prefix of cases in that language, its key that of the other languages' lists.
    """
    found: CaseIndexPage | None = CaseIndexPage.objects.child_of(home).first()
    if found is not None:
        return found
    language = home.locale.language_code
    other = CaseIndexPage.objects.order_by("pk").first()
    index = CaseIndexPage(
        title=TITLES.get(language, TITLES["en"]),
        slug=SLUGS.get(language, SLUGS["en"]),
        locale_id=home.locale_id,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    if other is not None:
        index.translation_key = other.translation_key
    with override(language):
        index.intro = _(
            "Ce que les villes ont essayé, chiffres et preuves à l’appui. "
            "Les expériences arrêtées comptent autant que les autres."
        )
    home.add_child(instance=index)
    index.save_revision(clean=False).publish(skip_permission_checks=True)
    ensure_review_workflow()
    record(actor=None, action="case_index.create", obj=index, now=now, language=language)
    return index
