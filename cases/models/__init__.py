"""The case as a page, its words and vocabularies, and the catalogue every public list reads."""

from cases.models.alerts import AlertedCase, CaseNews, CasePublication, SavedSearch
from cases.models.catalogue import CatalogueEntry
from cases.models.freshness import CaseCheck
from cases.models.pages import CaseIndexPage, CasePage
from cases.models.parts import CaseEvidence, CaseIndicator, CasePartner, CasePicture, CaseUpdate, SentPicture
from cases.models.terms import Term, Terms

__all__ = [
    "AlertedCase",
    "CaseCheck",
    "CaseEvidence",
    "CaseIndexPage",
    "CaseIndicator",
    "CaseNews",
    "CasePage",
    "CasePartner",
    "CasePicture",
    "CasePublication",
    "CaseUpdate",
    "CatalogueEntry",
    "SavedSearch",
    "SentPicture",
    "Term",
    "Terms",
]
