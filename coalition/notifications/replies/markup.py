"""An HTML mail as the text its author typed: quotes and signatures that mail programs mark as such are left out."""

import re
from html.parser import HTMLParser

LONGEST_HTML = 200_000
LINES = {
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "section", "table", "tr", "ul",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"head", "script", "style", "title", "object", "noscript", "template", "svg", "blockquote", "select"}
# What Gmail, Thunderbird, Yahoo, Proton, Zimbra and Outlook call what they quote, and the signatures they add.
NOT_OWN = re.compile(
    r"gmail_quote|gmail_attr|gmail_extra|gmail_signature|moz-cite-prefix|moz-signature|moz-forward-container|"
    r"yahoo_quoted|ydp\w*yahoo_quoted|protonmail_quote|protonmail_signature_block|zmail_extra|"
    r"ms-outlook-mobile-signature|ms-outlook-ios-signature|applemailsignature|\bx?_?signature\b|tutanota_quote"
)
# Everything that follows is quoted.
REST_IS_QUOTED = re.compile(r"appendonsend|divrplyfwdmsg|stopspelling|mail-editor-reference-message-container")
TAGS = re.compile(r"<[^<>]{0,2000}>")
BREAKS = re.compile(r"([\n\r\v])")
DECLARATIONS = re.compile(r"<[!?][^<>]{0,4000}>")
# The parser reads such a one again and again until the end: it is made into the sign it looks like.
NEVER_CLOSED = re.compile(r"<(?![^<>]{1,4000}>)")
SPACES = re.compile(r"[ \t\n\r\f\v\u00a0]+")


def _marks(attrs: list[tuple[str, str | None]]) -> str:
    """The names a program gave to a piece of its mail."""
    return " ".join(str(value or "") for name, value in attrs if name in ("class", "id")).lower()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.skipping = ""
        self.depth = 0
        self.ended = False
        self.as_typed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.ended:
            return
        if self.skipping:
            self.depth += tag == self.skipping
            return
        marks = _marks(attrs)
        if REST_IS_QUOTED.search(marks):
            self.ended = True
        elif tag in SILENT or (marks and tag not in VOID and NOT_OWN.search(marks)):
            self.skipping, self.depth = tag, 1
        else:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag == "p":
            self.out.append("\v")
        elif tag == "br" or tag in LINES:
            self.out.append("\n" if tag == "br" else "\r")
        elif tag == "hr":
            self.out.append("\r________________________________\r")
        elif tag in ("td", "th"):
            self.out.append(" ")
        if tag == "li":
            self.out.append("- ")
        self.as_typed += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.ended:
            return
        if self.skipping:
            self.depth -= tag == self.skipping
            if self.depth <= 0:
                self.skipping = ""
                self.out.append("\r")
            return
        self.as_typed -= tag == "pre" and self.as_typed > 0
        if tag == "p":
            self.out.append("\v")
        elif tag in LINES:
            self.out.append("\r")

    def handle_data(self, data: str) -> None:
        if self.ended or self.skipping:
            return
        self.out.append(data.replace("\r", "\n").replace("\v", " ") if self.as_typed else SPACES.sub(" ", data))


def text_of_html(html: str) -> str:
    """What the author of this HTML typed, as text; at most the first LONGEST_HTML characters are read. Never raises."""
    html = NEVER_CLOSED.sub("&lt;", DECLARATIONS.sub("", _without_comments(html[:LONGEST_HTML])))
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError, RecursionError):
        return TAGS.sub(" ", html)
    return _lines("".join(reader.out))


def _without_comments(html: str) -> str:
    """One pass: a comment that never ends hides the rest."""
    kept: list[str] = []
    at = 0
    while (begin := html.find("<!--", at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, html[at:]])


def _lines(text: str) -> str:
    """One piece a line: \n ends a line, \r ends one that holds something, \v also leaves a blank line."""
    lines: list[str] = []
    current = ""
    for piece in BREAKS.split(text):
        if piece not in ("\n", "\r", "\v"):
            current += piece
            continue
        if current.strip() or piece == "\n":
            lines.append(current.strip(" "))
        if piece == "\v" and lines and lines[-1]:
            lines.append("")
        current = ""
    return "\n".join([*lines, current.strip(" ")])
