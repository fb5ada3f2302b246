from coalition.notifications.hook_desk.forms import WebhookForm


def test_a_program_has_a_name_an_address_and_at_least_one_theme() -> None:
    assert WebhookForm({"name": "Ville", "url": "https://ville.example/", "themes": ["cases"]}).is_valid()
    form = WebhookForm({"name": "", "url": "ftp:x", "themes": ["drafts"]})
    assert set(form.errors) == {"name", "url", "themes"}
