import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalition.discussion.models import Comment
from members.enums import Role
from members.models import User
from tests.discussion.conftest import adopt, article, say
from tests.principles.conftest import World, make_speaker

Browse = Callable[[User | None], Client]


def door(world: World, name: str, key: str = "decider") -> str:
    return reverse(name, args=["article", f"{world.charter.slug}.{key}"])


def test_a_member_comments_and_lands_on_their_words(world: World, browse: Browse) -> None:
    client = browse(world.member)
    assert client.get(door(world, "comment_new")).status_code == 200
    answer = client.post(door(world, "comment_new"), {"body": "Et les jeunes ?", "organisation": world.city.pk})
    comment = Comment.objects.get()
    assert (answer.status_code, comment.organisation) == (303, world.city)
    assert answer["Location"].endswith(f"#c{comment.pk}")
    assert "Et les jeunes" in client.get(answer["Location"]).content.decode()


def test_an_empty_comment_is_asked_again_with_what_was_chosen(world: World, browse: Browse) -> None:
    answer = browse(world.member).post(door(world, "comment_new"), {"body": " ", "organisation": "seul"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_what_the_action_refuses_stands_beside_the_question(world: World, browse: Browse) -> None:
    answer = browse(world.member).post(door(world, "comment_new"), {"body": "a\u202eb c d", "organisation": "seul"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "caractères que nous ne savons pas lire" in page


@pytest.mark.parametrize("organisation", ["999999", "x", ""])
def test_a_voice_one_does_not_have_is_refused(world: World, browse: Browse, organisation: str) -> None:
    answer = browse(world.member).post(door(world, "comment_new"), {"body": "Un mot.", "organisation": organisation})
    assert answer.status_code == 200
    assert not Comment.objects.exists()


def test_an_editor_is_not_asked_in_whose_name(world: World, browse: Browse) -> None:
    client = browse(make_speaker(world.city, "Binta", role=Role.EDITOR))
    assert "à titre personnel" not in client.get(door(world, "comment_new")).content.decode()
    assert client.post(door(world, "comment_new"), {"body": "Un mot."}).status_code == 303
    assert Comment.objects.get().organisation is None


def test_an_answer_shows_what_it_answers(world: World, browse: Browse) -> None:
    first = say(world, "La question.")
    client = browse(world.member)
    assert "La question." in client.get(reverse("comment_reply", args=[first.pk])).content.decode()
    client.post(reverse("comment_reply", args=[first.pk]), {"body": "La réponse.", "organisation": "seul"})
    assert Comment.objects.get(parent=first).body == "La réponse."


def test_a_sentence_is_chosen_from_a_list_without_any_script(world: World, browse: Browse) -> None:
    client = browse(world.member)
    page = client.get(door(world, "remark_new") + "?phrase=1").content.decode()
    choices = re.findall(r'name="position" value="([^"]+)"', page)
    assert len(choices) == 2
    assert "Le débat est ouvert à tous." in page
    assert len(re.findall(r'value="1-[0-9a-f]+"[^>]* checked', page)) == 1
    answer = client.post(
        door(world, "remark_new"), {"position": choices[0], "body": "Débattue par qui ?", "organisation": "seul"}
    )
    assert answer.status_code == 303
    assert Comment.objects.get().passages.get().quote.startswith("Toute stratégie")


def test_a_sentence_that_changed_since_it_was_read_is_chosen_again(world: World, browse: Browse) -> None:
    client = browse(world.member)
    page = client.get(door(world, "remark_new")).content.decode()
    choice = re.findall(r'name="position" value="([^"]+)"', page)[0]
    adopt(world, "decider", "1. Toute stratégie est débattue.\n2. Le débat est ouvert à tous.")
    answer = client.post(door(world, "remark_new"), {"position": choice, "body": "Par qui ?", "organisation": "seul"})
    assert "choisissez à nouveau la phrase" in answer.content.decode()
    assert not Comment.objects.exists()


def test_an_amendment_has_no_passages_to_choose(world: World, browse: Browse) -> None:
    amendment = world.opened()
    address = reverse("remark_new", args=["amendment", f"{world.charter.slug}.{amendment.number}"])
    assert browse(world.member).get(address).status_code == 409


def test_correcting_and_taking_back_go_through_their_pages(world: World, browse: Browse) -> None:
    comment = say(world, now=timezone.now())
    client = browse(world.member)
    assert "Et chez vous" in client.get(reverse("comment_edit", args=[comment.pk])).content.decode()
    assert client.post(reverse("comment_edit", args=[comment.pk]), {"body": "Et à Dakar ?"}).status_code == 303
    assert client.get(reverse("comment_delete", args=[comment.pk])).status_code == 200
    assert Comment.objects.get().body == "Et à Dakar ?"
    assert client.post(reverse("comment_delete", args=[comment.pk])).status_code == 303
    assert Comment.objects.get().body == ""


def test_after_fifteen_minutes_the_page_says_that_it_is_too_late(world: World, browse: Browse) -> None:
    comment = say(world)
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    answer = browse(world.member).get(reverse("comment_edit", args=[comment.pk]))
    assert answer.status_code == 409
    assert "quinze minutes" in answer.content.decode()


def test_nobody_is_asked_to_log_in_before_they_want_to_write(world: World, client: Client) -> None:
    assert client.get(reverse("discussion", args=["article", article(world).key])).status_code == 200
    answer = client.get(door(world, "comment_new"))
    assert answer.status_code == 302
    assert "login" in answer["Location"]
