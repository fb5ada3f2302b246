"""The coalition, its charter, amendments to it, and the signatures of fictional organisations."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from coalition.core.tokens import issue_token
from coalition.seed.content import bilingual, read, text
from members.actions import (
    CONFIRM_PURPOSE,
    approve_cosponsorship,
    confirm_cosponsorship,
    define_coalition,
    sign_cosponsorship,
)
from members.models import Coalition, Cosponsorship, Organisation, User
from principles.actions import (
    accept_amendment,
    draft_amendment,
    open_amendment,
    publish_first_version,
    refuse_amendment,
)
from principles.models import Amendment, ArticleText, Charter, CharterText

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
    """Amendments of fictional organisations, each as far as the content says: open, accepted or refused."""
    if Amendment.objects.filter(charter=charter).exists():
        return
    for days, entry in enumerate(reversed(read("charter")["amendment"]), start=2):
        proposed = now - timedelta(days=3 * days)
        author = accounts[entry["author"]]
        draft = draft_amendment(
            actor=author,
            charter=charter,
            article_key=entry["article"],
            organisation=organisations[entry["organisation"]],
            title=text(entry, "title", "fr"),
            text_fr=text(entry, "text", "fr"),
            text_en=text(entry, "text", "en"),
            motive=text(entry, "motive", "fr"),
            now=proposed,
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
        statement=text(entry, "statement", "fr"),
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
