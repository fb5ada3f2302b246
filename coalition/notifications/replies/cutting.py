"""Of the text of a reply, what its author wrote in it: without what they answered to, and without signatures."""

import re

# "Le lun. 3 nov. 2025 à 10:12, Réseau <…> a écrit :", "On Mon, Nov 3, 2025 at 10:12 AM Network <…> wrote:"
ATTRIBUTION = re.compile(
    r"^(?:(?:Le|On|El|Am|Em|Il)\b.{4,400}\b(?:a écrit|wrote|escribió|schrieb|escreveu|ha scritto)\b.{0,120}:"
    r"|.{0,200}<[^<>\s]+@[^<>\s]+>.{0,40}\b(?:a écrit|wrote|writes)\b.{0,60}:"
    r"|\d{4}-\d\d-\d\d \d{1,2}:\d\d\b.{0,200}<[^<>\s]+@[^<>\s]+>\s?:)$",
    re.DOTALL,
)
OPENS = re.compile(r"^(?:Le|On|El|Am|Em|Il)\b.*\d|^\d{4}-\d\d-\d\d |^.{0,200}<[^<>\s]+@[^<>\s]+>")
TIMED = re.compile(r"\d{1,2}\s?[:h]\s?\d\d|<[^<>\s]+@[^<>\s]+>")
QUOTED = re.compile(r"^ {0,2}>")
FIRST = re.compile(r"^\s*\*?(?:De|From|Von|Expéditeur)\s?:\*?\s*\S")
NEXT = re.compile(
    r"^\s*\*?(?:Envoyé(?: le)?|Sent|Gesendet|Date|À|A|To|An|Destinataire|Objet|Subject|Betreff|Cc|Copie)\s?:\*?"
)
FENCE = re.compile(
    r"^\s*-{2,}\s*(?:Message d['’]origine|Message original|Message initial|Original Message|Forwarded message|"
    r"Message transféré|Message reçu|Reply message|Ursprüngliche Nachricht|Courriel d['’]origine)\s*-{2,}\s*$"
    r"|^\s*(?:Début du message (?:transféré|réexpédié)|Begin forwarded message)\s?:\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*(?:_{5,}|-{10,}|={10,})\s*$")
SIGNATURE = re.compile(r"^\s*(?:--|—|––|-- )\s*$")
# Lines that programs and mail rooms add by themselves at the end.
ADDED = re.compile(
    r"^\s*(?:\*|_)?(?:"
    r"(?:Envoyé|Sent|Enviado|Gesendet) (?:de|depuis|à partir de|avec|from|via|with|par|using|desde|von)\b.{0,80}"
    r"|(?:Obtenir|Télécharger|Téléchargez|Get|Download) \[?Outlook\b.{0,120}"
    r"|Provenance\s?: .{0,60}"
    r"|(?:Avant d['’]imprimer|Pensez à l['’]environnement|Please consider the environment)\b.{0,200}"
    r"|(?:Ce message|Ce courriel|Ce mail|This (?:e-?mail|message))\b.{0,160}\b(?:confidenti|intended|destiné).*"
    r")$",
    re.IGNORECASE,
)
LAST_LINES = 12
BLANKS = re.compile(r"\n{3,}")


def own_words(text: str) -> str:
    """The part of `text` its author wrote, above, below or between what they quote.

    Lines that begin with ">" are quotes. Where a quote has no such mark, everything after the line that announces it
    ("… a écrit :", "De : … Envoyé : …") is one. Empty when nothing else is there.
    """
    lines = text.replace("\u00a0", " ").replace("\u202f", " ").split("\n")
    raw = text.split("\n")
    end = _end_of_own(lines)
    blocks = _blocks(lines[:end], raw[:end])
    kept = ["\n".join(_unsigned(block)).strip() for block in blocks]
    return BLANKS.sub("\n\n", "\n\n".join(words for words in kept if words)).strip()


def _end_of_own(lines: list[str]) -> int:
    """Where a quote without marks begins, which runs to the end."""
    for at, line in enumerate(lines):
        if FENCE.match(line) or _is_header_block(lines, at):
            return _without_rule_above(lines, at)
        length = _attribution(lines, at)
        if length and not _quoted_next(lines, at + length):
            return at
    return len(lines)


def _is_header_block(lines: list[str], at: int) -> bool:
    if not FIRST.match(lines[at]):
        return False
    following = [line for line in lines[at + 1 : at + 12] if line.strip()][:5]
    return sum(1 for line in following if NEXT.match(line)) >= 2


def _without_rule_above(lines: list[str], at: int) -> int:
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and RULE.match(lines[above]) else at


def _attribution(lines: list[str], at: int) -> int:
    """How many lines (up to four) make the line that announces a quote; 0 when there is none here."""
    if not OPENS.match(lines[at]):
        return 0
    for length in range(1, 5):
        whole = " ".join(line.strip() for line in lines[at : at + length])
        if len(whole) > 600 or not lines[at + length - 1 : at + length] or not lines[at + length - 1].strip():
            return 0
        if ATTRIBUTION.match(whole):
            return length if TIMED.search(whole) else 0
    return 0


def _quoted_next(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return bool(QUOTED.match(following))


def _blocks(lines: list[str], raw: list[str]) -> list[list[str]]:
    """The runs of lines between quotes, without what announces them."""
    blocks: list[list[str]] = [[]]
    at = 0
    while at < len(lines):
        length = _attribution(lines, at)
        if length or QUOTED.match(lines[at]):
            at += length or 1
            if blocks[-1]:
                blocks.append([])
            continue
        blocks[-1].append(raw[at])
        at += 1
    return blocks


def _unsigned(block: list[str]) -> list[str]:
    """The block up to its signature."""
    for at, line in enumerate(block):
        if SIGNATURE.match(line):
            return block[:at]
    full = [at for at, line in enumerate(block) if line.strip()]
    for at in full[-LAST_LINES:]:
        if ADDED.match(block[at].replace("\u00a0", " ")):
            return block[:at]
    end = len(block)
    while end and (not block[end - 1].strip() or RULE.match(block[end - 1])):
        end -= 1
    return block[:end]
