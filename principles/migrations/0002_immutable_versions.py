"""A version, once written, can be neither changed nor deleted, nor given another article, whoever asks the database."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION principles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of the charter is immutable (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION principles_refuse_late_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM principles_version AS written
        JOIN principles_charter AS charter ON charter.id = written.charter_id
        JOIN principles_version AS current ON current.id = charter.current_version_id
        WHERE written.id = NEW.version_id AND current.number >= written.number
    ) THEN
        RAISE EXCEPTION 'a version of the charter is immutable (% on %)', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_immutable BEFORE UPDATE OR DELETE ON principles_version
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_change();
CREATE TRIGGER article_immutable BEFORE UPDATE OR DELETE ON principles_versionarticle
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_change();
CREATE TRIGGER article_in_time BEFORE INSERT ON principles_versionarticle
    FOR EACH ROW EXECUTE FUNCTION principles_refuse_late_article();
"""

BACKWARD = """
DROP TRIGGER article_in_time ON principles_versionarticle;
DROP TRIGGER article_immutable ON principles_versionarticle;
DROP TRIGGER version_immutable ON principles_version;
DROP FUNCTION principles_refuse_late_article();
DROP FUNCTION principles_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("principles", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
