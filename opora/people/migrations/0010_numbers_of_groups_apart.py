"""On SQLite the table of groups was made anew by the migration before, and began to count from 1 again.

Groups that have got a number keep it; the next ones begin where 0007 says.
"""

from importlib import import_module

from django.db import migrations

begin_apart = import_module("opora.people.migrations.0007_numbers_apart").begin_apart


class Migration(migrations.Migration):
    dependencies = [("people", "0009_conditions_and_privacy")]
    operations = [migrations.RunPython(begin_apart, migrations.RunPython.noop)]
