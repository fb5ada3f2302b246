"""How mail leaves: how fast to each domain, where what comes back goes, who may tell of it."""

import environ

env = environ.Env()


def _pace(text: str) -> dict[str, int]:
    """ "*=120,gmail.com=60" as a table; 0 is no bound."""
    pairs = [part.partition("=") for part in text.lower().split(",") if part.strip()]
    return {domain.strip(): int(number) for domain, _equals, number in pairs}


MAIL_PACE: dict[str, int] = _pace(env.str("MAIL_PACE", "*=120"))
"""Mails a minute to one domain; "*" stands for every domain that is not named."""
BOUNCE_ADDRESS: str = env.str("BOUNCE_ADDRESS", "")
"""Where mail servers send back what they could not deliver; empty: to the sender address."""
MAIL_EVENTS_SECRET: str = env.str("MAIL_EVENTS_SECRET", "")
"""Signs what the sender of our mail tells of bounces and complaints; empty: it has no door."""
