"""Since when a case is known to be true: for those public already, the day they were last published."""

from django.db import migrations, models

FILL = """
UPDATE cases_catalogueentry AS entry SET checked_at = latest.at
FROM (SELECT number, max(updated_at) AS at FROM cases_catalogueentry GROUP BY number) AS latest
WHERE latest.number = entry.number
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_saved_searches")]

    operations = [
        migrations.CreateModel(
            name="CaseCheck",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField("catalogueentry", "asked_at", models.DateTimeField(null=True)),
        migrations.AddField("catalogueentry", "archived_at", models.DateTimeField(null=True)),
        migrations.AddField("catalogueentry", "checked_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("catalogueentry", "checked_at", models.DateTimeField()),
        migrations.AddIndex(
            "catalogueentry", models.Index(fields=["checked_at"], name="catalogue_checked")
        ),
    ]
