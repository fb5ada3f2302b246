"""The log of acts only grows, whoever asks the database: a line is neither changed nor deleted.

One exception, for a person who is erased: the line may forget who acted, and the name it had for the object.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
        AND (NEW.label = '' OR NEW.label = OLD.label)
        AND (NEW.id, NEW.action, NEW.object_id, NEW.created_at) IS NOT DISTINCT FROM
            (OLD.id, OLD.action, OLD.object_id, OLD.created_at)
        AND (NEW.object_type_id IS NULL OR NEW.object_type_id = OLD.object_type_id)
        AND NEW.data = OLD.data
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of acts is append only (% on %)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON core_auditline
    FOR EACH ROW EXECUTE FUNCTION core_refuse_audit_change();
"""

BACKWARD = """
DROP TRIGGER audit_append_only ON core_auditline;
DROP FUNCTION core_refuse_audit_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_personal_data_and_attachments")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
