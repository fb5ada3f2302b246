"""What an answer says in the letters of the matrix, and whether anything changed."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

# what a visit may write without changing anything: who is here, what was counted, what is kept for a moment
NOT_WATCHED = {"django_session", "core_cache", "usersessions_usersession", "django_migrations"}


def tables() -> list[str]:
    """Every table the digest reads."""
    return sorted(set(connection.introspection.table_names()) - NOT_WATCHED)


def digest(names: Iterable[str] | None = None) -> dict[str, str]:
    """A fingerprint of each table, of these only when given: it changes when any value of any row does."""
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t"
        for name in (tables() if names is None else names)
    ]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def attempts() -> dict[str, int]:
    """Rows written by table, undone ones included: where the number stands still nothing changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


class Witness:
    """Sees what is written inside one transaction, and reads again only the tables that were written to.

    `fingerprint` is that of the world as it stands when the witness arrives.
    """

    def __init__(self, fingerprint: dict[str, str]) -> None:
        self.before = fingerprint
        self.arrived = attempts()

    def settle(self) -> None:
        """What was done so far belongs to the story; changes count from here."""
        self.before = self._now()

    def changed(self) -> list[str]:
        """The tables that say something else than when the witness arrived, or settled."""
        return changed(self.before, self._now())

    def _now(self) -> dict[str, str]:
        written = attempts()
        return self.before | digest(name for name in self.before if written.get(name) != self.arrived.get(name))


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables that differ."""
    return sorted(name for name in before if before[name] != after[name])


def leads_to_login(answer: HttpResponse) -> bool:
    """A redirect to the login page, in any language."""
    place = answer.get("Location", "")
    return answer.status_code in (302, 303) and any(
        place.startswith(f"/{code}{reverse('account_login')[3:]}") for code, _label in settings.LANGUAGES
    )


def letter(answer: HttpResponse | bool) -> str:
    """A, L, F, H, V, or the status when it is none of them."""
    if isinstance(answer, bool):
        return "A" if answer else "-"
    if leads_to_login(answer) or answer.status_code == 401:
        return "L"
    if answer.status_code in (301, 302, 303) and answer["Location"] == reverse("wagtailadmin_home"):
        return "F"
    if 200 <= answer.status_code < 400:
        return "A"
    return {403: "F", 404: "H", 409: "V"}.get(answer.status_code, str(answer.status_code))


def body_digest(answer: HttpResponse) -> str:
    """To compare two answers."""
    return hashlib.sha256(answer.content).hexdigest()
