"""Starting and stopping children so that none outlives us, whatever ends us.

Each child leads its own session: a Ctrl-C of the terminal reaches only the supervisor, which stops things in order.
On Linux the kernel also signals each child when its parent dies (PR_SET_PDEATHSIG). Everywhere a record of process id
and start time lets the next run find what a killed one left behind, without mistaking a recycled id for it.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coalition.embedded.accounts import ServiceAccount, identity_of

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
PAUSE = 0.02
Step = tuple[signal.Signals, float]
GENTLE: tuple[Step, ...] = ((signal.SIGTERM, 5.0), (signal.SIGKILL, 2.0))


@dataclass
class Child:
    """A process we started, its log, and the record that lets the next run recognise it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    record: Path

    @property
    def running(self) -> bool:
        """Whether it still runs (collects it when it just ended)."""
        return self.process.poll() is None

    def tail(self, lines: int = 15) -> str:
        """The last lines it wrote, for an error message."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def tied_to_parent(death_signal: int) -> Callable[[], None]:
    """Return what a fresh child must call so that the kernel signals it when its parent dies (Linux; else nothing).

    It must run after a change of identity, which clears the setting, hence in preexec_fn.
    """
    parent = os.getpid()

    def tie() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return tie


def spawn(
    name: str,
    argv: Sequence[str | os.PathLike[str]],
    *,
    folder: Path,
    env: Mapping[str, str],
    cwd: Path | None = None,
    account: ServiceAccount | None = None,
    death_signal: int = signal.SIGKILL,
    pass_fds: Sequence[int] = (),
) -> Child:
    """Start a child with its output in folder/logs/<name>.log and its record in folder/children/<name>.

    Must be called from the main thread: the kernel ties the child to the thread that made it.
    """
    logs, children = folder / "logs", folder / "children"
    for place in (logs, children):
        place.mkdir(mode=0o700, exist_ok=True)
    log = logs / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [os.fspath(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd or folder,
            start_new_session=True,
            pass_fds=tuple(pass_fds),
            preexec_fn=tied_to_parent(death_signal),
            **identity_of(account),
        )
    record = children / name
    record.write_text(f"{process.pid} {birth_of(process.pid)}\n")
    return Child(name, process, log, record)


def stop(child: Child, steps: Sequence[Step] = GENTLE) -> None:
    """End a child: each signal in turn until it is gone, then whatever is left of its session's group."""
    for number, patience in steps:
        if not child.running:
            break
        child.process.send_signal(number)
        try:
            child.process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    signal_group(child.process.pid, signal.SIGKILL)
    child.record.unlink(missing_ok=True)


def stop_together(children: Sequence[Child], steps: Sequence[Step] = GENTLE) -> None:
    """End several children at once: signal all first, so that the slowest decides the time, not the sum."""
    for child in children:
        if child.running:
            child.process.send_signal(steps[0][0])
    deadline = time.monotonic() + steps[0][1]
    while time.monotonic() < deadline and any(child.running for child in children):
        time.sleep(PAUSE)
    for child in children:
        stop(child, steps[1:] or GENTLE[1:])


def signal_group(group: int, number: int) -> None:
    """Signal a process group; nothing happens when it is empty or not ours any more."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


def is_alive(pid: int) -> bool:
    """Whether a process of that id exists (a zombie does not count on Linux)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _proc_stat(pid)[:1] != ["Z"]


def birth_of(pid: int) -> str:
    """When a process started, as an opaque word: with the id it names the process for good. Empty if it is gone."""
    fields = _proc_stat(pid)
    if len(fields) > 19:
        return fields[19]
    return "" if Path("/proc/self").exists() else _ask_ps(pid, "lstart=").replace(" ", "-")


def command_of(pid: int) -> str:
    """The command line of a process, empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return "" if Path("/proc/self").exists() else _ask_ps(pid, "command=")


def end_strays(folder: Path, patience: float = 5.0) -> list[str]:
    """End what a killed run left behind in `folder`; return the names of what was found alive."""
    found: dict[str, int] = {}
    for record in sorted((folder / "children").glob("*")):
        words = record.read_text().split()
        if len(words) == 2 and words[0].isdigit() and birth_of(int(words[0])) == words[1]:
            found[record.name] = int(words[0])
        else:
            record.unlink(missing_ok=True)
    for pid in found.values():
        end_stray(pid, patience)
    for name in found:
        (folder / "children" / name).unlink(missing_ok=True)
    return list(found)


def end_stray(pid: int, patience: float = 5.0) -> None:
    """End a process that is not our child, with its group: SIGTERM, then SIGKILL when it does not listen."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            break
        deadline = time.monotonic() + patience
        while is_alive(pid) and time.monotonic() < deadline:
            time.sleep(PAUSE)
        if not is_alive(pid):
            break
    signal_group(pid, signal.SIGKILL)


def _proc_stat(pid: int) -> list[str]:
    """Fields of /proc/<pid>/stat from the state on (state is field 0, start time field 19); empty where unknown."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _ask_ps(pid: int, column: str) -> str:
    """One column of ps, for systems without /proc."""
    answer = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip()
