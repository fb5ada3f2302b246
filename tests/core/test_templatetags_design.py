import re
from pathlib import Path
from typing import Any

import brotli
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from coalition.core.templatetags.design import (
    diff_words,
    field_anchor,
    has_errors,
    hash_groups,
    nav_current,
    page_window,
    sign,
    tally,
    time_bar,
    voices,
    voices_key,
    voices_rule,
    voices_words,
)

COUNTS = {"agree": 2, "abstain": 1, "reservation": 0, "objection": 1, "silent": 3}


class Proposal(forms.Form):
    city = forms.CharField(label="Votre ville", help_text="Son nom d’usage.")
    stage = forms.ChoiceField(label="Étape", choices=[("idea", "Idée")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Je suis habilitée.")
    story = forms.CharField(label="Récit", widget=forms.Textarea, required=False)


@pytest.fixture(autouse=True)
def french() -> Any:
    with translation.override("fr"):
        yield


@pytest.mark.parametrize(
    ("stage", "css"),
    [("idea", "project"), ("pilot", "pilot"), ("evaluation", "eval"), ("scaled", "done"), ("stopped", "stop")],
)
def test_each_stage_has_its_phase(stage: str, css: str) -> None:
    assert sign(stage) == css


def test_a_state_nobody_has_drawn_is_grey_and_a_sign_may_be_named_itself() -> None:
    assert sign("unheard of") == "flat"
    assert sign("eval") == "eval"


def test_a_status_is_always_a_sign_and_a_word() -> None:
    html = render_to_string("components/status.html", {"state": "stopped", "word": "Arrêté"})
    assert '<span class="st stop">Arrêté</span>' in html


def test_a_hash_is_read_by_four_and_copied_whole() -> None:
    value = "7c1e90b4d3f5116a08e2"
    assert hash_groups(value) == ["7c1e", "90b4", "d3f5", "116a", "08e2"]
    assert hash_groups(value, True) == ["7c1e", "90b4", "…", "08e2"]
    html = render_to_string("components/hash.html", {"value": value})
    assert "<span>7c1e</span><wbr><span>90b4</span>" in html


def test_a_change_says_aloud_what_goes_and_what_comes() -> None:
    operations = [("equal", "Les données sont "), ("-", "ouvertes"), ("insert", "<remises>")]
    assert [name for name, _text in diff_words(operations)] == ["equal", "delete", "insert"]
    html = render_to_string("components/diff.html", {"operations": operations})
    assert '<del><span class="vh">supprimé\u00a0: </span>ouvertes</del>' in html
    assert '<ins><span class="vh">ajouté\u00a0: </span>&lt;remises&gt;</ins>' in html


def test_the_menu_marks_this_page_and_the_pages_below() -> None:
    context = Context({"request": RequestFactory().get("/fr/cas/lome/")})
    assert nav_current(context, "/fr/cas/lome/") == "page"
    assert nav_current(context, "/fr/cas/") == "true"
    assert nav_current(context, "/fr/ca/") == ""
    assert nav_current(Context(), "/fr/cas/") == ""


@pytest.mark.parametrize(
    ("current", "window"),
    [
        (1, [1, 2, 3, None, 20]),
        (4, [1, 2, 3, 4, 5, 6, None, 20]),
        (5, [1, 2, 3, 4, 5, 6, 7, None, 20]),
        (10, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, [1, None, 18, 19, 20]),
    ],
)
def test_pages_near_and_at_both_ends_are_offered(current: int, window: list[int | None]) -> None:
    assert page_window(Paginator(range(200), 10).page(current)) == window


def test_page_links_keep_the_search() -> None:
    request = RequestFactory().get("/fr/cas/", {"q": "mairie", "page": "2"})
    html = render_to_string("components/pagination.html", {"page": Paginator(range(30), 10).page(2)}, request)
    assert 'href="?q=mairie&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pagination() -> None:
    html = render_to_string("components/pagination.html", {"page": Paginator(range(3), 10).page(1)})
    assert html.strip() == ""


def test_one_square_is_one_organisation_and_the_squares_are_said() -> None:
    drawn = voices(COUNTS)
    assert drawn["squares"] == ["yes", "yes", "abs", "obj", "non", "non", "non"]
    assert drawn["words"] == "2 d’accord, 1 abstention, 1 objection, 3 pas encore exprimées"
    assert voices_words({}) == "aucune voix"


def test_the_threshold_is_marked_after_the_voices_it_asks_for() -> None:
    drawn = voices_rule(COUNTS, 5)
    assert drawn["mark"] == 150
    assert drawn["width"] == 7 * 30 + 3
    assert drawn["words"].endswith("seuil à 5")
    html = render_to_string("components/voices_rule.html", drawn)
    assert html.count("<g ") == 7
    assert voices_rule({}, 0)["words"] == "aucune voix"


def test_the_key_counts_each_voice_or_none() -> None:
    assert "<b>3</b>" in render_to_string("components/voices_key.html", voices_key(COUNTS))
    assert "<b>" not in render_to_string("components/voices_key.html", voices_key())


def test_a_tally_draws_a_sign_a_case_while_it_can() -> None:
    drawn = tally([{"stage": "idea", "label": "Idée", "count": 2}, {"stage": "pilot", "label": "Pilote", "count": 0}])
    assert drawn["unit"] == 1
    assert [len(row.marks) for row in drawn["rows"]] == [2, 0]


def test_a_long_tally_says_what_one_sign_stands_for_and_loses_nobody() -> None:
    drawn = tally([{"stage": "idea", "label": "Idée", "count": 1}, {"stage": "scaled", "label": "x", "count": 662}])
    assert drawn["unit"] == 50
    assert [len(row.marks) for row in drawn["rows"]] == [1, 14]
    assert tally([])["rows"] == []


def test_a_bar_is_as_long_as_the_time_it_asks() -> None:
    assert time_bar(2)["ticks"] == [0]
    assert time_bar(10) == {"width": 100, "frame": 301, "ticks": [0, 40, 80], "tick": 20}


def test_an_unsent_form_has_no_errors() -> None:
    assert has_errors(Proposal()) is False
    assert has_errors(None) is False
    assert render_to_string("components/error_summary.html", {"form": Proposal()}).strip() == ""


def test_a_refused_form_says_first_what_is_missing_with_links_that_arrive() -> None:
    form = Proposal({"city": "", "story": "gardé"})
    html = render_to_string("components/form_fields.html", {"form": form})
    assert 'role="alert"' in html
    for field in ("city", "stage", "agreed"):
        anchor = field_anchor(form[field])
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert "3 réponses sont à revoir" in html
    assert ">gardé</textarea>" in html.replace("\n", "")


def test_help_and_error_stand_before_the_input_and_are_tied_to_it() -> None:
    html = render_to_string("components/field.html", {"field": Proposal({"city": ""})["city"]})
    assert html.index("id_city_helptext") < html.index("id_city_error") < html.index("<input")
    assert 'aria-describedby="id_city_helptext id_city_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_choice_among_buttons_is_one_question() -> None:
    html = render_to_string("components/field.html", {"field": Proposal()["stage"]})
    assert "<fieldset" in html
    assert '<label for="id_stage_0">Idée</label>' in html


def test_questions_that_may_stay_empty_say_so() -> None:
    assert "(facultatif)" in render_to_string("components/field.html", {"field": Proposal()["story"]})
    assert "(facultatif)" not in render_to_string("components/field.html", {"field": Proposal()["city"]})


@pytest.mark.parametrize("code", ["400", "500", "503"])
def test_the_pages_of_a_broken_site_need_nothing_at_all(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert code in html
    assert '<html lang="fr">' in html


@pytest.mark.parametrize("code", ["403", "404", "409", "429"])
def test_a_page_that_says_no_says_what_to_do_now(code: str) -> None:
    html = render_to_string(f"{code}.html", {"sentence": "Cette proposition est close."})
    assert "Cette proposition est close." in html
    assert 'class="btn"' in html


def test_the_frame_has_no_inline_style_script_nor_token_and_reads_no_session() -> None:
    class Closed:
        """Any look at it fails the test, as a look at the session of an anonymous reader would."""

        def __iter__(self) -> Any:
            raise AssertionError("messages were read for an anonymous reader")

    html = render_to_string("base.html", {"account": None, "messages": Closed(), "site": {"name": "Site"}})
    assert "style=" not in html
    assert "<style" not in html
    assert "csrf" not in html
    assert html.count("<script") == 1
    assert "<script src=" in html


def test_a_known_account_reads_what_was_done() -> None:
    html = render_to_string("base.html", {"account": {"name": "Awa"}, "messages": ["C’est fait."], "site": {}})
    assert 'role="status"' in html
    assert "C’est fait." in html


CSS = (Path(__file__).parents[2] / "static" / "css" / "atlas.css").read_text("utf-8")
LIGHT, _rest = CSS.split("@media (prefers-color-scheme: dark)", 1)
DARK = _rest.split("/* 2 Base", 1)[0]
ON_PAPER = ["ink", "ink-2", "link", "signal-ink", "ochre", "green", "wine"]
TEXT = [(colour, ground) for colour in ON_PAPER for ground in ("paper", "sea")] + [
    ("on-signal", "signal"),
    ("on-band", "band"),
    ("on-band-2", "band"),
    ("on-accent", "accent-fill"),
    ("ins-ink", "ins"),
    ("del-ink", "del"),
]
LINES = [("line-2", "paper"), ("signal", "map-sea"), ("signal", "map-land"), ("band-signal", "band")]


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*#([0-9a-f]{6})", css))


def contrast(one: str, other: str) -> float:
    """Ratio of WCAG 2.2 between two colours in six hexadecimal figures."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_lines_keep_their_contrast(scheme: str) -> None:
    colours = tokens(LIGHT) | (tokens(DARK) if scheme == "dark" else {})
    for ink, ground in TEXT:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for ink, ground in LINES:
        assert contrast(colours[ink], colours[ground]) >= 3, (ink, ground)


def test_the_style_sheet_stays_small() -> None:
    assert len(brotli.compress(CSS.encode())) < 10_000
