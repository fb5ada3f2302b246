"""Organisers tell look-alikes apart once; organisations of one place are found by an index; name keys follow the words."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from members.search import name_key


def fill_keys(apps, _schema_editor):
    Organisation = apps.get_model("members", "Organisation")
    for organisation in Organisation.objects.only("name").iterator():
        Organisation.objects.filter(pk=organisation.pk).update(name_key=name_key(organisation.name))


class Migration(migrations.Migration):
    dependencies = [("members", "0005_directory_search_and_map_cells")]

    operations = [
        migrations.CreateModel(
            name="DistinctPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.organisation"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="a_pair_is_told_apart_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="pair_smallest_first"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["country", "geoname_id"], name="organisation_place"),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
    ]
