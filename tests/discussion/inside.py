"""Something that is read inside the coalition only, and can be talked about: what an amendment before moderation is."""

from collections.abc import Iterable, Mapping
from typing import Any

from coalition.core.access import Verdict, is_known, is_organiser
from coalition.core.subjects import Subject, Wording
from members.enums import Role
from members.models import Organisation

KIND = "inside"


class InsideSource:
    """Members and representatives of confirmed organisations, and organisers, read it."""

    def __init__(self) -> None:
        self.closed: set[str] = set()
        self.told: list[Any] = []

    def find(self, keys: Iterable[str]) -> Mapping[str, Subject]:
        return {
            key: Subject(KIND, key, f"Sujet {key}", f"/fr/{key}/", key not in self.closed)
            for key in keys
            if key.startswith("i")
        }

    def may_read(self, account: Any, _subject: Subject) -> Verdict:
        if not is_known(account):
            return Verdict.HIDDEN
        own = Organisation.objects.confirmed().of_account(account, Role.MEMBER, Role.REPRESENTATIVE)
        return Verdict.ALLOWED if is_organiser(account) or own.exists() else Verdict.FORBIDDEN

    def authors(self, _subject: Subject) -> Iterable[Any]:
        return self.told

    def wording(self, _subject: Subject, _number: int, _language: str) -> Wording | None:
        return None

    def version_url(self, key: str, _number: int) -> str:
        return f"/fr/{key}/"


INSIDE = InsideSource()
