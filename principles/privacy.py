"""What the charter's tables hold about people: who proposed and who decided, never more than a key to the account."""

from coalition.core.personal import BY_WHOM, PUBLISHED
from coalition.core.privacy import declare

declare(
    "principles.Amendment",
    treatment="contributions",
    owners=("author",),
    fields={"title": PUBLISHED, "motive": PUBLISHED},
    impersonal=("article_key", "text_fr", "text_en", "state"),
)
declare(
    "principles.Decision",
    treatment="contributions",
    owners=("decided_by",),
    fields={"motive": BY_WHOM},
    impersonal=("outcome",),
)
declare(
    "principles.DraftVersion",
    treatment="contributions",
    owners=("created_by",),
    fields={"motive": BY_WHOM},
    impersonal=("title_fr", "title_en", "preamble_fr", "preamble_en", "articles"),
)
for _label in ("Charter", "Version", "VersionArticle"):
    declare(f"principles.{_label}", impersonal=("*",))
