"""A charter of 60 articles with 2,000 open amendments: its pages, and what follows one acceptance."""

import random
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from principles.actions import accept_amendment, publish_first_version
from principles.actions.rebasing import renew_touches, wording_row
from principles.enums import WordingCause
from principles.models import Amendment, ArticleText, Charter, CharterText, Wording
from tests.benchmarks.test_merge import charter as blocks_of
from tests.principles.conftest import MOTIVE, NOW, World, make_world

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

ARTICLES, AMENDMENTS, MOST_QUERIES = 60, 2_000, 20


def big_charter(world: World) -> Charter:
    """Articles of about 1,500 characters, the same words in both languages."""
    articles = []
    for number in range(ARTICLES):
        text = "\n\n".join(blocks_of(1_500, seed=number))
        articles.append(ArticleText(f"a{number}", f"Article {number}", f"Article {number}", text, text))
    text = CharterText("Grande charte", "Great charter", "", "", tuple(articles))
    said = {"actor": world.organiser, "coalition": world.coalition, "slug": "grande", "text": text, "now": NOW}
    return publish_first_version(**said).charter


def changed(text: str, chance: random.Random, mark: str) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = f"mot{mark}"
    return " ".join(words)


def open_many(world: World, charter: Charter) -> list[Amendment]:
    """Amendments as the actions would have opened them, written in bulk."""
    chance, rows = random.Random(5), list(charter.in_force.articles.all())
    made = []
    for number in range(1, AMENDMENTS + 1):
        article = rows[number % ARTICLES]
        moments = {"created_at": NOW, "submitted_at": NOW, "opened_at": NOW}
        text = changed(article.text_fr, chance, str(number))
        said = {"text_fr": text, "text_en": text, "title": f"Changer {number}", "motive": MOTIVE, "wording": 1}
        who = {"author": world.member, "organisation": world.city, "state": "open", "number": number}
        made.append(
            Amendment(charter=charter, article_key=article.key, base_version=charter.in_force, **moments, **said, **who)
        )
    Amendment.objects.bulk_create(made)
    Wording.objects.bulk_create(
        wording_row(amendment=one, cause=WordingCause.PROPOSED, actor=world.member, now=NOW) for one in made
    )
    renew_touches(amendments=made, articles=rows)
    Charter.objects.filter(pk=charter.pk).update(amendments_numbered=AMENDMENTS)
    return made


def measured(client: Client, address: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        start = time.perf_counter()
        response = client.get(address)
        took = time.perf_counter() - start
    print(f"\n{address}: {len(seen)} queries, {took * 1000:.0f} ms, {len(response.content) // 1024} kB")
    assert response.status_code == 200
    assert len(seen) <= MOST_QUERIES


def test_pages_and_rebase_of_a_charter_with_two_thousand_open_amendments(client: Client) -> None:
    world = make_world()
    charter = big_charter(world)
    Charter.objects.exclude(pk=charter.pk).update(current_version=None)
    start = time.perf_counter()
    made = open_many(world, charter)
    print(f"\nwritten in {time.perf_counter() - start:.1f} s")
    addresses = [
        "/fr/charte/",
        "/fr/charte/amendements/",
        "/fr/charte/amendement/61/",
        "/fr/charte/amendement/61/redactions/",
    ]
    for address in addresses:
        measured(client, address)
    with CaptureQueriesContext(connection) as seen:
        start = time.perf_counter()
        accept_amendment(actor=world.organiser, amendment=made[0], motive=MOTIVE, now=NOW)
        took = time.perf_counter() - start
    pending = Amendment.objects.filter(charter=charter, state="open")
    stuck = pending.filter(needs_rebase=True).count()
    print(f"\none acceptance, {pending.count()} amendments follow, {stuck} of them wait for their author:")
    print(f"{took * 1000:.0f} ms, {len(seen)} queries")
    assert not pending.behind().exists()
    client.force_login(world.organiser)
    for address in ("/fr/charte/", "/fr/charte/amendement/61/", "/fr/charte/amendement/61/adopter/"):
        measured(client, address)
