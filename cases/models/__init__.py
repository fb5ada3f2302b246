"""The case as a page, and the catalogue every public list reads."""

from cases.models.catalogue import CatalogueEntry
from cases.models.pages import CaseIndexPage, CasePage

__all__ = ["CaseIndexPage", "CasePage", "CatalogueEntry"]
