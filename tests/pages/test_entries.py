from django.utils.translation import override

from coalition.pages.querysets.entries import shown_cases
from tests.world import World


def test_a_case_without_translation_is_shown_to_readers_of_the_other_language(on_paper: World) -> None:
    with override("en"):
        assert set(shown_cases().values_list("title", flat=True)) == {"Cas publié", "Cas repris"}
