"""The case as a page, its words and vocabularies, and the catalogue every public list reads."""

from cases.models.catalogue import CatalogueEntry
from cases.models.pages import CaseIndexPage, CasePage
from cases.models.parts import CaseEvidence, CaseIndicator, CasePartner, CasePicture, CaseUpdate, SentPicture
from cases.models.reproductions import Reproduction
from cases.models.terms import Term, Terms

__all__ = [
    "CaseEvidence",
    "CaseIndexPage",
    "CaseIndicator",
    "CasePage",
    "CasePartner",
    "CasePicture",
    "CaseUpdate",
    "CatalogueEntry",
    "Reproduction",
    "SentPicture",
    "Term",
    "Terms",
]
