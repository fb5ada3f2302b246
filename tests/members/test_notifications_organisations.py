"""What those who represented an organisation read when it becomes one with another, or leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from members.actions import merge_organisations, remove_organisation
from members.models import Organisation, User
from tests.members.conftest import NOW
from tests.members.test_notifications import tell

pytestmark = pytest.mark.django_db


def test_a_merge_is_told_to_both_sides_each_in_their_language(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User], organiser: User
) -> None:
    kept, gone = make_organisation(name="Ville de Thi\u00e8s"), make_organisation(name="Mairie <de> Thi\u00e8s")
    french, english = make_representative(kept), make_representative(gone, language="en")
    merge_organisations(kept=kept, gone=gone, taken=(), actor=organiser, now=NOW)
    mails = {delivery.address: mail for delivery, mail in tell("organisation.merged")}
    assert set(mails) == {french.email, english.email}
    assert mails[french.email].subject == "Mairie <de> Thi\u00e8s et Ville de Thi\u00e8s ne font plus qu\u2019une"
    assert kept.get_absolute_url() in str(mails[french.email].body)
    html: Any = mails[french.email].alternatives[0][0]
    assert "Mairie &lt;de&gt; Thi\u00e8s" in html


def test_a_removal_is_told_with_its_reason_to_who_represented_it(
    make_organisation: Callable[..., Organisation], make_representative: Callable[..., User], organiser: User
) -> None:
    organisation = make_organisation(name="Ville de Thi\u00e8s")
    chief = make_representative(organisation)
    remove_organisation(organisation=organisation, actor=organiser, motive="Elle n\u2019existe plus.", now=NOW)
    [(delivery, mail)] = tell("organisation.removed")
    assert delivery.address == chief.email
    assert "Elle n\u2019existe plus." in str(mail.body)
    assert organisation.get_absolute_url() not in str(mail.body)
