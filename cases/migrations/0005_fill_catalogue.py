"""The new columns of the catalogue, filled for the cases already public, from their pages and organisations."""

from django.db import migrations

FILL = """
UPDATE cases_catalogueentry AS entry
SET organisation_kind = organisation.kind,
    is_failed_or_stopped = page.stage = 'stopped' OR btrim(page.failed) <> '',
    languages = ARRAY(
        SELECT other.language FROM cases_catalogueentry AS other
        WHERE other.translation_key = entry.translation_key ORDER BY other.language
    )
FROM cases_casepage AS page, members_organisation AS organisation
WHERE page.page_ptr_id = entry.page_id AND organisation.id = page.organisation_id
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_terms")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
