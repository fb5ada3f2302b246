"""The account under which private servers run: PostgreSQL refuses to work as root."""

import os
import pwd
from dataclasses import dataclass
from typing import TypedDict

from coalition.embedded.errors import LaunchError

CANDIDATES = ("postgres", "nobody")


class Identity(TypedDict, total=False):
    """Arguments of subprocess.Popen that change the identity of a child."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServiceAccount:
    """An account without privileges that root hands its servers to."""

    name: str
    uid: int
    gid: int

    def own(self, path: str | os.PathLike[str]) -> None:
        """Give one of our own folders to this account."""
        os.chown(path, self.uid, self.gid)


def service_account() -> ServiceAccount | None:
    """Return the account servers must drop to, or None when we are not root.

    Raises LaunchError when root has no unprivileged account at hand.
    """
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return ServiceAccount(name, entry.pw_uid, entry.pw_gid)
    raise LaunchError(f"PostgreSQL refuses to run as root and none of these accounts exists: {', '.join(CANDIDATES)}.")


def identity_of(account: ServiceAccount | None) -> Identity:
    """Popen arguments that make a child run as `account` (none: as ourselves)."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}
