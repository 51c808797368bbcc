"""The database itself refuses to change or remove reported figures and batches.

SQLite: to change only, since tests empty its tables by removing rows, and the querysets refuse that. A later migration
that makes one of these tables anew on SQLite drops its triggers, and must run `refuse` again.
"""

from django.db import migrations

TABLES = ("assessment_figure", "assessment_batch")
_FUNCTION = """
CREATE OR REPLACE FUNCTION assessment_kept() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql
"""


def refuse(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION, params=None)
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION assessment_kept()"
            )
        else:
            editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )


def allow(apps, editor):
    for table in TABLES:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept{on}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS assessment_kept()")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
