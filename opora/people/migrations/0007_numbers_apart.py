"""Numbers of people, organizations and groups begin apart from each other and from those of tickets.

Programs that keep what they have read by number alone would otherwise take one for the other.
"""

from django.db import migrations

BEGINNINGS = {"people_person": 10_000_000_000, "people_organization": 20_000_000_000, "people_group": 30_000_000_000}


def begin_apart(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for table, beginning in BEGINNINGS.items():
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
            if cursor.fetchone()[0] >= beginning:
                continue
            if schema_editor.connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} ALTER COLUMN id RESTART WITH {beginning + 1}")
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, beginning])


class Migration(migrations.Migration):
    dependencies = [("people", "0006_memberships_of_everybody")]
    operations = [migrations.RunPython(begin_apart, migrations.RunPython.noop)]
