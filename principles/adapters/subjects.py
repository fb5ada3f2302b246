"""Articles and amendments as the discussion knows them: what may be talked about, by whom, and in which wording."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.core.access import Verdict, can
from coalition.core.subjects import Subject, Wording
from coalition.core.templatetags.bilingual import tr
from members.models import User
from principles.actions.revisions import ARTICLE, subject_key
from principles.enums import ADOPTED, AMENDMENT_SUBJECT, PENDING
from principles.models import Amendment, VersionArticle

AMENDMENT = AMENDMENT_SUBJECT


def _parts(keys: Iterable[str]) -> set[tuple[str, str]]:
    """(slug of the charter, the rest) of each key."""
    return {(slug, rest) for slug, dot, rest in (key.partition(".") for key in keys) if dot}


class ArticleSubjects:
    """Answers `coalition.core.subjects` with articles of charters: "charte.ouverture", the same in every version."""

    def find(self, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Those that stand in some version, as their latest one has them; open while that is the one in force."""
        asked = _parts(keys)
        rows = (
            VersionArticle.objects.filter(
                version__charter__slug__in={slug for slug, _key in asked}, key__in={key for _slug, key in asked}
            )
            .select_related("version__charter")
            .order_by("version__charter", "key", "-version__number")
            .distinct("version__charter", "key")
        )
        found = {subject_key(row.version.charter.slug, row.key): row for row in rows}
        return {key: self._subject(key, row) for key, row in found.items() if tuple(key.split(".", 1)) in asked}

    def _subject(self, key: str, row: VersionArticle) -> Subject:
        charter, number = row.version.charter, row.version.number
        in_force = row.version_id == charter.current_version_id
        words = {"position": row.position, "title": tr(row, "title")}
        page = charter.get_absolute_url() if in_force else row.version.get_absolute_url()
        return Subject(
            kind=ARTICLE,
            key=key,
            title=_("Article %(position)d, %(title)s") % words,
            url=f"{page}#{row.key}",
            is_open=in_force,
            number=number,
            obj=row,
        )

    def may_read(self, account: Any, subject: Subject) -> Verdict:
        """Published versions are for everybody."""
        return can(account, "charter.view", subject.obj.version)

    def authors(self, subject: Subject) -> Iterable[User]:
        """Who wrote an amendment that made the article what it is."""
        adopted = Amendment.objects.filter(
            charter=subject.obj.version.charter, article_key=subject.obj.key, state__in=ADOPTED
        )
        return User.objects.filter(pk__in=adopted.values("author"))

    def wording(self, subject: Subject, number: int, language: str) -> Wording | None:
        """The article in this version."""
        row = subject.obj
        if number != row.version.number:
            versions = VersionArticle.objects.filter(version__charter=row.version.charter_id, version__number=number)
            row = versions.filter(key=row.key).first()
        return Wording(number, language, getattr(row, f"text_{language}")) if row else None

    def version_url(self, key: str, number: int) -> str:
        """The article on the page of the version."""
        return f"{reverse('charter_version', args=[number])}#{key.partition('.')[2]}"


class AmendmentSubjects:
    """Answers `coalition.core.subjects` with amendments once proposed: "charte.12"."""

    def find(self, keys: Iterable[str]) -> Mapping[str, Subject]:
        """Those with such a number, whatever became of them; open while they are, and can be read."""
        asked = {(slug, int(number)) for slug, number in _parts(keys) if number.isdecimal() and len(number) < 10}
        rows = Amendment.objects.select_related("charter", "author", "organisation").filter(
            charter__slug__in={slug for slug, _number in asked}, number__in={number for _slug, number in asked}
        )
        found = {(row.charter.slug, row.number): row for row in rows}
        return {
            f"{slug}.{row.number}": self._subject(row)
            for (slug, number), row in found.items()
            if (slug, number) in asked
        }

    def _subject(self, row: Amendment) -> Subject:
        words = {"number": row.number, "title": row.heading}
        return Subject(
            kind=AMENDMENT,
            key=subject_key(row.charter.slug, str(row.number)),
            title=_("Amendement nº %(number)d, %(title)s") % words,
            url=row.get_absolute_url(),
            is_open=row.state in PENDING and row.hidden_at is None,
            obj=row,
        )

    def may_read(self, account: Any, subject: Subject) -> Verdict:
        """As the amendment itself."""
        return can(account, "amendment.view", subject.obj)

    def authors(self, subject: Subject) -> Iterable[User]:
        """Its author, and those who write it with them."""
        amendment = subject.obj
        return [amendment.author, *(one.account for one in amendment.coauthors.accepted().select_related("account"))]

    def wording(self, subject: Subject, number: int, language: str) -> Wording | None:
        """Passages of amendments are not remarked on: their text is frozen or withdrawn, never a new version."""
        return None

    def version_url(self, key: str, number: int) -> str:
        """The amendment itself."""
        return reverse("amendment", args=[int(key.partition(".")[2])])


article_subjects = ArticleSubjects()
amendment_subjects = AmendmentSubjects()
