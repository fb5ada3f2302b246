"""Case numbers come from a sequence: never given twice, even when a case is deleted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_number OWNED BY cases_casepage.number",
            "DROP SEQUENCE IF EXISTS cases_number",
        )
    ]
