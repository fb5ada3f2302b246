"""Two organisations become one, and an account goes: challenges and responses stay whole."""

from collections.abc import Callable
from datetime import timedelta

from coalition.challenges.actions import answer_response
from coalition.challenges.models import Challenge, Response
from coalition.core.mydata import collect
from members.actions import erase_account
from members.actions.merging import merge_organisations
from members.enums import Role
from tests.challenges.conftest import NOW, Make, World, give_role, make_account, make_organisation

Sent = Callable[..., Response]


def test_of_two_live_responses_the_stronger_stands_and_nobody_answers_itself(
    world: World, published: Make, sent: Sent
) -> None:
    twin = make_organisation("Lomé bis", "TG")
    account = make_account("twin@example.org")
    give_role(account, twin, Role.EDITOR)
    challenge = published(closes_at=None)
    kept = sent(challenge)
    later = sent(challenge, "La même.", actor=account, organisation=twin, now=NOW + timedelta(hours=1))
    answer_response(actor=world.editor, response=kept, retained=True, reason="", based_on=1, now=NOW)
    own = published("De la jumelle", actor=account, organisation=twin, closes_at=None)
    to_itself = sent(own, "Nous.")
    merge_organisations(actor=world.organiser, kept=world.other_city, gone=twin, taken=(), now=NOW)
    assert set(Response.objects.live()) == {kept}
    assert {one.state for one in Response.objects.filter(pk__in=[later.pk, to_itself.pk])} == {"withdrawn"}
    moved = Challenge.objects.get(pk=own.pk)
    assert moved.organisation == world.other_city
    assert Challenge.objects.matching("bis").count() == 0


def test_my_data_hold_what_i_wrote_and_after_erasure_it_stays_without_me(
    world: World, published: Make, sent: Sent
) -> None:
    challenge = published(closes_at=None)
    sent(challenge)
    mine = collect(world.stranger, [])
    assert [row["offer"] for row in mine["challenges.Response"]] == ["Un serveur vocal."]
    assert [row["title"] for row in collect(world.editor, [])["challenges.Challenge"]] == [challenge.title]
    erase_account(account=world.editor, typed_address=world.editor.email, now=NOW)
    stays = Challenge.objects.select_related("created_by").get()
    assert stays.title == challenge.title
    assert "editor" not in str(stays.created_by)
