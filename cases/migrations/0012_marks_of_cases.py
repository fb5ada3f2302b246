"""The marks by which cases are compared, and an index whose words hold no sign, for the cases already public."""

import re
import unicodedata
from collections import Counter

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from anyascii import anyascii
from django.db import migrations, models

CLEAN = """
UPDATE cases_catalogueentry
SET folded_title = btrim(regexp_replace(folded_title, '[^a-z0-9]+', ' ', 'g')),
    folded_summary = btrim(regexp_replace(folded_summary, '[^a-z0-9]+', ' ', 'g')),
    folded_body = btrim(regexp_replace(folded_body, '[^a-z0-9]+', ' ', 'g'))
"""


def _words(text):
    folded = anyascii(unicodedata.normalize("NFC", text)).lower()
    words = (word[:-1] if word.endswith(("s", "x")) else word for word in re.findall("[a-z]{4,80}", folded))
    return [word for word in words if len(word) > 3]


def mark_rows(apps, _schema_editor):
    entries = apps.get_model("cases", "CatalogueEntry").objects
    for entry in entries.iterator(chunk_size=200):
        weights = Counter()
        weights.update({word: 3 for word in _words(entry.title)})
        weights.update({word: 2 for word in _words(entry.summary)})
        weights.update({word: min(count, 3) for word, count in Counter(_words(entry.folded_body)).items()})
        words = sorted(weights, key=lambda word: (-weights[word], -len(word), word))[:16]
        terms = [f"instruments:{key}" for key in entry.instruments] + [f"priorities:{key}" for key in entry.priorities]
        place = [f"city:{entry.folded_city}"[:80]] if entry.folded_city else []
        marks = list(dict.fromkeys([*words, *terms, f"domain:{entry.domain}", *place]))
        apps.get_model("cases", "CatalogueEntry").objects.filter(pk=entry.pk).update(marks=marks)


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_reproductions")]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="marks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["marks"], name="catalogue_marks"),
        ),
        migrations.RunPython(mark_rows, migrations.RunPython.noop),
        migrations.RunSQL(CLEAN, migrations.RunSQL.noop),
    ]
