"""The button of a mail program is told from that of a page."""

from django.test import RequestFactory

from coalition.notifications.leaving.clicks import answer_click, is_one_click

CLICK = {"List-Unsubscribe": "One-Click"}


def test_only_the_post_of_a_mail_program_stops_anything() -> None:
    stopped: list[int] = []

    def answer(request: object) -> tuple[int, int]:
        made = answer_click(request, page="/page/", stop=lambda: stopped.append(1))  # type: ignore[arg-type]
        return made.status_code, len(stopped)

    asked = RequestFactory()
    assert answer(asked.get("/", CLICK)) == (303, 0)
    assert answer(asked.post("/", {"List-Unsubscribe": "yes"})) == (400, 0)
    assert answer(asked.post("/", CLICK)) == (204, 1)
    assert is_one_click(asked.post("/", CLICK)) and not is_one_click(asked.post("/"))
