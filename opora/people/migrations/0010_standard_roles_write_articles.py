from importlib import import_module

from django.db import migrations

LATER = {
    "team_lead": {"knowledge.write", "knowledge.publish", "settings.knowledge"},
    "agent": {"knowledge.write"},
}
"""What came with the help center."""

taken_away = import_module("opora.people.migrations.0008_standard_roles_learn").taken_away


def learn(apps, schema_editor):
    """Standard roles of desks that exist get what the same roles have on new desks; what was taken away stays away."""
    role, event = apps.get_model("people", "Role"), apps.get_model("events", "Event")
    for one in role.objects.filter(kind__in=LATER):
        saved = event.objects.filter(subject_kind="role", subject_id=one.pk).values_list("body", flat=True)
        missing = LATER[one.kind] - set(one.permissions) - taken_away(saved)
        if missing:
            one.permissions = sorted({*one.permissions, *missing})
            one.save(update_fields=["permissions"])


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0001_initial"),
        ("people", "0009_conditions_and_privacy"),
    ]

    operations = [migrations.RunPython(learn, migrations.RunPython.noop, elidable=True)]
