"""Who may know whom: keys between tables, mail, signals, and the import contracts."""

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from tests.house.tree import ROOT, complain, modules, texts

# docs/architecture.md: a table may point at its own floor's app or at a lower floor
FLOORS = (
    {"core"},
    {"notifications", "glossary"},
    {"members", "contact"},
    {"discussion"},
    {"cases", "principles", "guide", "challenges"},
    {"pages"},
    {"seed"},
)
SIGNALS = re.compile(r"\b(pre_save|post_save|pre_delete|post_delete|m2m_changed|pre_init|post_init)\b")
# where Django itself or the outbox handles messages
MAIL_HOME = "coalition/notifications/"


def _floor(label: str) -> int | None:
    return next((number for number, labels in enumerate(FLOORS) if label in labels), None)


def test_keys_between_tables_point_downwards() -> None:
    account = apps.get_model(settings.AUTH_USER_MODEL)
    faults = []
    for model in apps.get_models(include_auto_created=True):
        own = _floor(model._meta.app_label)
        for field in model._meta.get_fields():
            if own is None or not isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                continue
            target = field.related_model
            floor = _floor(target._meta.app_label)
            if target is account or floor is None or target._meta.app_label == model._meta.app_label:
                continue
            if floor >= own:
                faults.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    complain(faults, "a table points at a higher floor or at a sibling")


def test_every_app_of_ours_has_its_floor() -> None:
    ours = [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
    ]
    complain([config.name for config in ours if _floor(config.label) is None], "add to FLOORS")


def test_only_notifications_send_mail() -> None:
    faults = [
        module.name
        for module in modules()
        if re.search(r"django\.core\.mail\b(?!\.backends)|\bsmtplib\b|\bsend_mail\(", module.source)
        and not module.name.startswith(MAIL_HOME)
        and not module.name.startswith("coalition/embedded/")
        and not (module.name == "members/adapters.py" and "django.core.mail" not in module.source)
    ]
    complain(faults, "record an event instead; coalition.notifications alone talks to a mail server")


def test_model_signals_stay_in_signal_handlers() -> None:
    faults = [
        module.name
        for module in modules()
        if SIGNALS.search(module.source) and module.path.name != "signal_handlers.py"
    ]
    complain(faults, "what happens on save belongs in the action that saves")


def test_the_import_contracts_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    broken = [line.strip() for line in result.stdout.splitlines() if "BROKEN" in line or line.lstrip().startswith("-")]
    assert result.returncode == 0, "\n".join(broken) or result.stdout + result.stderr


def test_nothing_asks_the_broker_from_a_request() -> None:
    """A broker that is silent would hold the reader for 40 seconds: the worker polls, nobody rings inside a view."""
    faults = [
        f"{module.name}" for module in modules() if re.search(r"\.(delay|apply_async|send_task)\(", module.source)
    ]
    complain(faults, "write an event; the worker finds it")


def test_what_switches_a_protection_off_says_why() -> None:
    """mark_safe and csrf_exempt live on this list only, each with its reason."""
    allowed = {
        "cases/views/outputs.py": "the card of a public case is made to be framed: no script, no form, no cookie",
        "cases/views/alerts.py": "the one-click POST of mail programmes (RFC 8058): a signed word is its only key",
        "coalition/notifications/leaving/views.py": "the one-click POST of mail programmes (RFC 8058), as above",
        "coalition/notifications/stops/hooks.py": "a program posts here: the HMAC of what it says is its only key",
        "members/views/supports.py": "the one-click POST of mail programmes (RFC 8058), as above",
        "members/views/mailrooms.py": "the one-click POST of mail programmes (RFC 8058), as above",
        "coalition/core/markdown.py": "nh3 has cleaned the HTML on the line before",
        "coalition/glossary/templatetags/glossary.py": "HTML that was safe on entry, only links of ours added",
        "coalition/core/templatetags/typography.py": "text that was safe on entry, only spaces changed",
        "coalition/core/templatetags/markup.py": "sanitised Markdown; JSON whose <, > and & are escaped",
    }
    switches = re.compile(r"\b(mark_safe|csrf_exempt|SafeString\(|xframe_options_exempt)\b")
    found = {module.name for module in modules() if switches.search(module.source)}
    complain(sorted(found - set(allowed)), "mark_safe or csrf_exempt: use format_html, or add the file with its reason")
    complain(sorted(set(allowed) - found), "no longer needed on the list")


def test_raw_html_is_never_stored() -> None:
    faults = [name for name, source in texts() if name.endswith(".py") and "RawHTML" + "Block" in source]
    complain(faults, "a raw HTML block lets an editor run scripts")
