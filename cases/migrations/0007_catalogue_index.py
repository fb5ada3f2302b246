"""Words of the catalogue in a narrow table, and a line for each change, both written by triggers of the database.

Counting ten facets over 100,000 rows, each under the other nine, is done in the memory of each process; the lines of
changes keep it true. Matching words reads an inverted index and rows of 100 bytes, never the texts.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from coalition.core.geo import cell

WORDS = """
-- Words belong in the side store of the table, so that a row found costs a hundred bytes to visit. PostgreSQL puts there
-- only what a row of more than 2,000 bytes holds: each row gets as many spaces, which it compresses to some thirty bytes.
ALTER TABLE cases_cataloguewords ADD COLUMN room text NOT NULL DEFAULT repeat(' ', 2100);
ALTER TABLE cases_cataloguewords SET (toast_tuple_target = 128);
ALTER TABLE cases_cataloguewords ADD CONSTRAINT catalogue_words_of_a_row
    FOREIGN KEY (page_id) REFERENCES cases_catalogueentry (page_id) ON DELETE CASCADE;

CREATE FUNCTION cases_catalogue_words(title text, summary text, story text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT setweight(to_tsvector('french'::regconfig, title), 'A')
        || setweight(to_tsvector('french'::regconfig, summary), 'B')
        || setweight(to_tsvector('french'::regconfig, story), 'D')
        || setweight(to_tsvector('english'::regconfig, title), 'A')
        || setweight(to_tsvector('english'::regconfig, summary), 'B')
        || setweight(to_tsvector('english'::regconfig, story), 'D')
$$;
CREATE FUNCTION cases_catalogue_write_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_cataloguewords (page_id, title, words) VALUES (
        NEW.page_id,
        cases_catalogue_words(NEW.folded_title, '', ''),
        cases_catalogue_words(NEW.folded_title, NEW.folded_summary, NEW.folded_body)
    ) ON CONFLICT (page_id) DO UPDATE SET title = excluded.title, words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER catalogue_first_words AFTER INSERT ON cases_catalogueentry
    FOR EACH ROW EXECUTE FUNCTION cases_catalogue_write_words();
CREATE TRIGGER catalogue_other_words AFTER UPDATE OF folded_title, folded_summary, folded_body ON cases_catalogueentry
    FOR EACH ROW WHEN ((OLD.folded_title, OLD.folded_summary, OLD.folded_body)
        IS DISTINCT FROM (NEW.folded_title, NEW.folded_summary, NEW.folded_body))
    EXECUTE FUNCTION cases_catalogue_write_words();

-- Rows whose words answer, and whose title does, four bytes a row. The planner believes that reading the whole of a narrow
-- table is cheap and does not count the texts kept aside that it would have to open: it must take the inverted index.
CREATE FUNCTION cases_catalogue_matching(asked tsquery, OUT anywhere bytea, OUT in_title bytea)
    LANGUAGE sql STABLE SET enable_seqscan = off SET jit = off AS $$
    SELECT (SELECT string_agg(int4send(page_id::int4), ''::bytea) FROM cases_cataloguewords WHERE words @@ asked),
           (SELECT string_agg(int4send(page_id::int4), ''::bytea) FROM cases_cataloguewords WHERE title @@ asked)
$$;
"""
NO_WORDS = """
DROP FUNCTION cases_catalogue_matching(tsquery);
DROP TRIGGER catalogue_other_words ON cases_catalogueentry;
DROP TRIGGER catalogue_first_words ON cases_catalogueentry;
DROP FUNCTION cases_catalogue_write_words();
DROP FUNCTION cases_catalogue_words(text, text, text);
"""
CHANGES = """
CREATE FUNCTION cases_catalogue_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_cataloguechange (page_id, transaction)
        SELECT page_id, pg_current_xact_id()::text::bigint FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER catalogue_written AFTER INSERT ON cases_catalogueentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cases_catalogue_note_change();
CREATE TRIGGER catalogue_rewritten AFTER UPDATE ON cases_catalogueentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cases_catalogue_note_change();
CREATE TRIGGER catalogue_deleted AFTER DELETE ON cases_catalogueentry REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION cases_catalogue_note_change();

CREATE FUNCTION cases_catalogue_note_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_cataloguechange (page_id, transaction) VALUES (NULL, pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
CREATE TRIGGER catalogue_emptied AFTER TRUNCATE ON cases_catalogueentry
    FOR EACH STATEMENT EXECUTE FUNCTION cases_catalogue_note_emptying();
"""
NO_CHANGES = """
DROP TRIGGER catalogue_emptied ON cases_catalogueentry;
DROP TRIGGER catalogue_deleted ON cases_catalogueentry;
DROP TRIGGER catalogue_rewritten ON cases_catalogueentry;
DROP TRIGGER catalogue_written ON cases_catalogueentry;
DROP FUNCTION cases_catalogue_note_emptying();
DROP FUNCTION cases_catalogue_note_change();
"""
MENU = """
-- The foot of every page lists the pages of the menu; without this it would read every case to find them.
CREATE INDEX pages_in_menus ON wagtailcore_page (path) WHERE live AND show_in_menus
"""
FILL = """
INSERT INTO cases_cataloguewords (page_id, title, words)
SELECT page_id, cases_catalogue_words(folded_title, '', ''),
       cases_catalogue_words(folded_title, folded_summary, folded_body)
FROM cases_catalogueentry
"""


def place(apps, schema_editor):
    """The cell of the rows that are there already."""
    entries = apps.get_model("cases", "CatalogueEntry").objects.only("latitude", "longitude")
    rows = list(entries.filter(latitude__isnull=False, longitude__isnull=False))
    for row in rows:
        row.cell = cell(row.latitude, row.longitude)
    entries.bulk_update(rows, ["cell"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_place")]

    operations = [
        migrations.RemoveIndex(model_name="catalogueentry", name="catalogue_search"),
        migrations.RemoveField(model_name="catalogueentry", name="search"),
        migrations.AddField(
            model_name="catalogueentry", name="cell", field=models.CharField(blank=True, max_length=8, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="CatalogueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page_id", models.BigIntegerField(null=True)),
                ("transaction", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["transaction"], name="catalogue_changes")]},
        ),
        migrations.CreateModel(
            name="CatalogueWords",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True,
                        related_name="words", serialize=False, to="cases.catalogueentry",
                    ),
                ),
                ("title", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["title"], name="catalogue_title_words"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="catalogue_words"
                    ),
                ],
            },
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(CHANGES, NO_CHANGES),
        migrations.RunSQL(MENU, "DROP INDEX pages_in_menus"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
