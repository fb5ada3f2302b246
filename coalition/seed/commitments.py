"""The coalition, its charter, amendments to it, and what fictional organisations signed, confirmed and adopted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from coalition.core.tokens import issue_token
from coalition.seed.content import bilingual, read, text
from members.actions import (
    CONFIRM_PURPOSE,
    Change,
    approve_cosponsorship,
    ask_renewal,
    confirm_cosponsorship,
    confirm_version,
    define_coalition,
    record_adoption,
    sign_cosponsorship,
)
from members.models import Coalition, Cosponsorship, LocalAdoption, Organisation, User
from principles.actions import (
    accept_amendment,
    draft_amendment,
    open_amendment,
    publish_first_version,
    refuse_amendment,
    take_position,
)
from principles.models import Amendment, ArticleText, Charter, CharterText, Position

ACCEPTED_ON = timedelta(days=2)


def at(day: date, hour: int = 9) -> datetime:
    """That day at that hour, UTC."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def load_coalition(now: datetime) -> Coalition:
    """The coalition of the content file, made when it is not there."""
    content = read("coalition")
    sections = [
        {"key": entry["key"], "is_open": entry["open"], **bilingual(entry, "title", "body")}
        for entry in content["section"]
    ]
    coalition, _made = define_coalition(
        number=content["number"],
        slug=content["slug"],
        opened_on=content["opened_on"],
        sections=sections,
        now=now,
        cosponsors_needed=content["cosponsors_needed"],
        kinds_needed=content["kinds_needed"],
        **bilingual(content, "title", "name", "tagline", "theme"),
    )
    return coalition


def load_charter(coalition: Coalition, organiser: User) -> Charter:
    """The charter's first version, unless a charter is there."""
    content = read("charter")
    existing = Charter.objects.filter(slug=content["slug"]).first()
    if existing is not None:
        return existing
    articles = tuple(ArticleText(key=entry["key"], **bilingual(entry, "title", "text")) for entry in content["article"])
    version = publish_first_version(
        actor=organiser,
        coalition=coalition,
        slug=content["slug"],
        text=CharterText(**bilingual(content, "title", "preamble"), articles=articles),
        authentic_language=content["authentic"],
        now=at(content["adopted_on"]),
    )
    return version.charter


def load_amendments(
    charter: Charter, accounts: dict[str, User], organisations: dict[str, Organisation], now: datetime
) -> None:
    """Amendments of fictional organisations, oldest first, each as far as the content says: open, accepted, refused."""
    if Amendment.objects.filter(charter=charter).exists():
        return
    entries = read("charter")["amendment"]
    for after, entry in enumerate(entries):
        proposed = now - timedelta(days=3 * (len(entries) + 1 - after))
        author = accounts[entry["author"]]
        draft = draft_amendment(
            actor=author,
            charter=charter,
            organisation=organisations[entry["organisation"]],
            title=text(entry, "title", "fr"),
            motive=text(entry, "motive", "fr"),
            now=proposed,
            **_content(entry),
        )
        amendment = open_amendment(actor=author, amendment=draft, now=proposed)
        decide: Any = {"accepted": accept_amendment, "refused": refuse_amendment}.get(entry["outcome"])
        if decide is not None:
            decide(
                actor=accounts[entry["decided_by"]],
                amendment=amendment,
                motive=text(entry, "decision_motive", "fr"),
                now=proposed + ACCEPTED_ON,
            )


def _content(entry: dict[str, Any]) -> dict[str, Any]:
    """What an entry changes: the texts of an article; for one to add, titles and place too. English may be missing."""
    texts = entry.get("text", {})
    content = {"article_key": entry.get("article", "")} | {f"text_{one}": said.strip() for one, said in texts.items()}
    if entry.get("kind", "edit") == "edit":
        return content
    titles = {f"article_title_{one}": said for one, said in entry["article_title"].items()}
    return {**content, **titles, "kind": entry["kind"], "after_key": entry["after"]}


@transaction.atomic
def load_positions(
    charter: Charter, accounts: dict[str, User], organisations: dict[str, Organisation], now: datetime
) -> None:
    """What fictional organisations say of an open amendment, named by its title; once."""
    if Position.objects.filter(amendment__charter=charter).exists():
        return
    for entry in read("charter")["position"]:
        take_position(
            actor=accounts[entry["by"]],
            amendment=Amendment.objects.get(charter=charter, title=entry["amendment"]),
            organisation=organisations[entry["organisation"]],
            choice=entry["choice"],
            reason=entry.get("reason", ""),
            now=now - timedelta(days=1),
        )


@transaction.atomic
def load_signature(
    entry: dict[str, Any], coalition: Coalition, organisation: Organisation, people: dict[str, User]
) -> None:
    """One co-sponsorship through its whole life, up to the state the content gives; nothing when it is there."""
    if Cosponsorship.objects.filter(coalition=coalition, organisation=organisation).exists():
        return
    signatory = people[entry["signed_by"]]
    signed = at(entry["signed_on"])
    act, _made = sign_cosponsorship(
        coalition=coalition,
        organisation=organisation,
        actor=signatory,
        commitments=entry["commitments"],
        sentences=entry["sentences"],
        statement=text(entry, "statement", "fr"),
        reservations=entry.get("reservations"),
        name_is_public=True,
        now=signed,
    )
    secret = issue_token(
        purpose=CONFIRM_PURPOSE,
        subject=act,
        address=signatory.email,
        lifetime=timedelta(days=1),
        now=datetime.now(UTC),
    )
    act = confirm_cosponsorship(token=secret, now=signed + timedelta(hours=1))
    if entry["state"] == "official":
        organiser = people[next(person["email"] for person in read("organisations")["account"])]
        approve_cosponsorship(cosponsorship=act, actor=organiser, now=signed + timedelta(days=1))


def load_signatures(coalition: Coalition, organisations: dict[str, Organisation], people: dict[str, User]) -> None:
    """Every signature of the content file; only fictional organisations sign."""
    for entry in read("organisations")["cosponsorship"]:
        load_signature(entry, coalition, organisations[entry["organisation"]], people)


@transaction.atomic
def load_later_life(
    charter: Charter, organisations: dict[str, Organisation], people: dict[str, User], now: datetime
) -> None:
    """What signatories answered to the newer version, a renewal asked for, a local adoption; once."""
    content, coalition = read("charter"), charter.coalition
    if LocalAdoption.objects.filter(coalition=coalition).exists():
        return
    charter.refresh_from_db()
    acts = {act.organisation_id: act for act in coalition.cosponsorships.official().select_related("organisation")}
    for entry in content["answer"]:
        confirm_version(
            cosponsorship=acts[organisations[entry["organisation"]].pk],
            actor=people[entry["by"]],
            seen_sha256=charter.in_force.sha256,
            reservations=entry.get("reservations"),
            now=charter.in_force.adopted_at + timedelta(days=entry["days_after"]),
        )
    for entry in content["renewal"]:
        act = acts[organisations[entry["organisation"]].pk]
        asked = now - timedelta(days=entry["days_ago"])
        ask_renewal(cosponsorship=act, actor=people[entry["asked_by"]], now=asked)
    for entry in content["adoption"]:
        load_adoption(entry, charter, organisations[entry["organisation"]], people[entry["by"]], now)


def load_adoption(
    entry: dict[str, Any], charter: Charter, organisation: Organisation, representative: User, now: datetime
) -> None:
    """One local adoption of the version in force, with its changes."""
    adopted = now - timedelta(days=entry["days_ago"])
    record_adoption(
        organisation=organisation,
        coalition=charter.coalition,
        actor=representative,
        document_sha256=charter.in_force.sha256,
        adopted_on=adopted.date(),
        decision_reference=entry["decision"],
        note=entry["note"],
        changes=[
            Change(kind=row["kind"], key=row.get("article", ""), title=row.get("title", ""), text=row["text"])
            for row in entry["change"]
        ],
        now=adopted,
    )
