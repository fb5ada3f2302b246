import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.discussion.actions import delete_comment, hide_comment
from coalition.discussion.models import Comment
from members.models import User
from tests.discussion.conftest import LATER, adopt, article, remark, say
from tests.discussion.inside import InsideSource
from tests.principles.conftest import NOW, World, make_speaker

Browse = Callable[[User | None], Client]


def page_of(world: World, client: Client, query: str = "", key: str = "guichet") -> str:
    address = reverse("discussion", args=["article", f"{world.charter.slug}.{key}"])
    answer = client.get(f"{address}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_reader_without_account_reads_a_thread_two_levels_deep(world: World, client: Client) -> None:
    first = say(world, "Qui tient le guichet ?")
    second = say(world, "Une agente.", parent=first, actor=make_speaker(world.city, "Khady"))
    say(world, "À mi-temps ?", parent=second)
    page = page_of(world, client)
    assert page.index("Qui tient") < page.index("Une agente") < page.index("À mi-temps")
    assert page.count("en réponse à") == 1
    assert "en réponse à Khady" in page
    assert "3 commentaires" in page
    assert "csrfmiddlewaretoken" not in page


def test_the_newest_threads_come_first_on_demand_and_answers_stay_in_order(world: World, client: Client) -> None:
    first = say(world, "Premier fil.")
    say(world, "Second fil.")
    say(world, "Réponse tardive.", parent=first)
    page = page_of(world, client, "?sort=newest")
    assert page.index("Second fil") < page.index("Premier fil") < page.index("Réponse tardive")
    assert page_of(world, client, "?sort=anything").index("Premier fil") < page.index("Premier fil") + 1


def test_hidden_says_why_and_taken_back_says_so_and_neither_says_its_words(
    world: World, client: Client, browse: Browse
) -> None:
    hidden, gone = say(world, "Des mots masqués."), say(world, "Des mots retirés.")
    say(world, "Une réponse qui reste.", parent=gone)
    hide_comment(actor=world.organiser, comment=hidden, reason="Attaque une personne.", now=LATER)
    delete_comment(actor=world.member, comment=gone, now=LATER)
    page = page_of(world, client)
    assert "Attaque une personne." in page
    assert "Commentaire retiré" in page
    assert "Une réponse qui reste." in page
    assert "mots masqués" not in page
    assert "mots retirés" not in page
    assert "mots masqués" in page_of(world, browse(world.member))


def test_what_people_write_runs_nothing(world: World, client: Client) -> None:
    say(world, "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n# Titre **gras**")
    page = page_of(world, client)
    said = page[page.index('class="serif said"') :]
    assert "<script>alert" not in said
    assert "<img src=x" not in said
    assert 'href="javascript' not in said
    assert "<h5>" in said


def test_a_discussion_nobody_may_read_does_not_exist(world: World, client: Client, inside: InsideSource) -> None:
    comment = say(world, subject=inside.find(["i1"])["i1"])
    addresses = [
        reverse("discussion", args=["inside", "i1"]),
        reverse("discussion_feed", args=["inside", "i1"]),
        comment.get_absolute_url(),
        reverse("discussion", args=["article", "nulle-part.rien"]),
        reverse("discussion", args=["sorcellerie", "x"]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_one_comment_shows_what_it_answers_and_what_answers_it(world: World, client: Client) -> None:
    first = say(world, "La question.")
    second = say(world, "La réponse.", parent=first)
    say(world, "La suite.", parent=second)
    page = client.get(second.get_absolute_url()).content.decode()
    assert all(words in page for words in ("La question.", "La réponse.", "La suite."))
    assert f"#c{second.pk}" in page


@pytest.mark.parametrize("address", ["discussion", "charter", "amendment", "comment"])
def test_two_thousand_comments_cost_as_many_questions_as_ten(world: World, client: Client, address: str) -> None:
    amendment = world.opened("guichet")
    kind, key = "article", f"{world.charter.slug}.guichet"
    if address == "amendment":
        kind, key = "amendment", f"{world.charter.slug}.{amendment.number}"
    made: list[Comment] = []

    def write(number: int) -> None:
        rows = [
            Comment(
                subject_kind=kind, subject_key=key, account=world.member, organisation=world.city, created_at=NOW,
                body=f"Remarque {rank}.", parent=made[0] if made and rank % 3 else None,
                thread=made[0] if made and rank % 3 else None,
            )
            for rank in range(number)
        ]  # fmt: skip
        made.extend(Comment.objects.bulk_create(rows, batch_size=500))

    def cost() -> int:
        where = {
            "discussion": reverse("discussion", args=[kind, key]),
            "charter": reverse("charter"),
            "amendment": amendment.get_absolute_url(),
            "comment": made[0].get_absolute_url(),
        }
        client.get(where[address])
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(where[address])
        assert answer.status_code == 200
        assert len(answer.content) < 200_000
        return len(queries)

    write(1)
    write(9)
    few = cost()
    write(1_990)
    assert cost() <= few + 1
    assert cost() <= (14 if address == "amendment" else 10)


def test_each_page_holds_fifty_and_says_where_a_thread_goes_on(world: World, client: Client) -> None:
    first = say(world, "Le début du fil.")
    Comment.objects.bulk_create(
        Comment(
            subject_kind=first.subject_kind, subject_key=first.subject_key, account=world.member, created_at=NOW,
            body=f"Suite {number}.", parent=first, thread=first,
        )
        for number in range(60)
    )  # fmt: skip
    second = page_of(world, client, "?page=2")
    assert len(re.findall(r"Suite \d+\.", second)) == 11
    assert "Suite de la discussion ouverte par" in second
    last = Comment.objects.order_by("-pk")[0]
    assert f"?page=2#c{last.pk}" in client.get(last.get_absolute_url()).content.decode()


def test_the_feed_holds_what_is_visible(world: World, client: Client) -> None:
    say(world, "Un mot & un autre.")
    hidden = say(world, "Un mot masqué.")
    hide_comment(actor=world.organiser, comment=hidden, reason="Hors du sujet.", now=LATER)
    answer = client.get(reverse("discussion_feed", args=["article", article(world).key]))
    assert answer["Content-Type"].startswith("application/atom+xml")
    text = answer.content.decode()
    assert "Un mot &amp; un autre." in text
    assert "masqué" not in text


def test_a_remark_stands_beside_its_article_and_marks_its_sentence(world: World, client: Client) -> None:
    comment = remark(world, "ouvert à tous", "Aussi aux enfants ?")
    page = client.get(reverse("charter")).content.decode()
    assert f'<mark id="passage-{comment.pk}">Le débat est ouvert à tous.</mark>' in page
    assert "Aussi aux enfants" in page
    assert "1 remarque sur un passage" in page


def test_each_version_shows_its_own_passages(world: World, client: Client) -> None:
    comment = remark(world, "ouvert à tous")
    adopt(world, "decider", "1. Toute stratégie est débattue en public avant d’être adoptée.\n2. Le débat est fermé.")
    today = client.get(reverse("charter")).content.decode()
    before = client.get(reverse("charter_version", args=[1])).content.decode()
    assert "<mark" not in today
    assert "la phrase n’existe plus depuis la version 2" in today
    assert f"/charte/version/1/#passage-{comment.pk}" in today
    assert f'<mark id="passage-{comment.pk}">' in before
    assert "n’existe plus" not in before


def test_a_moved_passage_says_so(world: World, client: Client) -> None:
    remark(world, "débattue")
    moved = "Toute stratégie est débattue en public avant d’être adoptée."
    adopt(world, "decider", f"1. Tout commence.\n2. Le débat est ouvert à tous.\n3. {moved}")
    page = client.get(reverse("charter")).content.decode()
    assert "la phrase a changé de place dans la version 2" in page
    assert f">{moved}</mark>" in page


def test_an_amendment_page_holds_its_discussion_and_no_form_for_strangers(
    world: World, client: Client, browse: Browse
) -> None:
    amendment = world.opened()
    subject = article(world)
    found = type(subject)("amendment", f"{world.charter.slug}.{amendment.number}", "", "", True, obj=amendment)
    say(world, "Chaque mois, c’est trop.", subject=found)
    page = client.get(amendment.get_absolute_url()).content.decode()
    assert "Chaque mois, c’est trop." in page
    assert "csrfmiddlewaretoken" not in page
    mine = browse(world.member).get(amendment.get_absolute_url()).content.decode()
    assert reverse("comment_new", args=["amendment", found.key]) in mine


def test_the_reader_of_the_discussion_is_offered_what_they_may_do(world: World, browse: Browse) -> None:
    comment = say(world)
    Comment.objects.update(created_at=NOW - timedelta(days=1))
    own, team = page_of(world, browse(world.member)), page_of(world, browse(world.organiser))
    assert reverse("comment_delete", args=[comment.pk]) in own
    assert reverse("comment_edit", args=[comment.pk]) not in own
    assert reverse("comment_hide", args=[comment.pk]) not in own
    assert reverse("comment_hide", args=[comment.pk]) in team
    assert reverse("comment_report", args=[comment.pk]) in team
