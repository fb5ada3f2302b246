"""The pages of local adoptions: recording one, reading it beside the charter, finding it again."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.actions import Change, record_adoption, withdraw_adoption
from members.models import Coalition, LocalAdoption, Organisation, User
from tests.members.conftest import NOW
from tests.members.editions import Editions, sha256_of

SAID = {
    "document_sha256": sha256_of("1"),
    "adopted_on": "2026-11-12",
    "decision_reference": "Délibération 2026-7",
    "note": "Le conseil l’a votée.",
    "kind_partage": "adapted",
    "text_partage": "Une fois par an.",
    "kind_preuve": "left_out",
    "added_title_1": "Entretenir",
    "added_text_1": "Chaque année.",
}


@pytest.fixture
def hers(client: Client, chief: User, editions: Editions, coalition: Coalition) -> Client:
    client.force_login(chief)
    return client


@pytest.fixture
def adoption(editions: Editions, city: Organisation, chief: User, coalition: Coalition) -> LocalAdoption:
    return record_adoption(
        organisation=city,
        coalition=coalition,
        actor=chief,
        document_sha256=sha256_of("1"),
        adopted_on=NOW.date(),
        decision_reference="Délibération 2026-7",
        changes=[Change(kind="adapted", key="partage", text="Une fois par an.")],
        upload=SimpleUploadedFile("d.pdf", b"%PDF-1.7", "application/pdf"),
        now=NOW,
    )


def test_she_fills_in_reads_again_and_publishes_with_the_decision(hers: Client, city: Organisation) -> None:
    url = f"/fr/organisations/{city.slug}/adopter/"
    assert "Article 2, Partager" in hers.get(url).content.decode()
    review = hers.post(url, {**SAID, "step": "review"}).content.decode()
    assert "<ins>" in review
    assert "Entretenir" in review
    assert not LocalAdoption.objects.exists()
    decision = SimpleUploadedFile("d.pdf", b"%PDF-1.7", "application/pdf")
    done = hers.post(url, {**SAID, "step": "publish", "document": decision})
    adoption = LocalAdoption.objects.get()
    assert (done.status_code, done["Location"]) == (303, f"/fr/organisations/adoptions/{adoption.pk}/")
    page = Client().get(done["Location"]).content.decode()
    for said in ("Le conseil l’a votée.", "Une fois par an.", "Laissé de côté", "Entretenir", "Télécharger"):
        assert said in page
    file = Client().get(f"/fr/organisations/adoptions/{adoption.pk}/decision/")
    assert file["Content-Disposition"].startswith("attachment")


def test_another_version_brings_its_own_articles(hers: Client, city: Organisation, editions: Editions) -> None:
    editions.version = "3"
    url = f"/fr/organisations/{city.slug}/adopter/"
    assert "Article 3, Accueillir" in hers.get(url).content.decode()
    assert "Article 3, Prouver" in hers.get(url, {"version": sha256_of("1")}).content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind_partage": ""}, "choisissez « Adapté »"),
        ({"text_partage": ""}, "Donnez le texte local"),
        ({"added_text_1": ""}, "Un article ajouté a un titre et un texte."),
        ({"adopted_on": "2999-01-01", "step": "publish"}, "Cette date est encore à venir"),
    ],
)
def test_what_does_not_hold_comes_back_with_what_was_written(
    hers: Client, city: Organisation, said: dict[str, str], sentence: str
) -> None:
    page = hers.post(f"/fr/organisations/{city.slug}/adopter/", {**SAID, "step": "review", **said}).content.decode()
    assert sentence.replace("« ", "«\u202f").replace(" »", "\u202f»") in page
    assert "Délibération 2026-7" in page
    assert not LocalAdoption.objects.exists()


def test_a_file_that_is_no_document_is_said_so_on_the_page_that_asked(hers: Client, city: Organisation) -> None:
    wrong = SimpleUploadedFile("d.pdf", b"<html>", "application/pdf")
    page = hers.post(f"/fr/organisations/{city.slug}/adopter/", {**SAID, "step": "publish", "document": wrong})
    assert "ni un PDF ni une photo" in page.content.decode()
    assert not LocalAdoption.objects.exists()


def test_a_second_adoption_leads_to_the_one_that_stands(
    hers: Client, city: Organisation, adoption: LocalAdoption
) -> None:
    url = f"/fr/organisations/adoptions/{adoption.pk}/modifier/"
    assert hers.get(f"/fr/organisations/{city.slug}/adopter/")["Location"] == url
    form = hers.get(url).content.decode()
    assert "Une fois par an." in form
    said = {**SAID, "decision_reference": "Délibération 2026-9", "step": "publish"}
    assert hers.post(url, said).status_code == 303
    adoption.refresh_from_db()
    assert adoption.decision_reference == "Délibération 2026-9"
    assert adoption.decision_document is not None


def test_it_is_found_in_the_list_on_the_profile_and_by_machines(
    adoption: LocalAdoption, city: Organisation, client: Client
) -> None:
    for url in ("/fr/organisations/adoptions/", city.get_absolute_url()):
        assert f"/adoptions/{adoption.pk}/" in client.get(url).content.decode(), url
    listed = client.get("/api/v1/adoptions/").json()["results"]
    assert [row["changes"][0]["title"] for row in listed] == ["Partager"]
    assert client.get(f"/api/v1/adoptions/{adoption.pk}/").json()["decision_reference"] == "Délibération 2026-7"


def test_once_withdrawn_its_page_says_why_and_keeps_the_document_to_itself(
    adoption: LocalAdoption, chief: User, client: Client, hers: Client
) -> None:
    base = f"/fr/organisations/adoptions/{adoption.pk}/"
    gone = hers.post(f"{base}retrait/", {"reason": "Annulée par le tribunal."})
    assert gone.status_code == 303
    public = Client()
    assert "Annulée par le tribunal." in public.get(base).content.decode()
    assert public.get(f"{base}decision/").status_code == 404
    assert hers.get(f"{base}decision/").status_code == 200
    assert public.get(f"/api/v1/adoptions/{adoption.pk}/").status_code == 404
    assert base not in public.get("/fr/organisations/adoptions/").content.decode()


def test_the_list_costs_the_same_at_two_sizes(
    adoption: LocalAdoption,
    coalition: Coalition,
    client: Client,
    make_organisation: Any,
    make_representative: Any,
    django_assert_max_num_queries: Any,
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(10) as counted:
            client.get("/fr/organisations/adoptions/")
        return len(counted.captured_queries)

    cost()
    few = cost()
    for _number in range(8):
        body = make_organisation()
        record_adoption(
            organisation=body,
            coalition=coalition,
            actor=make_representative(body),
            document_sha256=sha256_of("1"),
            adopted_on=NOW.date(),
            decision_reference="Décision",
            changes=[Change(kind="left_out", key="preuve")],
            now=NOW,
        )
    assert cost() == few


def test_a_withdrawal_needs_its_reason(adoption: LocalAdoption, hers: Client, chief: User) -> None:
    page = hers.post(f"/fr/organisations/adoptions/{adoption.pk}/retrait/", {"reason": ""})
    assert 'role="alert"' in page.content.decode()
    adoption.refresh_from_db()
    assert adoption.state == "published"
    withdraw_adoption(adoption=adoption, actor=chief, reason="Fini.", now=NOW)
    assert hers.get(f"/fr/organisations/adoptions/{adoption.pk}/modifier/").status_code == 409
