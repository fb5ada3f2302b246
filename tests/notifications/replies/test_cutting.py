"""What is cut, and what is left alone."""

import time

import pytest

from coalition.notifications.replies.cutting import own_words


@pytest.mark.parametrize(
    "announced",
    [
        "Le lun. 3 nov. 2025 à 10:12, Réseau <a@b.example> a écrit :",
        "Le lun. 3 nov. 2025 à 10:12, Réseau des villes\nnumériques <a@b.example> a\nécrit :",
        "Le 3 novembre 2025 10h12, Réseau a écrit :",
        "On Mon, Nov 3, 2025 at 10:12 AM Network <a@b.example> wrote:",
        "2025-11-03 10:12 GMT+01:00 Réseau <a@b.example>:",
        "Réseau <a@b.example> a écrit (le 3 novembre) :",
        "-----Message d’origine-----\nDe : Réseau",
        "-------- Message transféré --------\nSujet : Nouveau",
        "De : Réseau <a@b.example>\nEnvoyé : lundi\nÀ : Awa\nObjet : Nouveau",
        "*From:* Network\n*Sent:* Monday\n*To:* Awa\n*Subject:* New",
        "De : Réseau\n\nDate : lundi\n\nÀ : Awa",
    ],
)
def test_what_follows_an_announced_quote_without_marks_is_cut(announced: str) -> None:
    assert own_words(f"Oui.\n\n{announced}\n\nBonjour Awa,\nEt chez vous ?") == "Oui."


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a écrit :\n\nnous garderons le guichet.",
        "On Mondays we are closed, as the mayor wrote:\nclosed.",
        "De : rien, dit-il.\nEt puis voilà.",
        "Trois tirets :\n\n---\n\net la suite.",
        "Envoyez-nous la liste de vos guichets.",
        "--la suite--",
        "Un mot > un autre",
    ],
)
def test_prose_that_resembles_a_quote_is_left_alone(text: str) -> None:
    assert own_words(text) == text


@pytest.mark.parametrize(
    "added",
    [
        "-- \nAwa Diop\nVille 3",
        "--\nAwa",
        "Envoyé de mon iPhone",
        "Envoyé à partir de Outlook pour Android",
        "Sent from my Galaxy",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Provenance : Courrier pour Windows",
        "This email and any attachment is confidential.\nIf you received it by mistake, delete it.",
    ],
)
def test_signatures_and_lines_added_by_programs_are_cut(added: str) -> None:
    assert own_words(f"Oui, chez nous aussi.\n\n{added}") == "Oui, chez nous aussi."


def test_a_text_of_nothing_but_quotes_and_signature_is_empty() -> None:
    assert own_words("> Et chez vous ?\n>\n> Moussa\n\n-- \nAwa") == ""
    assert own_words("") == ""


@pytest.mark.parametrize(
    "line", ["\n", "> ", "Le 3 à 10:12 a écrit ", "De : x\n", "Le 3 <a@b> ", "From: a\nTo: b\n", "-- \n", " \n"]
)
def test_a_hundred_thousand_characters_of_the_worst_kind_are_read_in_a_moment(line: str) -> None:
    began = time.monotonic()
    own_words(line * (100_000 // len(line)))
    assert time.monotonic() - began < 3
