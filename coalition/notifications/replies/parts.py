"""The parts of a mail, however broken: headers as readable lines, addresses, texts in the right characters."""

import codecs
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any, TypeVar

T = TypeVar("T")

BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError, MessageError, RecursionError)
LONGEST_HEADER = 8_000
MOST_PARTS = 200
# Controls but the end of line and the tab, halves of characters, signs that turn the order of reading around.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# Names Python knows that are not character sets of mail, or warn about what they read.
NOT_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
OLD_WESTERN = {"ascii", "iso8859-1", "cp1252"}
ADDRESS = re.compile(r"[^\s@<>\"(),:;\x00-\x1f]{1,64}@[^\s@<>\"(),:;\x00-\x1f]{1,255}")


def safely(read: Callable[[], T], otherwise: T) -> T:
    """What `read` returns, or `otherwise` where a broken message makes the library of mail stumble."""
    try:
        return read()
    except BROKEN:
        return otherwise


def parse(raw: bytes) -> "Message[Any, Any]":
    """The message; what cannot be parsed at all is one without headers whose text is those bytes."""
    empty: Message[Any, Any] = Message()
    return safely(lambda: message_from_bytes(raw), empty)


def header_lines(message: "Message[Any, Any]", name: str) -> list[str]:
    """Every header of that name as one readable line each, encoded words decoded."""
    wanted = name.lower()
    found = [value for key, value in message.raw_items() if key.lower() == wanted]
    return [_one_line(_decoded(str(value)[:LONGEST_HEADER])) for value in found[:20]]


def header(message: "Message[Any, Any]", name: str) -> str:
    """The first header of that name, or ""."""
    return next(iter(header_lines(message, name)), "")


def _one_line(text: str) -> str:
    return " ".join(UNREADABLE.sub(" ", text).split())


def _decoded(value: str) -> str:
    whole = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    pieces: list[tuple[Any, str | None]] = safely(lambda: list(decode_header(whole)), [(whole, None)])
    return "".join(
        piece if isinstance(piece, str) else decode_text(bytes(piece), charset or "") for piece, charset in pieces
    )


def addresses_in(lines: list[str]) -> list[str]:
    """The addresses of these header lines in lower case, each once, in order; what is not an address is left out."""
    empty: list[tuple[str, str]] = []
    pairs = safely(lambda: getaddresses(lines), empty)
    found = [address.lower() for _name, address in pairs if ADDRESS.fullmatch(address)]
    return list(dict.fromkeys(found))


def decode_text(data: bytes, charset: str) -> str:
    """The characters of `data`: as declared when that works, else UTF-8, else old Western European. Never raises."""
    name = safely(lambda: codecs.lookup(charset.strip()).name if charset else "", "")
    if name in NOT_CHARSETS:
        name = ""
    tries = ["utf-8", "cp1252"] if name in OLD_WESTERN else [name, "utf-8", "cp1252"]
    for one in filter(None, tries):
        try:
            return data.decode(one)
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1")


def readable(text: str) -> str:
    """`text` with plain line ends and without what nobody can read."""
    return UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"))


def leaves(message: "Message[Any, Any]") -> Iterator["Message[Any, Any]"]:
    """The parts that hold something, in order, at most MOST_PARTS; a mail inside the mail is one part."""
    waiting = [message]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inside = part.get_payload()
        if isinstance(inside, list) and safely(part.get_content_maintype, "") != "message":
            waiting.extend(reversed([one for one in inside if isinstance(one, Message)]))
        else:
            yield part


def content_type(part: "Message[Any, Any]") -> str:
    """`text/plain`, and so on; text/plain where it is not said in a way that can be read."""
    return str(safely(part.get_content_type, "text/plain"))


def attachment_name(part: "Message[Any, Any]") -> str | None:
    """The name of a part that is a file (perhaps ""), None for one that is read in the message.

    Pictures set inside the text and signatures of programs (S/MIME, PGP, calendars) are neither words nor files.
    """
    kind = content_type(part)
    disposition = str(safely(part.get_content_disposition, None) or "")
    name = _one_line(_decoded(str(safely(part.get_filename, None) or "")[:LONGEST_HEADER]))[:200]
    if kind in SILENT or (kind.startswith("image/") and disposition != "attachment"):
        return None
    if kind in ("text/plain", "text/html") and disposition != "attachment":
        return None
    return name


SILENT = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
    "application/ms-tnef",
    "message/delivery-status",
    "message/disposition-notification",
    "text/rfc822-headers",
}


def text_of(part: "Message[Any, Any]") -> str:
    """The characters of a text part, transfer encoding and soft line ends undone."""
    payload: Any = safely(lambda: part.get_payload(decode=True), None)
    if not isinstance(payload, bytes):
        payload = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    charset = safely(part.get_content_charset, None)
    text = readable(decode_text(payload, str(charset or "")))
    flowed = str(safely(lambda: part.get_param("format"), None) or "").lower() == "flowed"
    if content_type(part) == "text/plain" and flowed:
        return unflow(text, delsp=str(safely(lambda: part.get_param("delsp"), None) or "").lower() == "yes")
    return text


QUOTED = re.compile(r"^(>*)(.*)$", re.DOTALL)


def unflow(text: str, *, delsp: bool = False) -> str:
    """Join the lines that format=flowed (RFC 3676) had broken; quotes of different depths stay apart."""
    out: list[str] = []
    depth_before, soft = "", False
    for line in text.split("\n"):
        depth, rest = _depth(line)
        rest = rest.removeprefix(" ")
        if soft and depth == depth_before:
            out[-1] += rest
        else:
            out.append(f"{depth} {rest}" if depth else rest)
        soft = rest.endswith(" ") and rest != "-- "
        if soft and delsp:
            out[-1] = out[-1][:-1]
        depth_before = depth
    return "\n".join(out)


def _depth(line: str) -> tuple[str, str]:
    found = QUOTED.match(line)
    return (found.group(1), found.group(2)) if found else ("", line)
