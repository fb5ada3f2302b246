"""The witness of the matrix sees every write, and only those that stayed."""

from django.db import transaction

from tests.access.verdicts import Witness, digest
from tests.world import World


def test_a_witness_names_the_table_that_changed_and_no_other(on_paper: World) -> None:
    witness = Witness(digest())
    account = on_paper.account("registered")
    account.name = "Autre nom"
    account.save(update_fields=["name"])
    assert witness.changed() == ["members_user"]


def test_what_was_undone_is_no_change(on_paper: World) -> None:
    witness = Witness(digest())
    with transaction.atomic():
        on_paper.account("registered").delete()
        transaction.set_rollback(True)
    assert witness.changed() == []


def test_what_belongs_to_the_story_is_no_change(on_paper: World) -> None:
    witness = Witness(digest())
    account = on_paper.account("registered")
    account.name = "Autre nom"
    account.save(update_fields=["name"])
    witness.settle()
    assert witness.changed() == []
    account.name = "Encore un autre"
    account.save(update_fields=["name"])
    assert witness.changed() == ["members_user"]
