import pytest

from principles.models import WORDS, join_words, settled

BASE = {**dict.fromkeys(WORDS, ""), "title": "Un titre", "text_fr": "Une phrase. Une autre.", "after_key": "a"}


def test_each_field_is_merged_on_its_own() -> None:
    joined = join_words(BASE, {**BASE, "title": "Mon titre"}, {**BASE, "text_fr": "Une phrase. Deux autres."})
    assert (joined.words["title"], joined.words["text_fr"]) == ("Mon titre", "Une phrase. Deux autres.")
    assert not joined.clashes


def test_what_both_wrote_differently_is_shown_with_both_readings_and_resolved_by_choices() -> None:
    mine = {**BASE, "text_fr": "Ma phrase. Une autre.", "after_key": "b"}
    joined = join_words(BASE, mine, {**BASE, "text_fr": "Leur phrase. Une autre encore.", "after_key": "c"})
    assert [one.field for one in joined.clashes] == ["text_fr", "after_key"]
    assert {"text_fr", "after_key"}.isdisjoint(joined.words)
    words = joined.resolved(["Notre phrase.", "c"])
    assert (words["text_fr"], words["after_key"]) == ("Notre phrase. Une autre encore.", "c")
    with pytest.raises(ValueError, match="2 clashes"):
        joined.resolved(["Une seule."])


def test_the_name_of_clashes_changes_with_their_words_alone() -> None:
    mine, theirs = {**BASE, "text_fr": "Ma phrase. Une autre."}, {**BASE, "text_fr": "Leur phrase. Une autre."}
    one = join_words(BASE, mine, theirs).seen
    assert one == join_words(BASE, mine, {**theirs, "motive": "Un motif"}).seen
    assert one != join_words(BASE, mine, {**theirs, "text_fr": "Sa phrase. Une autre."}).seen


def test_a_merge_longer_than_its_field_is_chosen_as_a_whole() -> None:
    base = {**BASE, "title": "Mot milieu des uns et des autres mot"}
    mine, theirs = f"{'x' * 100} {base['title']}", f"{base['title']} {'y' * 100}"
    joined = join_words(base, {**base, "title": mine}, {**base, "title": theirs})
    assert [(one.mine, one.theirs) for one in joined.clashes] == [(mine, theirs)]
    assert joined.resolved([mine])["title"] == mine


def test_a_title_is_one_line_and_a_text_keeps_its_lines() -> None:
    assert settled("title", "Un\n titre ") == "Un titre"
    assert settled("text_fr", "Un \r\n texte\n") == "Un\n texte"
