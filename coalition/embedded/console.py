"""What the demo prints: one line per step with its time, then a summary. A closed terminal is never an error."""

import contextlib
import sys
import time
from collections.abc import Iterator

WIDTH = 58


class Console:
    """Lines on standard output; on a terminal the running step shows its elapsed seconds."""

    def __init__(self) -> None:
        self._live = sys.stdout.isatty()
        self._label = ""
        self._began = self._shown = 0.0
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")

    def say(self, text: str = "", end: str = "\n") -> None:
        """Print at once; silently give up when nobody reads any more."""
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(text + end)
            sys.stdout.flush()

    @contextlib.contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Announce a step, then print how long it took."""
        self._label, self._began, self._shown = f"  {label} ".ljust(WIDTH, "."), time.monotonic(), 0.0
        self.say(self._label, end="" if self._live else " ")
        try:
            yield
        except BaseException:
            self.say(f"{self._margin()}✗")
            raise
        self.say(f"{self._margin()}{time.monotonic() - self._began:5.1f} s")

    def tick(self) -> None:
        """Refresh the elapsed seconds of the running step (terminals only)."""
        elapsed = time.monotonic() - self._began
        if self._live and elapsed - self._shown >= 1:
            self._shown = elapsed
            self.say(f"\r{self._label} {elapsed:5.0f} s", end="")

    def block(self, text: str) -> None:
        """Print several lines, indented like the summary."""
        for line in text.strip("\n").splitlines():
            self.say(f"  {line}".rstrip())

    def _margin(self) -> str:
        return f"\r{self._label} " if self._live else ""
