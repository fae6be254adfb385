"""Numbers of groups begin apart again, and people are known by names elsewhere.

On SQLite the table of groups was made anew by the migration before, and began to count from 1. Groups that have got a
number keep it; the next ones begin where 0007 says.
"""

from importlib import import_module

from django.db import migrations, models

begin_apart = import_module("opora.people.migrations.0007_numbers_apart").begin_apart
KINDS = [
    ("email", "E-mail"), ("phone", "Phone"), ("twitter", "X (Twitter)"), ("facebook", "Facebook"), ("google", "Google"),
    ("microsoft", "Microsoft"), ("agent_forwarding", "Forwarding number"), ("any_channel", "Another channel"),
    ("messaging", "Messenger"), ("sdk", "Mobile app"), ("foreign", "Account elsewhere"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("people", "0010_standard_roles_write_articles")]
    operations = [
        migrations.RunPython(begin_apart, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="identity",
            name="kind",
            field=models.CharField(choices=KINDS, default="email", max_length=20),
        ),
    ]
