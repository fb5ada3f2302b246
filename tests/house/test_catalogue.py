"""French is written as French is printed; English is complete."""

import re

import polib
import pytest

from tests.house.messages import messages
from tests.house.tree import ROOT, complain

NARROW, FIXED = "\u202f", "\u00a0"
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}|<(\w+:\w+)>")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
ADDRESS = re.compile(r"\bhttps?://\S+|\?\w+=\S*|\S+@\S+")
RULES = (
    (re.compile(r"\w'\w"), "straight apostrophe: write ’"),
    (re.compile(rf"[^{NARROW}!?][;!?](?=[\s<»)]|$)"), "narrow no-break space (U+202F) before ; ! ?"),
    (re.compile(rf"[^{NARROW}]»"), "narrow no-break space (U+202F) before »"),
    (re.compile(rf"«[^{NARROW}]"), "narrow no-break space (U+202F) after «"),
    (re.compile(rf"[^{FIXED}](?<!\d):(?=[\s<]|$)"), "no-break space (U+00A0) before :"),
    (re.compile(r"\.\.\."), "three points: write …"),
    (re.compile(r"(?<![\w%])\"|\"(?!\w)"), "straight quotes: write « »"),
    (re.compile(r"\b(?:Etat|Etape|Ecrire|Evaluation|Edition|Equipe|Etude|Economie|Ecole)"), "accent on the capital"),
    (re.compile(r"(?i)\b(?:soumettre|soumettez|soumis|entités?|utilisateurs?)\b"), "a word we do not use with cities"),
)


def _typeset(text: str) -> list[str]:
    """What a French printer would object to in `text`."""
    bare = ADDRESS.sub("", ENTITY.sub("", re.sub(r"<[^>]*>", "", text)))
    return [advice for pattern, advice in RULES if pattern.search(bare)]


def test_french_texts_are_typeset_as_french() -> None:
    faults = [
        f"{message.where}: {advice}: {text[:90]!r}"
        for message in messages()
        for text in (message.singular, message.plural)
        if text
        for advice in _typeset(text)
    ]
    complain(faults, "French typography")


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def test_every_text_has_its_english(english: polib.POFile) -> None:
    known = {(entry.msgctxt, entry.msgid): entry for entry in english if not entry.obsolete}
    faults = []
    for message in messages():
        entry = known.get((message.context, message.singular))
        if entry is None:
            faults.append(f"{message.where}: {message.singular[:100]!r}")
        elif (message.plural or "") != entry.msgid_plural:
            faults.append(f"{message.where}: other plural in the catalogue: {message.singular[:80]!r}")
    complain(faults, "missing in locale/en/LC_MESSAGES/django.po")


def test_no_english_is_empty_or_a_guess(english: polib.POFile) -> None:
    faults = [f"fuzzy: {entry.msgid[:80]!r}" for entry in english.fuzzy_entries()]
    faults += [f"empty: {entry.msgid[:80]!r}" for entry in english.untranslated_entries()]
    complain(faults, "translate in locale/en/LC_MESSAGES/django.po")


def test_english_keeps_the_places_that_are_filled_in(english: polib.POFile) -> None:
    faults = []
    for entry in english:
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        allowed = set(PLACE.findall(entry.msgid)) | set(PLACE.findall(entry.msgid_plural))
        for text in said:
            if set(PLACE.findall(text)) - allowed or (text and len(said) == 1 and set(PLACE.findall(text)) != allowed):
                faults.append(f"{entry.msgid[:70]!r} -> {text[:70]!r}")
    complain(faults, "the English fills in other places than the French")


def test_the_catalogue_holds_nothing_that_nobody_says(english: polib.POFile) -> None:
    said = {(message.context, message.singular) for message in messages()}
    faults = [
        repr(entry.msgid[:90]) for entry in english if not entry.obsolete and (entry.msgctxt, entry.msgid) not in said
    ]
    complain(faults, "take out of locale/en/LC_MESSAGES/django.po")
