"""Fill what earlier rows could not hold: the keys organisations are compared by, and the version each act signed."""

from django.db import migrations

from coalition.core.text import fold
from members.search import name_key, web_domain

ENDED = ("declined", "withdrawn")


def fill_keys(apps, _schema_editor):
    Organisation = apps.get_model("members", "Organisation")
    for organisation in Organisation.objects.only("name", "acronym", "website").iterator():
        Organisation.objects.filter(pk=organisation.pk).update(
            folded_acronym=fold(organisation.acronym)[:60],
            name_key=name_key(organisation.name),
            web_domain=web_domain(organisation.website),
        )


def fill_versions(apps, _schema_editor):
    Cosponsorship = apps.get_model("members", "Cosponsorship")
    SignedVersion = apps.get_model("members", "SignedVersion")
    copied = (
        "document_title",
        "document_version",
        "document_sha256",
        "affiliation_id",
        "signatory_name",
        "signatory_function",
        "mandate_reference",
        "mandate_date",
    )
    for act in Cosponsorship.objects.iterator():
        SignedVersion.objects.create(
            cosponsorship_id=act.pk, bound_at=act.signed_at, **{name: getattr(act, name) for name in copied}
        )
        if act.state == "official" and act.decided_at:
            day = act.decided_at.date()
            renew_on = day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
            Cosponsorship.objects.filter(pk=act.pk).update(renew_on=renew_on)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_mandates_acts_and_adoptions")]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(fill_versions, migrations.RunPython.noop, elidable=True),
    ]
