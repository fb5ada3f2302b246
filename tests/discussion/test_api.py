from django.test import Client
from django.urls import reverse

from coalition.discussion.actions import delete_comment, hide_comment
from tests.discussion.conftest import LATER, adopt, article, remark, say
from tests.principles.conftest import World


def test_a_program_reads_a_discussion_and_never_what_was_hidden(world: World, client: Client) -> None:
    first = say(world, "Qui tient le **guichet** ?")
    hidden = say(world, "Des mots masqués.", parent=first)
    gone = say(world, "Des mots retirés.")
    hide_comment(actor=world.organiser, comment=hidden, reason="Hors du sujet.", now=LATER)
    delete_comment(actor=world.member, comment=gone, now=LATER)
    answer = client.get(reverse("api_comments", args=["article", article(world).key]))
    one, two, three = answer.json()["results"]
    assert (one["body"], one["author"], one["organisation"]) == (
        "Qui tient le **guichet** ?",
        str(world.member),
        str(world.city),
    )
    assert (two["state"], two["body"], two["author"], two["answers"]) == ("hidden", None, None, first.pk)
    assert two["hidden_reason"] == "Hors du sujet."
    assert (three["state"], three["body"]) == ("deleted", None)
    assert client.get(reverse("api_comment", args=[first.pk])).json()["url"].endswith(first.get_absolute_url())
    assert {client.get(reverse("api_comment", args=[one.pk])).status_code for one in (hidden, gone)} == {404}


def test_a_remark_says_where_it_points(world: World, client: Client) -> None:
    comment = remark(world, "ouvert à tous")
    address = reverse("api_comment", args=[comment.pk])
    assert client.get(address).json()["passage"]["quote"] == "Le débat est ouvert à tous."
    adopt(world, "decider", "1. Tout autre texte.\n2. Rien de commun.")
    passage = client.get(address).json()["passage"]
    assert (passage["state"], passage["version"]) == ("orphan", 1)


def test_what_is_not_there_is_not_there(world: World, client: Client) -> None:
    for kind, key in (("article", "charte.nulle-part"), ("amendment", "charte.٣"), ("case", "1"), ("article", "x")):
        assert client.get(f"/api/v1/discussions/{kind}/{key}/comments/").status_code == 404
    assert client.get("/api/v1/comments/999999999999999999999/").status_code == 404
    assert client.post(reverse("api_comments", args=["article", article(world).key])).status_code == 405
