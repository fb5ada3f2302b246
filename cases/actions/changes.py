"""The lines that note each change of the catalogue: how many are kept."""

from django.db import connection, transaction

KEPT = 20_000
"""Lines a process may have to read to catch up; one that missed more reads the catalogue anew, which costs less."""

DROP = """
WITH dropped AS (
    DELETE FROM cases_cataloguechange
    WHERE id <= (SELECT max(id) FROM cases_cataloguechange) - %s
        AND transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    RETURNING transaction
), marked AS (
    INSERT INTO cases_cataloguechange (page_id, transaction)
    SELECT NULL, max(transaction) FROM dropped HAVING count(*) > 0
)
SELECT count(*) FROM dropped
"""


@transaction.atomic
def drop_old_changes() -> int:
    """Drop all lines but the KEPT latest, and leave one that says up to which transaction; how many were dropped.

    Lines of transactions that some process may not have seen yet, because an older one still runs, stay.
    """
    with connection.cursor() as cursor:
        cursor.execute(DROP, [KEPT])
        return int(cursor.fetchone()[0])
