import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from members.models import User
from principles.actions import accept_amendment, open_amendment, show_presence
from principles.models import Amendment, DraftRevision, Presence
from tests.principles.conftest import MOTIVE, NOW, World, make_account, make_speaker
from tests.principles.test_actions_room import SECOND, TEXT, said, save, shared

Browse = Callable[[User | None], Client]


def answers(world: World, **fields: Any) -> dict[str, Any]:
    sent = {"title": "Remettre", "text_fr": TEXT, "text_en": "Data is handed over.", "motive": MOTIVE, "base": "1"}
    return {**sent, "organisation": str(world.city.pk), "do": "save", "revision": "0", **fields}


def address(draft: Amendment, door: str = "") -> str:
    return f"/fr/charte/brouillon/{draft.pk}/{door}"


def texts(answer: HttpResponse) -> dict[str, str]:
    found = re.search(r'id="room-texts" type="application/json">(.*?)</script>', answer.content.decode())
    assert found
    told: dict[str, str] = json.loads(found.group(1))
    return told


def revision(answer: HttpResponse) -> str:
    found = re.search(r'data-revision="(\d+)"', answer.content.decode())
    assert found
    return found.group(1)


def sentence(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def test_an_autosave_says_when_and_brings_what_the_other_wrote(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    first = browse(world.member).post(address(draft, "enregistrer/"), {"text_fr": f"{TEXT} Un lieu.", "revision": 0})
    assert "Enregistré à" in sentence(first) and texts(first) == {}
    mine = TEXT.replace("ouvertes", "ouvertes à tous")
    second = browse(moussa).post(address(draft, "enregistrer/"), {"text_fr": mine, "revision": 0})
    assert texts(second) == {"text_fr": f"{mine} Un lieu."} == {"text_fr": said(draft)}
    assert "Aïssatou a changé le texte en français (2 mots ajoutés). C’est repris ici." in sentence(second)


def test_a_poll_tells_who_writes_where_and_what_is_new(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, f"{TEXT} Un lieu.")
    client = browse(moussa)
    news = client.post(address(draft, "presence/"), {"field": "motive", "revision": 0})
    assert texts(news) == {"text_fr": f"{TEXT} Un lieu."} and "Aïssatou a changé" in sentence(news)
    assert Presence.objects.get().field == "motive"
    quiet = client.post(address(draft, "presence/"), {"revision": revision(news)})
    assert texts(quiet) == {} and "a changé" not in sentence(quiet)
    client.post(address(draft, "presence/"), {"field": "motive", "revision": revision(news)})
    seen = browse(world.member).post(address(draft, "presence/"), {"revision": revision(news)})
    assert "Moussa écrit ici : le motif" in sentence(seen)
    assert "Aïssatou écrit" not in sentence(seen)


def test_without_javascript_two_people_in_one_sentence_choose_on_the_page(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    browse(world.member).post(address(draft), answers(world, text_fr=TEXT.replace(SECOND, "Un bilan paraît en juin.")))
    mine = TEXT.replace(SECOND, "Un compte rendu paraît en mai.")
    client = browse(moussa)
    page = client.post(address(draft), answers(world, text_fr=mine), follow=True)
    assert (
        "Aïssatou a écrit autrement le même passage" in sentence(page) and f"{mine}</textarea>" in page.content.decode()
    )
    assert "en juin" in said(draft)
    fields = dict(re.findall(r'name="(pending|seen)" value="(\w+)"', page.content.decode()))
    unsaid = client.post(address(draft, "reunir/"), fields, follow=True)
    assert "Choisissez pour chaque passage" in sentence(unsaid)
    done = {"choice-0": "write", "words-0": "Un bilan paraît en mai et en juin."}
    after = client.post(address(draft, "reunir/"), {**fields, **done}, follow=True)
    assert "Les deux textes sont réunis" in sentence(after)
    assert said(draft) == TEXT.replace(SECOND, done["words-0"])
    again = client.post(address(draft, "reunir/"), {**fields, **done}, follow=True)
    assert "n’attend plus" in sentence(again)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "en mai"), ("theirs", "en juin")])
def test_either_reading_may_be_kept_as_it_is(browse: Browse, world: World, choice: str, kept: str) -> None:
    draft, moussa = shared(world)
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    page = browse(moussa).get(address(draft)).content.decode()
    fields = dict(re.findall(r'name="(pending|seen)" value="(\w+)"', page))
    browse(moussa).post(address(draft, "reunir/"), {**fields, "choice-0": choice})
    assert kept in said(draft) and not DraftRevision.objects.pending_of(moussa).exists()


def test_a_choice_made_too_late_shows_the_passage_again(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    one = save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en juin."))
    save(moussa, draft, TEXT.replace(SECOND, "Un compte rendu paraît en mai."))
    fields = dict(
        re.findall(r'name="(pending|seen)" value="(\w+)"', browse(moussa).get(address(draft)).content.decode())
    )
    save(world.member, draft, TEXT.replace(SECOND, "Un bilan paraît en août."), one.number)
    page = browse(moussa).post(address(draft, "reunir/"), {**fields, "choice-0": "mine"}, follow=True)
    assert "a changé pendant que vous choisissiez" in sentence(page) and "en août" in said(draft)


def test_the_buttons_of_the_form_merge_too_and_ask_to_read_before_proposing(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    save(moussa, draft, f"{TEXT} Un lieu.")
    client = browse(world.member)
    mine = TEXT.replace("ouvertes", "ouvertes à tous")
    page = client.post(address(draft), answers(world, text_fr=mine, do="open"), follow=True)
    assert "Relisez le tout, puis proposez-le" in sentence(page)
    assert (Amendment.objects.get().state, said(draft)) == ("draft", f"{mine} Un lieu.")
    whole = answers(world, text_fr=said(draft), do="open", revision=revision(page))
    assert "est proposé" in sentence(client.post(address(draft), whole, follow=True))


def test_what_is_not_complete_is_kept_all_the_same_and_the_form_says_what_is_missing(
    browse: Browse, world: World
) -> None:
    draft, _moussa = shared(world)
    page = browse(world.member).post(address(draft), answers(world, text_fr=f"{TEXT} Un lieu.", motive="court"))
    assert 'role="alert"' in page.content.decode()
    assert said(draft) == f"{TEXT} Un lieu." and Amendment.objects.get().motive == "court"


def test_what_cannot_be_kept_is_said_and_nothing_changes(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    answer = browse(moussa).post(address(draft, "enregistrer/"), {"text_fr": "caché \u202e", "revision": 0})
    assert answer.status_code == 422 and "Pas encore enregistré" in sentence(answer)
    page = browse(moussa).post(address(draft), answers(world, text_fr="caché \u202e"))
    assert 'role="alert"' in page.content.decode() and said(draft) == TEXT


@pytest.mark.parametrize("junk", ["-1", "9" * 30, "x", "", "²"])
def test_no_junk_in_the_numbers_breaks_the_room(browse: Browse, world: World, junk: str) -> None:
    draft, moussa = shared(world)
    client = browse(moussa)
    sent = {"text_fr": f"{TEXT} Un lieu.", "revision": junk, "base": junk, "key": junk, "field": junk, "pending": junk}
    assert client.post(address(draft, "enregistrer/"), sent).status_code == 200
    assert client.post(address(draft, "presence/"), sent).status_code == 200
    assert client.post(address(draft, "reunir/"), sent).status_code == 404
    assert client.post(address(draft), answers(world, **sent)).status_code in (200, 302)


def test_proposed_while_another_types_their_words_are_kept_for_them(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    opened = open_amendment(actor=world.member, amendment=draft, now=NOW)
    client = browse(moussa)
    late = client.post(address(draft, "enregistrer/"), {"text_fr": f"{TEXT} Trop tard.", "revision": 1})
    assert "a été proposé pendant que vous écriviez" in sentence(late) and 'data-ended="/' in late.content.decode()
    page = client.post(address(draft), answers(world, text_fr=f"{TEXT} Trop tard aussi.", revision=1), follow=True)
    assert "Vos mots gardés" in sentence(page) and "Trop tard aussi." in sentence(page)
    assert "Proposer une nouvelle rédaction" in sentence(page)
    ended = client.post(address(draft, "presence/"), {"revision": 1})
    assert "est proposé" in sentence(ended) and opened.get_absolute_url() in ended.content.decode()
    assert client.post(address(draft, "reunir/"), {"pending": 1, "choice-0": "mine"}).status_code == 302
    assert browse(world.member).get(address(draft)).status_code == 302
    assert browse(make_speaker(world.city)).get(address(draft)).status_code == 302


def test_a_page_sent_too_late_without_new_words_leads_to_the_amendment(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    opened = open_amendment(actor=world.member, amendment=draft, now=NOW)
    same = answers(world, title=opened.title, text_en=opened.text_en, revision=1)
    answer = browse(moussa).post(address(draft), same)
    assert answer["Location"] == opened.get_absolute_url() and not DraftRevision.objects.exists()


def test_the_room_does_not_exist_for_anybody_else(browse: Browse, world: World) -> None:
    draft, _moussa = shared(world)
    for account in (None, make_account("Rose"), world.organiser, make_speaker(world.city)):
        for door in ("enregistrer/", "presence/", "reunir/"):
            assert browse(account).post(address(draft, door), {"text_fr": "Rien."}).status_code == 404
            assert browse(account).get(address(draft, door)).status_code == 405
    assert not DraftRevision.objects.exists() and not Presence.objects.exists()


def test_a_draft_that_moves_an_article_has_its_room_too(browse: Browse, world: World) -> None:
    draft, moussa = shared(world, key="decider", kind="move", after_key="guichet", text_fr="", text_en="")
    sent = answers(world, title="Plus loin", after_key="donnees")
    assert "Ses auteurs le voient" in sentence(browse(world.member).post(address(draft), sent, follow=True))
    browse(moussa).post(address(draft, "enregistrer/"), {"after_key": "", "title": "Tout devant", "revision": 0})
    page = browse(moussa).get(address(draft))
    assert "2 passages à réunir" in sentence(page) and "Au début de la charte" in sentence(page)


def test_an_article_that_changed_meanwhile_does_not_stop_the_saves(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    sent = {"text_fr": f"{TEXT} Un lieu.", "revision": 0, "base": 1}
    assert "Enregistré à" in sentence(browse(moussa).post(address(draft, "enregistrer/"), sent))
    page = browse(moussa).post(address(draft), answers(world, text_fr=f"{TEXT} Un lieu.", revision=2))
    assert "a changé depuis que vous l’avez lu" in sentence(page) and said(draft) == f"{TEXT} Un lieu."


def test_the_page_names_who_else_is_there_and_sees_when_it_was_saved(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    save(moussa, draft, f"{TEXT} Un lieu.")
    page = browse(world.member).get(address(draft))
    assert "Dernier enregistrement :" in sentence(page) and "Moussa." in sentence(page)
    assert "Brouillon, que ses auteurs voient" in sentence(page)
    assert "js/room.js" in page.content.decode() and "data-unsaved" not in page.content.decode()
    preview = browse(world.member).post(address(draft), answers(world, do="preview"))
    assert "data-unsaved" in preview.content.decode()


def test_the_words_of_a_notice_are_escaped(browse: Browse, world: World) -> None:
    draft, moussa = shared(world)
    User.objects.filter(pk=world.member.pk).update(name="<b>Awa</b>")
    save(User.objects.get(pk=world.member.pk), draft, f"{TEXT} </script><i>")
    show_presence(actor=User.objects.get(pk=world.member.pk), amendment=draft, field="title", now=NOW)
    html = browse(moussa).post(address(draft, "presence/"), {"revision": 0}).content.decode()
    assert "<b>Awa" not in html and "</script><i>" not in html
