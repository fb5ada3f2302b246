"""Challenges of fictional organisations and what others answer, with deadlines counted from the day of loading."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from coalition.challenges.actions import (
    answer_response,
    close_challenge,
    create_challenge,
    publish_challenge,
    send_response,
)
from coalition.challenges.models import Challenge, ChallengeWords, ResponseWords
from coalition.seed.content import read
from members.models import Coalition, Organisation, User

Accounts = dict[str, User]
Organisations = dict[str, Organisation]
PLAIN = ("title", "language", "problem", "concerned", "brings", "instrument", "notice_url", "time_zone")
EVENING = time(18, 0)
DECIDED = timedelta(days=25)


def _deadline(entry: dict[str, Any], now: datetime) -> datetime | None:
    """Six in the evening, where the city is, that many days from now; None where the file says none."""
    if "closes_in" not in entry:
        return None
    zone = ZoneInfo(entry["time_zone"])
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=entry["closes_in"]), EVENING, zone)


def _words(entry: dict[str, Any], home: Organisation, coalition: Coalition, now: datetime) -> ChallengeWords:
    return ChallengeWords(
        **{name: entry[name] for name in PLAIN if name in entry},
        country=home.country.code,
        city=home.city,
        geoname_id=home.geoname_id,
        themes=entry["themes"],
        sought=entry["sought"],
        coalition=coalition if entry.get("coalition") else None,
        closes_at=_deadline(entry, now),
    )


@transaction.atomic
def load_challenges(coalition: Coalition, organisations: Organisations, accounts: Accounts, now: datetime) -> None:
    """Drafts, open and concluded challenges with their responses, in the order of the days; once."""
    if Challenge.objects.exists():
        return
    content = read("challenges")
    for entry in content["challenge"]:
        opened = now - timedelta(days=entry.get("opened", 0))
        actor, home = accounts[entry["author"]], organisations[entry["organisation"]]
        words = _words(entry, home, coalition, now)
        challenge = create_challenge(actor=actor, organisation=home, words=words, now=opened)
        if entry.get("draft"):
            continue
        challenge = publish_challenge(actor=actor, challenge=challenge, now=opened)
        for answer in content["response"]:
            if answer["challenge"] == entry["key"]:
                _answer(challenge, answer, actor, organisations, accounts, opened)
        if "outcome" in entry and challenge.closes_at is not None:
            decided = challenge.closes_at + DECIDED
            close_challenge(actor=actor, challenge=challenge, outcome=entry["outcome"], now=decided)


def _answer(
    challenge: Challenge,
    entry: dict[str, Any],
    authority: User,
    organisations: Organisations,
    accounts: Accounts,
    opened: datetime,
) -> None:
    names = ("language", "offer", "needs", "contact_role", "may_be_named")
    response = send_response(
        actor=accounts[entry["author"]],
        challenge=challenge,
        organisation=organisations[entry["organisation"]],
        words=ResponseWords(**{name: entry[name] for name in names}),
        now=opened + timedelta(days=entry["days_after"]),
    )
    if "retained" in entry and challenge.closes_at is not None:
        answer_response(
            actor=authority,
            response=response,
            retained=entry["retained"],
            reason=entry["reason"],
            based_on=response.version,
            now=challenge.closes_at + DECIDED / 2,
        )
