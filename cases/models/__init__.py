"""The case as a page, its words and vocabularies, and the catalogue every public list reads."""

from cases.models.alerts import AlertedCase, CaseNews, CasePublication, LeftMailbox, SavedSearch
from cases.models.catalogue import CatalogueChange, CatalogueEntry, CatalogueWords
from cases.models.freshness import CaseCheck
from cases.models.imports import CaseImport, CaseImportLine, KnownColumn
from cases.models.pages import CaseIndexPage, CasePage
from cases.models.parts import CaseEvidence, CaseIndicator, CasePartner, CasePicture, CaseUpdate, SentPicture
from cases.models.reproductions import Reproduction
from cases.models.terms import Term, Terms

__all__ = [
    "AlertedCase",
    "CaseCheck",
    "CaseEvidence",
    "CaseImport",
    "CaseImportLine",
    "CaseIndexPage",
    "CaseIndicator",
    "CaseNews",
    "CasePage",
    "CasePartner",
    "CasePicture",
    "CasePublication",
    "CaseUpdate",
    "CatalogueChange",
    "CatalogueEntry",
    "CatalogueWords",
    "KnownColumn",
    "LeftMailbox",
    "Reproduction",
    "SavedSearch",
    "SentPicture",
    "Term",
    "Terms",
]
