from typing import Any

from tests.world import World


def test_the_menu_of_the_admin_leads_to_the_queue_and_the_registers(on_paper: World, client: Any) -> None:
    client.force_login(on_paper.account("organiser"))
    page = client.get("/admin/").content.decode()
    assert "/admin/file-d-attente/" in page
    for name in (
        "registre/organisations",
        "registre/signatures",
        "registre/soutiens",
        "registre/coalitions",
        "journal",
    ):
        assert f"/admin/{name}/" in page
