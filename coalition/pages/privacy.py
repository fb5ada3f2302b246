"""What the site's own pages, and events, hold about people: who edited or wrote them."""

from coalition.core.personal import BY_WHOM, PUBLISHED
from coalition.core.privacy import declare

for _label in ("HomePage", "StandardPage"):
    declare(f"pages.{_label}", treatment="journal", fields={"owner": BY_WHOM, "locked_by": BY_WHOM}, impersonal=("*",))
declare(
    "pages.Event",
    treatment="contributions",
    owners=("author",),
    fields={"author": BY_WHOM, "title": PUBLISHED, "description": PUBLISHED, "report": PUBLISHED},
    impersonal=("*",),
)
