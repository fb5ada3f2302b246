"""A merge told in a few words, for tests that tell a story."""

from typing import get_args

from principles.merge import MergeResult, merge_texts, rebuild
from principles.merge.model import Role

ARTICLE = "Les données sont ouvertes. La ville les publie chaque mois. Un bilan est rendu aux habitants."


def outcome(base: str, proposed: str, current: str) -> MergeResult:
    """The merge, after checking that nothing was lost on the way."""
    result = merge_texts(base, proposed, current)
    texts = dict(zip(get_args(Role), (base, proposed, current), strict=False))
    for role, text in texts.items():
        assert rebuild(result.operations, role) == text
    return result


def reasons(result: MergeResult) -> list[str]:
    return [conflict.reason for conflict in result.conflicts]


def told(result: MergeResult) -> list[tuple[str, str | None, str]]:
    """The operations but what was kept."""
    return [(one.kind, one.author, one.text) for one in result.operations if one.kind != "kept"]
