"""PostgreSQL and Valkey together: the private ones, or those the environment names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coalition.embedded.accounts import service_account
from coalition.embedded.folders import abandoned, claim_numbered, state_root
from coalition.embedded.postgres import Postgres
from coalition.embedded.processes import end_strays
from coalition.embedded.valkey import Valkey


class Stack:
    """The two services below one run folder. A service whose address is in the environment is used, not started."""

    def __init__(self, folder: Path, *, durable: bool, environment: Mapping[str, str]) -> None:
        root, account = folder.parent, service_account()
        given_database, given_broker = environment.get("DATABASE_URL"), environment.get("REDIS_URL")
        self.postgres = None if given_database else Postgres(folder, root, account, durable=durable)
        self.valkey = None if given_broker else Valkey(folder, root, account)
        self._given = {"DATABASE_URL": given_database, "REDIS_URL": given_broker}

    @property
    def addresses(self) -> dict[str, str]:
        """DATABASE_URL and REDIS_URL for the children."""
        own = {
            "DATABASE_URL": self.postgres.url if self.postgres else None,
            "REDIS_URL": self.valkey.url if self.valkey else None,
        }
        return {name: address for name in own if (address := self._given[name] or own[name])}

    def start(self) -> None:
        """Start what is ours. Raises LaunchError, having stopped what did start."""
        try:
            for server in (self.postgres, self.valkey):
                if server:
                    server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop what is ours, the broker first."""
        for server in (self.valkey, self.postgres):
            if server:
                server.stop()


@contextmanager
def throwaway_stack(purpose: str = "tests", root: Path | None = None) -> Iterator[dict[str, str]]:
    """Services for the length of a block, in a folder of their own that is removed at the end.

    Yields the addresses. Also clears away what earlier runs of the same purpose left when they were killed.
    """
    base = root or state_root()
    for leftover in abandoned(purpose, base):
        end_strays(leftover.path)
        leftover.release(remove=True)
    folder = claim_numbered(purpose, base)
    try:
        stack = Stack(folder.path, durable=False, environment=os.environ)
        stack.start()
        try:
            yield stack.addresses
        finally:
            stack.stop()
    finally:
        folder.release(remove=True)
