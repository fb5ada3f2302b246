"""What programs send is told from what people write."""

import pytest

from coalition.notifications.replies.automatic import Automatic, judge


def told(sender: str = "awa@ville.example", subject: str = "Re: Nouveau", **headers: str) -> Automatic:
    known = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(
        first=lambda name: known.get(name, ""),
        kind=known.get("content-type", "text/plain"),
        report="",
        sender=sender,
        subject=subject,
        envelope_sender=None,
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied; owner=awa"},
        {"auto_submitted": "auto-generated"},
        {"precedence": "Junk"},
        {"x_auto_response_suppress": "OOF"},
        {"x_autoreply": "yes"},
    ],
)
def test_the_headers_of_robots_are_known(headers: dict[str, str]) -> None:
    assert told(**headers) is Automatic.ROBOT


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@x.example", "noreply@x.example", "no-reply+1@x.example"])
def test_addresses_of_robots_are_known(sender: str) -> None:
    assert told(sender=sender.lower()) is Automatic.ROBOT


@pytest.mark.parametrize("subject", ["Réponse automatique : congés", "Out of Office: x", "Absence du bureau", "Lu : x"])
def test_subjects_of_absent_people_are_known(subject: str) -> None:
    assert told(subject=subject) is Automatic.ROBOT


def test_a_list_is_known_and_a_person_is_not_taken_for_a_robot() -> None:
    assert told(list_id="<services.ville.example>") is Automatic.LIST
    assert told(auto_submitted="no") is Automatic.NO
    assert told(sender="rootsy@ville.example", subject="Réponse à Awa") is Automatic.NO
