"""Everything that is written of an event, as forms and actions hand it on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from coalition.pages.enums import Spoken


@dataclass(frozen=True, slots=True)
class EventWords:
    """Everything that is written. Moments are aware; `time_zone` is the IANA name of the zone they are told in.

    `country` is an ISO code, `city` and `geoname_id` as `coalition.core.place_fields` gives them; `spoken` values of
    Spoken; links begin with https:// and are never fetched.
    """

    title: str
    summary: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str = "Europe/Paris"
    language: str = "fr"
    description: str = ""
    venue: str = ""
    street: str = ""
    country: str = ""
    city: str = ""
    geoname_id: int | None = None
    online_url: str = ""
    spoken: Sequence[str] = ()
    access: str = ""
    audience: str = ""
    registration: str = ""
    registration_url: str = ""

    def columns(self) -> dict[str, Any]:
        """As the table holds it, without spaces around."""
        found = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(self).items()}
        return {**found, "spoken": [one for one in Spoken.values if one in self.spoken]}
