"""What cases hold about people: who wrote them, as a key to the account; the words belong to the organisation."""

from coalition.core.personal import BY_WHOM
from coalition.core.privacy import declare

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
