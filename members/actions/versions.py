"""A new version of the text: telling who holds an older one, and what each of them answers.

Nothing else in the project changes the version an act holds (`document_*`): an old signature is never silently moved.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from coalition.core.access import WrongState, require
from coalition.core.audit import record
from coalition.core.documents import SignableDocument, current_document, document_articles
from coalition.notifications.actions import record_event
from members.actions.bindings import bind_version, make_reservations
from members.actions.signing import DocumentChanged, NothingToSign
from members.enums import PUBLIC, Binding, CosponsorshipState
from members.models import Affiliation, Coalition, Cosponsorship

REMINDER_DAYS = (14, 30)


def announce_version(*, coalition: Coalition, version: str, sha256: str, now: datetime, actor: Any = None) -> None:
    """Say that a new version of the coalition's text is adopted, in the transaction that adopts it: one event each.

    Who holds an older version is found when the event is fanned out; each representative is shown what changed since
    the version that organisation signed.
    """
    record_event(
        kind="cosponsorship.new_version",
        key=f"cosponsorship.new_version:{coalition.pk}:{sha256}",
        subject=coalition,
        payload={"version": version, "sha256": sha256},
        now=now,
        actor=actor,
    )


def remind_versions(*, now: datetime) -> int:
    """Remind those who still hold an older version, 14 and 30 days after the newer one was adopted; how many are late.

    One mail a step and an act, whatever the number of runs; after days without a run only the last step due is told.
    """
    late = 0
    for coalition in Coalition.objects.all():
        document = current_document(coalition)
        step = _step_due(document, now)
        if document is None or step is None:
            continue
        acts = Cosponsorship.objects.behind(document.sha256).filter(coalition=coalition)
        for act in acts:
            key = f"cosponsorship.version_reminder:{act.pk}:{document.sha256}:{step}"
            payload = {"version": document.version, "sha256": document.sha256}
            record_event(
                kind="cosponsorship.version_reminder", key=key, subject=act, payload=payload, now=now, actor=None
            )
        late += len(acts)
    return late


def _step_due(document: SignableDocument | None, now: datetime) -> int | None:
    age = now.date() - document.adopted_on if document else timedelta(0)
    return max((days for days in REMINDER_DAYS if age >= timedelta(days=days)), default=None)


@transaction.atomic
def confirm_version(
    *,
    cosponsorship: Cosponsorship,
    actor: Any,
    seen_sha256: str,
    now: datetime,
    reservations: Mapping[str, str] | None = None,
    lifted: Collection[str] = (),
) -> Cosponsorship:
    """Take on, in the organisation's name, the version in force, which was read under the hash `seen_sha256`.

    Rule: a representative of the organisation; the act is public or looked at by the organisers, and holds another
    version (WrongState otherwise, and for the slower of two at once). `reservations` maps keys of articles of that
    version to what is not taken on of them; one that is open on the article already is replaced, or kept when it says
    the same. `lifted` are keys of articles whose open reservation falls. Writes the SignedVersion with signatory and
    mandate as they stand, the reservations, and the act's document. Raises DocumentChanged when a yet newer version
    was adopted meanwhile, ArticleGone and DomainError as `make_reservations` does.
    """
    require(actor, "cosponsorship.confirm_version", cosponsorship)
    document = _document_seen(cosponsorship, seen_sha256)
    affiliation = Affiliation.objects.active().get(account=actor, organisation=cosponsorship.organisation)
    _bind(cosponsorship, document)
    _lift(cosponsorship, lifted, now)
    wanted = _new_words(cosponsorship, reservations or {})
    _lift(cosponsorship, wanted, now)
    make_reservations(act=cosponsorship, document=document, reservations=wanted, affiliation=affiliation, now=now)
    how = _how(cosponsorship, document)
    bind_version(act=cosponsorship, document=document, affiliation=affiliation, how=how, now=now)
    cosponsorship.refresh_from_db()
    facts = {"version": document.version, "sha256": document.sha256, "how": str(how), "reservations": sorted(wanted)}
    record(actor=actor, action="cosponsorship.confirm_version", obj=cosponsorship, now=now, **facts)
    record_event(
        kind="cosponsorship.version_confirmed",
        key=f"cosponsorship.version_confirmed:{cosponsorship.pk}:{document.sha256}",
        subject=cosponsorship,
        payload={"version": document.version, "how": str(how)},
        now=now,
        actor=actor,
    )
    return cosponsorship


def _document_seen(act: Cosponsorship, seen_sha256: str) -> SignableDocument:
    """The text in force, which must be the one that was read."""
    document = current_document(act.coalition)
    if document is None:
        raise NothingToSign(_("La charte de cette coalition n’est pas encore adoptée : il n’y a rien à signer."))
    if seen_sha256 != document.sha256:
        raise DocumentChanged(
            _("Une version plus récente vient d’être adoptée. Relisez ce qui change avant de confirmer.")
        )
    return document


def _bind(act: Cosponsorship, document: SignableDocument) -> None:
    """Compare-and-swap on the version the act held when it was read; WrongState when it holds another by now."""
    held = Cosponsorship.objects.filter(
        pk=act.pk, document_sha256=act.document_sha256, state__in=(*PUBLIC, CosponsorshipState.SUBMITTED)
    ).exclude(document_sha256=document.sha256)
    moved = held.update(
        document_title=document.title[:200], document_version=document.version, document_sha256=document.sha256
    )
    if not moved:
        raise WrongState


def _lift(act: Cosponsorship, keys: Collection[str], now: datetime) -> None:
    act.reservations.filter(article_key__in=keys, lifted_at=None).update(lifted_at=now)


def _new_words(act: Cosponsorship, reservations: Mapping[str, str]) -> dict[str, str]:
    """The reservations to write: those that say something which the article's open one does not say already."""
    open_ones = dict(act.reservations.filter(lifted_at=None).values_list("article_key", "text"))
    said = {key: text.strip() for key, text in reservations.items() if text.strip()}
    return {key: text for key, text in said.items() if open_ones.get(key) != text}


def _how(act: Cosponsorship, document: SignableDocument) -> Binding:
    """With a reservation as long as one is open on an article that the version still has."""
    keys = [article.key for article in document_articles(document.sha256)]
    stands = act.reservations.filter(lifted_at=None, article_key__in=keys).exists()
    return Binding.RESERVED if stands else Binding.CONFIRMED
