"""What cases hold about people: who wrote them, as a key to the account; the words belong to the organisation."""

from django.utils.translation import gettext_lazy as _

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import Treatment, declare, register_treatment

declare(
    "cases.CasePage",
    treatment="contributions",
    owners=("owner",),
    fields={"title": BY_WHOM, "locked_by": BY_WHOM},
    impersonal=("*",),
)
declare("cases.CaseIndexPage", treatment="journal", fields={"owner": BY_WHOM, "locked_by": BY_WHOM}, impersonal=("*",))
declare("cases.CatalogueEntry", impersonal=("*",))
for part in ("Partner", "Indicator", "Evidence", "Picture", "Update"):
    declare(f"cases.Case{part}", impersonal=("*",))
declare("cases.Term", impersonal=("*",))
declare("cases.SentPicture", impersonal=("*",))
declare("cases.CatalogueWords", impersonal=("*",))
declare("cases.CatalogueChange", impersonal=("*",))
declare("cases.CaseImport", treatment="contributions", fields={"account": BY_WHOM}, impersonal=("*",))
declare("cases.CaseImportLine", impersonal=("*",))
declare("cases.KnownColumn", impersonal=("*",))

register_treatment(
    Treatment(
        key="alerts",
        title=_("Alertes sur les nouveaux cas"),
        purpose=_("Vous écrire quand un cas répond à une recherche que vous avez gardée."),
        basis=_("Votre accord (article 6.1.a du RGPD)."),
        data=_("Compte ou adresse électronique, recherche, langue, rythme, cas déjà signalés."),
        recipients=_("Personne d’autre que vous."),
        retention=_(
            "Sept jours sans confirmation ; l’adresse s’efface dès que vous arrêtez l’alerte. Une empreinte dont elle "
            "ne se relit pas reste trois ans, pour que personne ne vous inscrive de nouveau sans vous."
        ),
    )
)
declare(
    "cases.SavedSearch",
    treatment="alerts",
    owners=("account",),
    addresses=("address",),
    impersonal=("query",),
    delete=True,
)
declare("cases.CaseCheck", impersonal=("*",))
declare("cases.CasePublication", impersonal=("*",))
declare("cases.CaseNews", impersonal=("*",))
declare("cases.AlertedCase", impersonal=("*",))
declare("cases.LeftMailbox", impersonal=("digest",))
declare("cases.Reproduction", treatment="contributions", fields={"linked_by": BY_WHOM}, impersonal=("*",))
