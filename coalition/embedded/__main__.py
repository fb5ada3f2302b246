"""`python -m coalition.embedded`: run -- COMMAND | demo | mailsink | clean."""

import argparse
import shutil
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from coalition.embedded.errors import LaunchError
from coalition.embedded.folders import claim, state_root
from coalition.embedded.mailsink import listen, serve
from coalition.embedded.processes import end_strays
from coalition.embedded.runner import run_command
from coalition.embedded.supervisor import PURPOSE, run_demo


def clean() -> int:
    """Remove the demo's data and every private file of this checkout. Raises LaunchError while the demo runs."""
    root = state_root()
    if root.is_dir():
        folder = claim(PURPOSE, root)
        end_strays(folder.path)
        folder.release(remove=True)
        shutil.rmtree(root, ignore_errors=True)
    return 0


def receive(folder: Path, host: str, port: int, inherited: int | None) -> int:
    """Run the mail sink on a port, or on a listening socket inherited by number."""
    serve(folder, socket.socket(fileno=inherited) if inherited is not None else listen(host, port))
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m coalition.embedded", description=__doc__)
    kinds = top.add_subparsers(dest="kind", required=True)
    run = kinds.add_parser("run", help="run a command with a private PostgreSQL and Valkey around it")
    run.add_argument("argv", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    kinds.add_parser("demo", help="run the whole site with demo content")
    kinds.add_parser("clean", help="remove the demo's data")
    sink = kinds.add_parser("mailsink", help="receive mail and keep it as .eml files")
    sink.add_argument("--dir", type=Path, required=True)
    sink.add_argument("--host", default="127.0.0.1")
    sink.add_argument("--port", type=int, default=1025)
    sink.add_argument("--fd", type=int, help="listening socket inherited from the caller")
    return top


def main(words: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    given = parser().parse_args(words)
    if given.kind == "demo":
        return run_demo()
    if given.kind == "clean":
        return clean()
    if given.kind == "mailsink":
        return receive(given.dir, given.host, given.port, given.fd)
    argv = given.argv[1:] if given.argv[:1] == ["--"] else given.argv
    if not argv:
        raise LaunchError("run needs a command: python -m coalition.embedded run -- COMMAND")
    return run_command(argv)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LaunchError as error:
        sys.exit(str(error))
