"""The directory finds words by an index and counts organisations by square of the map."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Func, Value

from coalition.core.geo import cell


def fill_cells(apps, _schema_editor):
    Organisation = apps.get_model("members", "Organisation")
    placed = Organisation.objects.exclude(latitude=None).exclude(longitude=None)
    for organisation in placed.only("latitude", "longitude").iterator():
        Organisation.objects.filter(pk=organisation.pk).update(map_cell=cell(organisation.latitude, organisation.longitude))


class Migration(migrations.Migration):
    dependencies = [("members", "0004_hand_over_stays_member")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="map_cell",
            field=models.CharField(default="", editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name="organisation",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector(
                    Func(
                        F("folded_text"),
                        Value("[^a-z0-9]+"),
                        Value(" "),
                        Value("g"),
                        function="regexp_replace",
                        output_field=models.TextField(),
                    ),
                    config="simple",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="organisation_search"),
        ),
        migrations.RunPython(fill_cells, migrations.RunPython.noop, elidable=True),
    ]
