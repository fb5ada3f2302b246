import pytest
from django.template import Context, Template
from django.test import RequestFactory

from coalition.notifications.models import Follow
from tests.notifications.board import KIND, make_reader
from tests.notifications.told import NOW

pytestmark = pytest.mark.django_db
BUTTON = Template('{% load following %}{% follow_button "board" 1 %}')


def draw(account: object) -> str:
    return BUTTON.render(Context({"account": account, "csrf_token": "jeton", "request": RequestFactory().get("/")}))


def test_a_page_everybody_shares_holds_a_link_and_no_form() -> None:
    page = draw(None)
    assert "<form" not in page
    assert "jeton" not in page
    assert "suivre/board/1/" in page


def test_the_button_says_what_is_so_and_offers_the_rest() -> None:
    reader = make_reader()
    assert 'value="follow"' in draw(reader)
    follow = Follow.objects.create(account=reader, target_kind=KIND, target_key="1", created_at=NOW)
    assert 'value="unfollow"' in draw(reader)
    follow.muted = True
    follow.save()
    assert "Silencieux" in draw(reader)
