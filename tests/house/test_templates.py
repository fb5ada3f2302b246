"""Every template is shown somewhere, and none switches a protection off."""

import re
from pathlib import Path

from django.template.utils import get_app_template_dirs
from wagtail.models import get_page_models

from coalition.notifications.kinds import PARTS, all_kinds
from tests.house.tree import complain, modules, templates, texts

# Django, allauth and Wagtail ask for these by name
STATUS_PAGES = {f"{status}.html" for status in (400, 403, 404, 409, 413, 429, 500, 503)}
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml|svg|json))["']""")


def _named_in_the_tree() -> set[str]:
    """Every string that looks like a template name, in code and in templates."""
    sources = [module.source for module in modules()] + [source for _name, source in templates()]
    return {name for source in sources for name in NAMED.findall(source)}


def _overrides_of_libraries(names: set[str]) -> set[str]:
    """Those that stand in front of a template of a library (allauth's pages, form widgets)."""
    library = [Path(folder) for folder in get_app_template_dirs("templates") if "site-packages" in Path(folder).parts]
    return {name for name in names if any((folder / name).exists() for folder in library)}


def test_no_template_lies_unused() -> None:
    names = {name for name, _source in templates()}
    used = _named_in_the_tree() | STATUS_PAGES | _overrides_of_libraries(names)
    used |= {kind.template(part) for kind in all_kinds() for part in PARTS}
    used |= {str(model.template) for model in get_page_models()}
    complain(sorted(names - used), "templates that nothing renders, extends or includes: delete them or show them")


def test_no_template_marks_text_as_safe() -> None:
    """Texts for the terminal of a mail reader are not HTML; help texts are written in our code and in libraries."""
    allowed = {"components/field_help.html"}
    faults = [name for name, source in templates() if re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", source)]
    complain([name for name in faults if not name.endswith(".txt") and name not in allowed], "|safe or autoescape off")
    assert allowed <= set(faults), "no longer needed on the list"


def test_templates_speak_of_the_account_never_of_the_user_of_the_request() -> None:
    faults = [name for name, source in templates() if re.search(r"\brequest\.(user|session)\b", source)]
    complain(faults, "reading request.user opens a session on pages that must stay shared: use `account`")


def test_no_page_loads_anything_from_elsewhere() -> None:
    loads = re.compile(r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc\s*=\s*["'](?:https?:)?//""")
    sheet = re.compile(r"""<link\b[^>]*rel=["'](?:stylesheet|preload|icon)["'][^>]*href=["'](?:https?:)?//""")
    faults = [
        name
        for name, source in texts()
        if name.endswith((".html", ".svg")) and (loads.search(source) or sheet.search(source))
    ]
    complain(faults, "no request to a third party")
