"""What the charter's tables hold about people: who proposed and who decided, never more than a key to the account."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM, PUBLISHED
from coalition.core.privacy import Treatment, declare, keep, register_treatment

WRITTEN_TOGETHER = keep(_("Un brouillon écrit à plusieurs reste à celles et ceux qui l’écrivent encore."))

register_treatment(
    Treatment(
        key="drafting",
        title=_("Écrire un amendement à plusieurs"),
        purpose=_("Montrer aux autres auteurs d’un brouillon qui écrit, et ne perdre les mots de personne."),
        basis=_("Exécution du service que vous avez demandé (article 6.1.b du RGPD)."),
        data=_("Identité du compte, ce qu’il enregistre d’un brouillon et quand, dans quel champ il écrit."),
        recipients=_("Les auteurs du brouillon, personne d’autre."),
        retention=_(
            "Trente jours, et au plus tard quand l’amendement est proposé ; "
            "un jour pour la présence ; trente jours encore pour vos mots arrivés trop tard, que vous seul lisez."
        ),
    )
)

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
declare(
    "principles.DraftRevision",
    treatment="drafting",
    owners=("saved_by",),
    fields={"title": WRITTEN_TOGETHER, "motive": WRITTEN_TOGETHER},
    impersonal=(
        "key", "article_title_fr", "article_title_en", "text_fr", "text_en", "after_key",
    ),
)  # fmt: skip
declare("principles.Presence", treatment="drafting", owners=("account",), impersonal=("field",), delete=True)
for _label in ("Charter", "Version", "VersionArticle"):
    declare(f"principles.{_label}", impersonal=("*",))
