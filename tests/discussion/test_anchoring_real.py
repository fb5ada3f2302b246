"""Every sentence of real charters followed through the amendments people really made to them."""

import json
import re
from collections import Counter
from pathlib import Path

from coalition.discussion.anchoring import Orphan, reanchor_all, split_sentences
from coalition.discussion.anchoring.places import anchor_on

PLAIN = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    return [word.lower() for word in PLAIN.findall(text)]


def test_no_sentence_of_a_real_text_is_followed_to_another_one(real_data: Path) -> None:
    met: Counter[str] = Counter()
    path = real_data / "charters" / "publiccodenet_standard.concurrent.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        old, new = case["base"], case["accepted"]
        sentences = [(rank, one) for rank, one in enumerate(split_sentences(old)) if one.holds_remarks]
        landings = reanchor_all([anchor_on(old, one, rank) for rank, one in sentences], old, new)
        for (_rank, sentence), landing in zip(sentences, landings, strict=True):
            met[type(landing).__name__] += 1
            if not isinstance(landing, Orphan):
                assert words(landing.anchor.quote) == words(sentence.text)
    assert met["Kept"] > 0.8 * met.total()
