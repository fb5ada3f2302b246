from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from coalition.core.access import Hidden, Refused, WrongState
from coalition.core.models import AuditLine
from coalition.core.retention import run_purge
from members.models import User
from principles.actions import (
    MotiveMissing,
    NothingChanged,
    Saved,
    UnreadableText,
    WrittenMeanwhile,
    answer_coauthor,
    edit_draft,
    forget_waiting_words,
    invite_coauthor,
    joined_with,
    open_amendment,
    room_text,
    save_together,
    settle_words,
    show_presence,
)
from principles.models import Amendment, DraftRevision, Presence, words_shown
from tests.principles.conftest import ARTICLES, MOTIVE, NOW, World, make_account, make_organisation, make_speaker

FIRST, SECOND, THIRD = "Les données sont ouvertes.", "Un bilan paraît chaque année.", "Un guichet reste ouvert."
TEXT = f"{FIRST} {SECOND} {THIRD}"


def shared(world: World, **fields: Any) -> tuple[Amendment, User]:
    """A draft of three sentences, and the co-author who accepted to write it."""
    draft = world.draft(**{"text_fr": TEXT, **fields})
    other = make_organisation()
    speaker = make_speaker(other, "Moussa")
    invitation = invite_coauthor(actor=world.member, amendment=draft, organisation=other, now=NOW)
    answer_coauthor(actor=speaker, invitation=invitation, accepts=True, now=NOW)
    return Amendment.objects.get(pk=draft.pk), speaker


def save(actor: User, draft: Amendment, text: str, base: int = 0, **fields: Any) -> Saved:
    said = {"actor": actor, "amendment": draft, "base": base, "words": {"text_fr": text}, "now": NOW}
    return save_together(**{**said, **fields})


def said(draft: Amendment) -> str:
    return Amendment.objects.get(pk=draft.pk).text_fr


def test_two_people_in_different_sentences_both_keep_their_words(world: World) -> None:
    draft, moussa = shared(world)
    one = save(world.member, draft, TEXT.replace("ouvertes", "ouvertes à tous"))
    two = save(moussa, draft, TEXT.replace("chaque année", "chaque mois"))
    assert (one.pending, two.pending) == (None, None)
    assert said(draft) == TEXT.replace("ouvertes", "ouvertes à tous").replace("chaque année", "chaque mois")
    assert two.words["text_fr"] == said(draft) and two.number > one.number


def test_two_people_in_one_sentence_both_texts_are_kept_until_one_chooses(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît chaque mois."))
    two = save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai.").replace("reste", "demeure"))
    assert said(draft) == TEXT.replace(SECOND, "Un bilan paraît chaque mois.")
    assert two.pending is not None and "compte rendu" in two.pending.text_fr and two.joined is not None
    (clash,) = two.joined.clashes
    assert ("compte rendu" in clash.mine, "chaque mois" in clash.theirs) == (True, True)
    assert room_text(amendment=draft, account=moussa)[0]["text_fr"] == two.pending.text_fr
    assert room_text(amendment=draft, account=world.member)[0]["text_fr"] == said(draft)
    choices = ["Un bilan et un compte rendu paraissent en mai."]
    after = settle_words(actor=moussa, revision=two.pending, choices=choices, seen=two.joined.seen, now=NOW)
    assert after.pending is None
    assert said(draft) == f"{FIRST} {choices[0]} Un guichet demeure ouvert."
    with pytest.raises(WrongState):
        settle_words(actor=moussa, revision=two.pending, choices=choices, seen=two.joined.seen, now=NOW)


def test_a_choice_made_on_words_that_changed_meanwhile_is_asked_again(world: World) -> None:
    draft, moussa = shared(world)
    one = save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    two = save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    assert two.pending is not None and two.joined is not None
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juillet."), one.number)
    again = settle_words(actor=moussa, revision=two.pending, choices=["X."], seen=two.joined.seen, now=NOW)
    assert again.pending is not None and again.joined is not None and "juillet" in again.joined.clashes[0].theirs
    assert "X." not in said(draft)
    theirs = [again.joined.clashes[0].theirs]
    settle_words(actor=moussa, revision=again.pending, choices=theirs, seen=again.joined.seen, now=NOW)
    assert "juillet" in said(draft) and not DraftRevision.objects.pending_of(moussa).exists()


def test_nobody_settles_the_words_of_somebody_else(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    two = save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    assert two.pending is not None and two.joined is not None
    with pytest.raises(WrongState):
        settle_words(actor=world.member, revision=two.pending, choices=["X."], seen=two.joined.seen, now=NOW)


def test_who_goes_on_typing_on_waiting_words_keeps_one_text_that_waits_and_may_take_it_back(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    mine = TEXT.replace(SECOND, "Un compte rendu paraît en mai.")
    two = save(moussa, draft, mine)
    three = save(moussa, draft, f"{mine} Et un lieu.", two.own)
    (waiting,) = DraftRevision.objects.pending_of(moussa)
    assert three.pending == waiting and waiting.text_fr.endswith("Et un lieu.")
    four = save(moussa, draft, f"{TEXT} Et un lieu.", three.own)
    assert four.pending is None and not DraftRevision.objects.pending_of(moussa).exists()
    assert "en juin" in said(draft) and said(draft).endswith("Et un lieu.")


def test_words_typed_while_a_save_was_under_way_do_not_clash_with_themselves(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(THIRD, "Un guichet reste gratuit."))
    sent = TEXT.replace("ouvertes.", "ouvertes et")
    two = save(moussa, draft, sent)
    assert two.own != two.number
    three = save(moussa, draft, sent.replace("ouvertes et", "ouvertes et décrites."), two.own)
    assert three.pending is None
    assert "ouvertes et décrites." in said(draft) and "gratuit" in said(draft)


def test_a_save_sent_again_is_saved_once_and_answered_alike(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace("ouvertes", "ouvertes à tous"))
    first = save(moussa, draft, f"{TEXT} Un lieu.", key="a" * 32)
    save(world.member, draft, said(draft).replace("guichet", "comptoir"), first.number)
    rows = DraftRevision.objects.count()
    again = save(moussa, draft, f"{TEXT} Un lieu.", key="a" * 32)
    assert DraftRevision.objects.count() == rows
    assert again.pending is None and "comptoir" in again.words["text_fr"]
    assert said(draft).count("Un lieu.") == 1
    more = save(moussa, draft, f"{TEXT} Un lieu clair.", key="a" * 32)
    assert more.pending is None and said(draft).endswith("Un lieu clair.")


def test_nothing_typed_brings_the_newest_text_and_writes_nothing(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace("ouvertes", "ouvertes à tous"))
    rows = DraftRevision.objects.count()
    two = save(moussa, draft, f"{TEXT} ")
    assert two.words["text_fr"] == said(draft) and "à tous" in said(draft)
    assert (DraftRevision.objects.count(), two.own) == (rows, 1)


def test_what_is_not_complete_yet_is_kept_and_cannot_be_proposed(world: World) -> None:
    draft, moussa = shared(world)
    save(moussa, draft, ARTICLES[2].text_fr, words={"text_fr": ARTICLES[2].text_fr, "text_en": ARTICLES[2].text_en})
    with pytest.raises(NothingChanged):
        open_amendment(actor=world.member, amendment=draft, now=NOW)
    last = save(moussa, draft, TEXT, 2, words={"text_fr": TEXT, "motive": "", "title": ""})
    with pytest.raises(MotiveMissing):
        open_amendment(actor=world.member, amendment=draft, now=NOW)
    assert (last.words["title"], Amendment.objects.get().title) == ("", "Remettre chaque mois")


@pytest.mark.parametrize("words", [{"text_fr": "caché \u202e"}, {"title": "x" * 200}, {"motive": "x" * 6_000}])
def test_what_cannot_be_kept_is_refused_by_its_field(world: World, words: dict[str, str]) -> None:
    draft, moussa = shared(world)
    with pytest.raises(UnreadableText) as refused:
        save(moussa, draft, "", words=words)
    assert refused.value.field in words and said(draft) == TEXT


def test_an_english_text_left_as_it_was_stays_to_come(world: World) -> None:
    draft, moussa = shared(world, text_en="")
    assert words_shown(draft, {"text_fr": TEXT, "text_en": ""})["text_en"] == ARTICLES[2].text_en
    save(moussa, draft, "", words={"text_fr": f"{TEXT} Plus.", "text_en": ARTICLES[2].text_en})
    assert Amendment.objects.get().text_en == ""


def test_a_title_left_as_it_was_stays_that_of_the_article(world: World) -> None:
    draft, moussa = shared(world)
    saved = save_together(
        actor=moussa,
        amendment=draft,
        base=0,
        words={"article_title_fr": draft.base_article.title_fr, "article_title_en": "Another title"},
        now=NOW,
    )
    assert (saved.words["article_title_fr"], saved.words["article_title_en"]) == ("", "Another title")
    assert words_shown(draft, saved.words)["article_title_fr"] == draft.base_article.title_fr


def test_two_places_for_an_article_are_chosen_between_as_a_whole(world: World) -> None:
    draft, moussa = shared(world, key="decider", kind="move", after_key="guichet", text_fr="", text_en="")
    save(world.member, draft, "", words={"after_key": "donnees"})
    two = save(moussa, draft, "", words={"after_key": ""})
    assert two.joined is not None and [(one.mine, one.theirs) for one in two.joined.clashes] == [("", "donnees")]


def test_only_those_who_write_a_draft_save_in_its_room_and_are_seen_there(world: World) -> None:
    draft, moussa = shared(world)
    for account in (make_account("Rose"), world.organiser, make_speaker(world.city)):
        with pytest.raises(Hidden):
            save(account, draft, "Rien.")
        with pytest.raises(Hidden):
            show_presence(actor=account, amendment=draft, field="title", now=NOW)
    show_presence(actor=moussa, amendment=draft, field="text_fr", now=NOW)
    show_presence(actor=moussa, amendment=draft, field="nowhere", now=NOW + timedelta(seconds=5))
    assert [(one.account, one.field) for one in Presence.objects.all()] == [(moussa, "")]
    assert [one.account for one in Presence.objects.here(NOW, besides=world.member)] == [moussa]
    assert not Presence.objects.here(NOW + timedelta(minutes=1), besides=world.member)
    assert said(draft) == TEXT


def test_a_draft_proposed_while_another_types_keeps_the_words_for_whoever_typed_them(world: World) -> None:
    draft, moussa = shared(world)
    save(moussa, draft, f"{TEXT} Un lieu.")
    show_presence(actor=moussa, amendment=draft, field="", now=NOW)
    opened = open_amendment(actor=world.member, amendment=draft, now=NOW)
    assert not DraftRevision.objects.exists() and not Presence.objects.exists()
    late = save(moussa, opened, f"{TEXT} Un lieu clair.", 2, key="b" * 32)
    assert late.ended and late.pending is not None and late.pending.text_fr.endswith("clair.")
    assert save(moussa, opened, f"{TEXT} Un lieu clair.", 2, key="b" * 32).pending == late.pending
    assert save(moussa, opened, opened.text_fr).pending is None
    assert DraftRevision.objects.count() == 1 and said(draft) == f"{TEXT} Un lieu."
    with pytest.raises(Refused):
        save(make_speaker(world.city), opened, "Rien.")


def test_a_draft_rewritten_beside_the_room_is_its_next_text(world: World) -> None:
    draft, moussa = shared(world)
    one = save(moussa, draft, f"{TEXT} Un lieu.")
    words = {"title": "Titre", "text_en": "Text.", "motive": MOTIVE, "organisation": world.city}
    facts = {"actor": world.member, "amendment": draft, "base_version": world.first, "now": NOW, **words}
    with pytest.raises(WrittenMeanwhile):
        edit_draft(text_fr="Tout autre.", seen_revision=1, **facts)
    edit_draft(text_fr=f"{TEXT} Un lieu. Un jour.", seen_revision=one.number, **facts)
    head = DraftRevision.objects.line().first()
    assert head is not None and (head.text_fr, head.title) == (f"{TEXT} Un lieu. Un jour.", "Titre")
    assert save(moussa, draft, f"Avant tout. {TEXT} Un lieu.", one.number).pending is None
    assert said(draft) == f"Avant tout. {TEXT} Un lieu. Un jour."


def test_what_was_read_long_ago_and_is_gone_is_compared_as_a_whole(world: World) -> None:
    draft, moussa = shared(world)
    one = save(world.member, draft, f"{TEXT} Un lieu.")
    DraftRevision.objects.filter(number=1).delete()
    two = save(moussa, draft, f"{TEXT} Un jour.", 1)
    assert two.pending is not None and said(draft) == f"{TEXT} Un lieu."
    assert joined_with(draft=draft, revision=two.pending, head=DraftRevision.objects.get(number=one.number)).clashes


def test_the_log_tells_of_a_sitting_not_of_every_save(world: World) -> None:
    draft, moussa = shared(world)
    base = 0
    for number in range(5):
        base = save(moussa, draft, f"{TEXT} {number}.", base, now=NOW + timedelta(seconds=number)).number
    assert AuditLine.objects.filter(action="amendment.edit").count() == 1
    save(moussa, draft, f"{TEXT} Plus tard.", base, now=NOW + timedelta(hours=2))
    assert AuditLine.objects.filter(action="amendment.edit").count() == 2


def test_old_saves_go_and_what_somebody_needs_stays(world: World) -> None:
    draft, moussa = shared(world)
    one = save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    two = save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    three = save(world.member, draft, f"{said(draft)} Un lieu.", one.number)
    show_presence(actor=moussa, amendment=draft, field="", now=NOW)
    run_purge(now=NOW + timedelta(days=31))
    assert set(DraftRevision.objects.values_list("number", flat=True)) == {1, two.own, three.number}
    assert not Presence.objects.exists()
    open_amendment(actor=world.member, amendment=draft, now=NOW)
    assert list(DraftRevision.objects.values_list("number", flat=True)) == [two.own]
    run_purge(now=NOW + timedelta(days=31))
    assert not DraftRevision.objects.exists()


def test_waiting_words_go_with_the_account_that_is_erased(world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    forget_waiting_words(account=moussa, now=NOW)
    assert not DraftRevision.objects.pending_of(moussa).exists() and "en juin" in said(draft)


def _add(pk: int, account: int, number: int) -> None:
    try:
        draft = Amendment.objects.get(pk=pk)
        sentence = f"Voici la phrase numéro {number}."
        paragraphs = [f"Paragraphe {one}. {sentence if one == number else ''}".strip() for one in range(20)]
        save(User.objects.get(pk=account), draft, "\n\n".join(paragraphs))
    finally:
        connection.close()


def test_twenty_saves_at_once_lose_nothing(committed: World) -> None:
    draft, moussa = shared(committed, text_fr="\n\n".join(f"Paragraphe {one}." for one in range(20)))
    people = [committed.member.pk, moussa.pk]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: _add(draft.pk, people[number % 2], number), range(20)))
    kept = " ".join([said(draft), *DraftRevision.objects.filter(into=None).values_list("text_fr", flat=True)])
    assert all(f"la phrase numéro {number}." in kept for number in range(20))
    numbers = list(DraftRevision.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 2), st.booleans()), min_size=1, max_size=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_word_anybody_typed_is_in_the_draft_or_waits(
    world: World, steps: list[tuple[bool, int, int, bool]]
) -> None:
    """Two people save in any order, each on any text they ever had: a word in a sentence, or at its end."""
    with transaction.atomic():
        draft, moussa = shared(world)
        people = {True: world.member, False: moussa}
        had: dict[bool, list[tuple[int, str]]] = {True: [(0, TEXT)], False: [(0, TEXT)]}
        typed: dict[str, bool] = {}
        for turn, (who, which, sentence, at_end) in enumerate(steps):
            base, text = had[who][which % len(had[who])]
            word = f"mot{turn}"
            parts = text.split(". ")
            at = sentence % len(parts)
            words = parts[at].split(" ")
            words.insert(len(words) if at_end and at < len(parts) - 1 else 1, word)
            parts[at] = " ".join(words)
            mine = ". ".join(parts)
            saved = save(people[who], draft, mine, base)
            typed[word] = who
            had[who].append((saved.own, mine))
            if saved.pending is None:
                had[who].append((saved.number, saved.words["text_fr"]))
        kept = {True: said(draft), False: said(draft)}
        for row in DraftRevision.objects.filter(into=None):
            kept[row.saved_by_id == world.member.pk] += f" {row.text_fr}"
        for word, who in typed.items():
            assert word in kept[who], word
        transaction.set_rollback(True)
