import polib
from django.core.management import call_command
from django.utils.translation import ngettext, override

from coalition.core.management.commands.compile_catalogues import french_plurals


def test_none_is_singular_in_french_and_plural_in_english() -> None:
    call_command("compile_catalogues", verbosity=0)
    one, many = "%(n)d organisation", "%(n)d organisations"
    with override("fr"):
        assert [ngettext(one, many, n) for n in (0, 1, 2)] == [one, one, many]
    with override("en"):
        assert ngettext(one, many, 0) == ngettext(one, many, 2) != ngettext(one, many, 1)


def test_the_french_catalogue_changes_no_word() -> None:
    source = polib.POFile()
    source.append(polib.POEntry(msgid="un mot", msgstr="a word"))
    source.append(polib.POEntry(msgid="un", msgid_plural="des", msgstr_plural={0: "one", 1: "some"}))
    assert [entry.msgstr_plural for entry in french_plurals(source)] == [{0: "un", 1: "des"}]
