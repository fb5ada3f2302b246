from typing import Any

from django.utils.translation import override

from coalition.challenges.models import Challenge
from coalition.pages.querysets.coalition_page import coalition_context, coalitions_with_supporters
from tests.world import World


def test_the_page_shows_sections_in_order_and_counts_those_still_open(on_paper: World) -> None:
    context = coalition_context(coalitions_with_supporters().get())
    assert next(section.key for section in context["sections"]) == "presentation"
    still_open = [fact["value"] for fact in context["facts"]][1]
    assert still_open == on_paper.coalition.sections.filter(is_open=True).count() > 0


def test_only_official_co_sponsors_are_named(on_paper: World) -> None:
    named = {act.organisation.name for act in coalition_context(coalitions_with_supporters().get())["cosponsorships"]}
    assert named == {act.organisation.name for act in on_paper.acts.values() if act.state == "official"}


def test_the_crumbs_speak_the_readers_language(on_paper: World) -> None:
    with override("en"):
        assert (
            coalition_context(coalitions_with_supporters().get())["crumbs"][-1]["label"] == on_paper.coalition.name_en
        )


def test_the_way_to_the_threshold_and_the_versions_held_cost_no_more_than_ten_queries(
    on_paper: World, client: Any, kept_menus: None, django_assert_max_num_queries: Any
) -> None:
    Challenge.objects.filter(slug__in=("defi-publie", "defi-conclu")).update(coalition=on_paper.coalition)
    with django_assert_max_num_queries(10):
        page = client.get("/fr/coalition/11/").content.decode()
    assert "1 co-porteur officiel sur 12. Il en manque 11." in page
    assert "Qui tient quelle version de la charte" in page
    assert "Défis ouverts" in page
    assert "Défi publié" in page
    assert "Défi conclu" not in page
