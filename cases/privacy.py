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
declare("cases.Reproduction", treatment="contributions", fields={"linked_by": BY_WHOM}, impersonal=("*",))
