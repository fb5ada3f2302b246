"""How two organisations are compared, so that one is not kept twice."""

from members.merge.resemblance import CROWD, Keys, Likeness, Resemblance, compare, resembling_pairs
from members.merge.words import (
    country_names,
    is_open_to_anybody,
    is_shared_host,
    mail_domain,
    name_key,
    scripts,
    web_domain,
)

__all__ = [
    "CROWD",
    "Keys",
    "Likeness",
    "Resemblance",
    "compare",
    "country_names",
    "is_open_to_anybody",
    "is_shared_host",
    "mail_domain",
    "name_key",
    "resembling_pairs",
    "scripts",
    "web_domain",
]
