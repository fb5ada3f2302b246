"""Moments on the clock of a place, in words: what lasts, from when to when, and whose hour it is."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from coalition.core.languages import reader_language
from coalition.core.text import fold

FIXED = "\u00a0"
IN_FRENCH = {
    "London": "Londres", "Brussels": "Bruxelles", "Algiers": "Alger", "Cairo": "du Caire", "Lisbon": "Lisbonne",
    "Athens": "Athènes", "Vienna": "Vienne", "Warsaw": "Varsovie", "Copenhagen": "Copenhague", "Moscow": "Moscou",
    "Bucharest": "Bucarest", "Addis Ababa": "Addis-Abeba", "Ndjamena": "N’Djaména", "Mogadishu": "Mogadiscio",
    "Reunion": "de La Réunion", "Mauritius": "Maurice", "Comoro": "des Comores", "Mexico City": "Mexico",
    "Beirut": "Beyrouth", "Jerusalem": "Jérusalem", "Tehran": "Téhéran", "Singapore": "Singapour",
    "Azores": "des Açores", "Canary": "des Canaries", "Cape Verde": "du Cap-Vert", "Sao Tome": "Sao Tomé",
    "Havana": "La Havane", "Lome": "Lomé", "Sao Paulo": "São Paulo",
}  # fmt: skip
"""Cities that time zones are named after, where French has its own name, with its article where it has one."""
ELIDED = "aeiou"


def _zone_of(name: str) -> ZoneInfo:
    """The zone of that name; universal time for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def zone_words(zone: ZoneInfo, moment: datetime) -> str:
    """« heure de Dakar, UTC+0 » at that moment."""
    city = zone.key.rpartition("/")[2].replace("_", " ")
    seconds = int((moment.astimezone(zone).utcoffset() or moment - moment).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    offset = f"UTC{'-' if seconds < 0 else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
    if zone.key in ("UTC", "Etc/UTC"):
        return _("temps universel")
    return _("heure %(of_city)s, %(offset)s") % {"of_city": _of_city(city), "offset": offset}


def _of_city(city: str) -> str:
    """« de Dakar », « d’Accra », « du Caire »; in English the name alone, which stands before the word."""
    if reader_language() != "fr":
        return city
    named = IN_FRENCH.get(city, city)
    if named.startswith(("de ", "du ", "des ")):
        return named
    return f"d’{named}" if fold(named)[:1] in ELIDED else f"de {named}"


def day_words(moment: datetime) -> str:
    """« mardi 12 janvier 2027 », in the zone the moment is in."""
    day = f"1er {format_date(moment, 'F Y')}" if _first_in_french(moment) else format_date(moment, "j F Y")
    return f"{format_date(moment, 'l')} {day}"


def _first_in_french(moment: datetime) -> bool:
    return moment.day == 1 and reader_language() == "fr"


def hour_words(moment: datetime) -> str:
    """« 14 h 05 », in English « 14:05 »."""
    if reader_language() == "fr":
        return f"{moment.hour}{FIXED}h{FIXED}{moment.minute:02d}"
    return f"{moment:%H:%M}"


def moment_words(moment: datetime, zone: str) -> str:
    """Day and hour on the clock of `zone`: « mardi 12 janvier 2027, 18 h 00 (heure de Dakar, UTC+0) »."""
    home = _zone_of(zone)
    local = moment.astimezone(home)
    said = {"day": day_words(local), "hour": hour_words(local), "zone": zone_words(home, local)}
    return _("%(day)s, %(hour)s (%(zone)s)") % said


def span_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Day and hours on the clock of `zone`; both days where it lasts beyond midnight."""
    home = _zone_of(zone)
    start, end = starts_at.astimezone(home), ends_at.astimezone(home)
    said = {"day": day_words(start), "start": hour_words(start), "zone": zone_words(home, start)}
    if start.date() == end.date():
        return _("%(day)s, de %(start)s à %(end)s (%(zone)s)") % {**said, "end": hour_words(end)}
    said |= {"last": day_words(end), "end": hour_words(end)}
    return _("du %(day)s à %(start)s au %(last)s à %(end)s (%(zone)s)") % said


def same_clock(first: str, second: str, moment: datetime) -> bool:
    """Whether two zones show the same hour at that moment."""
    return moment.astimezone(_zone_of(first)).utcoffset() == moment.astimezone(_zone_of(second)).utcoffset()
