"""`run -- COMMAND`: a command with private services around it."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from coalition.embedded.errors import LaunchError
from coalition.embedded.processes import signal_group, tied_to_parent
from coalition.embedded.stack import throwaway_stack

FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """A signal came before or after the command ran."""


def run_command(argv: Sequence[str]) -> int:
    """Run `argv` with DATABASE_URL and REDIS_URL set; return its exit code (128 + n when signal n ended it)."""
    previous = {number: signal.signal(number, _interrupt) for number in FORWARDED}
    try:
        with throwaway_stack() as addresses:
            return _run(argv, {**os.environ, **addresses})
    except Interrupted as reason:
        return 128 + int(reason.args[0])
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted(number)


def _run(argv: Sequence[str], env: dict[str, str]) -> int:
    """Forward signals while the command runs.

    At a terminal the command shares our process group, so that a debugger can read the keyboard; Ctrl-C then reaches it
    without us. Elsewhere it leads its own group and gets each signal once, from us.
    """
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    try:
        child = subprocess.Popen(
            argv, env=env, process_group=None if at_terminal else 0, preexec_fn=tied_to_parent(signal.SIGTERM)
        )
    except OSError as error:
        raise LaunchError(f"{argv[0]}: {error.strerror}") from None

    def forward(number: int, frame: FrameType | None) -> None:
        if not at_terminal:
            signal_group(child.pid, number)
        elif number != signal.SIGINT:
            child.send_signal(number)

    for number in FORWARDED:
        signal.signal(number, forward)
    code = child.wait()
    for number in FORWARDED:
        signal.signal(number, signal.SIG_IGN)
    return 128 - code if code < 0 else code
