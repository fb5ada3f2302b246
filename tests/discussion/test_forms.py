from coalition.discussion.anchoring import split_sentences
from coalition.discussion.forms import ALONE, CommentForm, RemarkForm
from tests.principles.conftest import World, make_organisation, make_speaker

TEXT = "Une phrase. Une autre.\n\n| a | b |"


def test_the_first_organisation_is_proposed_and_oneself_last(world: World) -> None:
    other = make_organisation("Autre ville")
    make_speaker(other)
    world.member.affiliations.create(organisation=other, role="member", started_on="2026-01-01")
    form = CommentForm(account=world.member)
    values = [value for value, _label in form.fields["organisation"].choices]  # type: ignore[attr-defined]
    assert set(values[:-1]) == {str(world.city.pk), str(other.pk)}
    assert values[-1] == ALONE


def test_sentences_are_offered_and_tables_are_not(world: World) -> None:
    form = RemarkForm(account=world.member, sentences=split_sentences(TEXT))
    labels = [label for _value, label in form.fields["position"].choices]  # type: ignore[attr-defined]
    assert labels == ["Une phrase.", "Une autre."]


def test_a_choice_is_bound_to_its_words(world: World) -> None:
    before = RemarkForm(account=world.member, sentences=split_sentences(TEXT))
    choice = before.fields["position"].choices[1][0]  # type: ignore[attr-defined]
    data = {"position": choice, "organisation": ALONE, "body": "Un mot."}
    same = RemarkForm(data, account=world.member, sentences=split_sentences(TEXT))
    assert same.is_valid()
    assert same.passage() == {"position": 1, "quote": "Une autre."}
    other = RemarkForm(data, account=world.member, sentences=split_sentences(TEXT.replace("autre", "seule")))
    assert "position" in other.errors
