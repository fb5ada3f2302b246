"""What the charter's tables hold about people: who proposed and who decided, never more than a key to the account."""

from coalition.core.personal import BY_WHOM, PUBLISHED
from coalition.core.privacy import declare

declare(
    "principles.Amendment",
    treatment="contributions",
    owners=("author",),
    fields={"title": PUBLISHED, "motive": PUBLISHED, "hidden_reason": PUBLISHED, "hidden_by": BY_WHOM},
    impersonal=(
        "article_key", "after_key", "article_title_fr", "article_title_en", "text_fr", "text_en", "state", "kind",
        "stale_leg",
    ),
)  # fmt: skip
declare(
    "principles.HiddenWords",
    treatment="contributions",
    owners=("amendment__author",),
    fields={"title": PUBLISHED, "motive": PUBLISHED},
    impersonal=("article_key", "article_title_fr", "article_title_en", "text_fr", "text_en"),
)
declare(
    "principles.Decision",
    treatment="contributions",
    owners=("decided_by",),
    fields={"motive": BY_WHOM},
    impersonal=("outcome", "standing"),
)
declare(
    "principles.Wording",
    treatment="contributions",
    owners=("author",),
    fields={"note": PUBLISHED},
    impersonal=(
        "cause", "after_key", "article_title_fr", "article_title_en", "text_fr", "text_en", "language",
    ),
)  # fmt: skip
for _label in ("Position", "PositionEntry"):
    declare(
        f"principles.{_label}",
        treatment="contributions",
        owners=("given_by",),
        fields={"reason": PUBLISHED},
        impersonal=("choice",),
    )
declare("principles.MinorityOpinion", impersonal=("*",))
declare("principles.CoAuthor", treatment="contributions", fields={"account": BY_WHOM, "invited_by": BY_WHOM})
declare("principles.Endorsement", treatment="contributions", fields={"given_by": BY_WHOM})
declare("principles.Touch", impersonal=("*",))
declare(
    "principles.DraftVersion",
    treatment="contributions",
    owners=("created_by",),
    fields={"motive": BY_WHOM},
    impersonal=("title_fr", "title_en", "preamble_fr", "preamble_en", "articles"),
)
for _label in ("Charter", "Version", "VersionArticle"):
    declare(f"principles.{_label}", impersonal=("*",))
