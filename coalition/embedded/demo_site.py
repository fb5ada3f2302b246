"""What `make demo` runs: its folder, the environment of its processes, and their command lines."""

import hashlib
import os
import secrets
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coalition.embedded.folders import PROJECT, make_folder
from coalition.embedded.processes import Step

QUICK: tuple[Step, ...] = ((signal.SIGTERM, 3.0), (signal.SIGKILL, 0.5))
PACKAGES = ("coalition", "cases", "members", "principles")
THREADS = "4"
WORKERS = "2"


@dataclass(frozen=True)
class Part:
    """A process of the demo: its command, and whether it may be restarted when it ends by itself."""

    name: str
    argv: tuple[str, ...]
    restart: bool = True


def manage(*words: str) -> list[str]:
    """Command line of a management command."""
    return [sys.executable, str(PROJECT / "manage.py"), *words]


def fingerprint() -> str:
    """Changes with anything that could change the schema or the demo's content: our code, its data, the packages."""
    files = [PROJECT / "requirements.txt", PROJECT / "manage.py"]
    for package in PACKAGES:
        files += (path for path in (PROJECT / package).rglob("*") if "__pycache__" not in path.parts)
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(f"{path.relative_to(PROJECT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def secret_key(folder: Path) -> str:
    """The demo's own secret, made once and readable by its owner only."""
    place = folder / "secret_key"
    if not place.exists():
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    return place.read_text().strip()


def site_environment(
    folder: Path, addresses: Mapping[str, str], web_port: int, mail_port: int, inherited: Mapping[str, str]
) -> dict[str, str]:
    """Environment of every process of the demo. Nothing inherited can send real mail or choose other settings."""
    mail, media = make_folder(folder / "mail", 0o700), make_folder(folder / "media", 0o700)
    kept = {name: value for name, value in inherited.items() if not name.startswith(("GUNICORN_", "CELERY_"))}
    return {
        **kept,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "coalition.settings.dev",
        "DEBUG": "0",
        "BASE_URL": f"http://127.0.0.1:{web_port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEMO_MAIL_DIR": str(mail),
        "MEDIA_ROOT": str(media),
        "PRIVATE_ROOT": str(make_folder(folder / "private", 0o700)),
        "COALITION_DEMO": "1",
        "MAIL_PACE": "*=0",  # its mailbox is ours: every city of the demo has the same domain
        "SECRET_KEY": secret_key(folder),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT), inherited.get("PYTHONPATH", "")])),
    }


def mail_part(folder: Path, line: int) -> Part:
    """The SMTP sink on an inherited socket, so that its port survives a restart."""
    command = (sys.executable, "-m", "coalition.embedded", "mailsink", "--dir", str(folder / "mail"))
    return Part("mail", (*command, "--fd", str(line)))


def web_part(line: int) -> Part:
    """The site on an inherited socket. It is what the demo is for: when it ends, everything ends."""
    command = (sys.executable, "-m", "gunicorn", "coalition.wsgi:application", "--bind", f"fd://{line}")
    sizes = ("--worker-class", "gthread", "--workers", WORKERS, "--threads", THREADS)
    return Part("web", (*command, *sizes, "--no-control-socket", "--graceful-timeout", "2"), restart=False)


def background_parts(folder: Path) -> list[Part]:
    """The worker (one process with threads: quick to start, and nothing to leave behind) and the clock."""
    celery = (sys.executable, "-m", "celery", "-A", "coalition.celery")
    quiet = ("--without-gossip", "--without-mingle")
    return [
        Part("worker", (*celery, "worker", "--pool", "threads", "--concurrency", "2", *quiet, "--loglevel", "INFO")),
        Part("beat", (*celery, "beat", "--schedule", str(folder / "beat-schedule"), "--pidfile", "")),
    ]
