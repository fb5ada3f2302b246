"""Reading the content files: plain TOML beside this module, one file a subject."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("fr", "en")


def _strip(value: Any) -> Any:
    """Multi-line strings end with a line break that belongs to the file, not to the text."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {key: _strip(item) for key, item in value.items()}
    return [_strip(item) for item in value] if isinstance(value, list) else value


@cache
def read(name: str) -> dict[str, Any]:
    """The content of `content/<name>.toml`; KeyError-free texts come through `text` and `bilingual`."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        content: dict[str, Any] = _strip(tomllib.load(file))
        return content


def cases() -> list[dict[str, Any]]:
    """Every case file, by number."""
    files = sorted((FOLDER / "cases").glob("*.toml"))
    return sorted((read(f"cases/{file.stem}") for file in files), key=lambda case: case["number"])


def text(entry: dict[str, Any], name: str, language: str) -> str:
    """`entry.<name>.<language>`, or "" when the file does not say it in that language."""
    return str(entry.get(name, {}).get(language, ""))


def bilingual(entry: dict[str, Any], *names: str) -> dict[str, str]:
    """{"title_fr": …, "title_en": …} for the columns of models that keep both languages."""
    return {f"{name}_{language}": text(entry, name, language) for name in names for language in LANGUAGES}
