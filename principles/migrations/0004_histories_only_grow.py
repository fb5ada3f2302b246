"""Wordings, the history of positions and minority opinions only grow, whoever asks the database.

Their keys to an account or an organisation may move, for a person who is erased and for organisations that become one.
What was proposed before wordings were kept gets its first one.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION principles_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (to_jsonb(NEW) - 'organisation_id' - 'author_id' - 'given_by_id') =
            (to_jsonb(OLD) - 'organisation_id' - 'author_id' - 'given_by_id')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'this history is append only (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER wording_append_only BEFORE UPDATE OR DELETE ON principles_wording
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_rewriting();
CREATE TRIGGER position_entry_append_only BEFORE UPDATE OR DELETE ON principles_positionentry
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_rewriting();
CREATE TRIGGER minority_append_only BEFORE UPDATE OR DELETE ON principles_minorityopinion
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_rewriting();

INSERT INTO principles_wording (
    amendment_id, number, cause, base_version_id, after_key, article_title_fr, article_title_en, text_fr, text_en,
    note, language, author_id, organisation_id, created_at
)
SELECT id, 1, 'proposed', base_version_id, '', '', '', text_fr, text_en, '', '', author_id, organisation_id, opened_at
FROM principles_amendment WHERE opened_at IS NOT NULL;
UPDATE principles_amendment SET wording = 1, submitted_at = opened_at WHERE opened_at IS NOT NULL;
"""

BACKWARD = """
DROP TRIGGER minority_append_only ON principles_minorityopinion;
DROP TRIGGER position_entry_append_only ON principles_positionentry;
DROP TRIGGER wording_append_only ON principles_wording;
DROP FUNCTION principles_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [("principles", "0003_amendments_and_positions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
