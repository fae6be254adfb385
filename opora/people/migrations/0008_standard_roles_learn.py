from django.db import migrations

LATER = {
    "team_lead": {"api.use", "promises.read", "settings.routing", "settings.rules", "team.lead"},
    "agent": {"api.use"},
}
"""What newer versions added to standard roles. Administrators have everything by their kind, with nothing written."""


def learn(apps, schema_editor):
    """Standard roles of desks that exist get what the same roles have on new desks.

    What a desk took away from a role on purpose, as its log says, stays away; roles of its own stay as they are.
    """
    role, event = apps.get_model("people", "Role"), apps.get_model("events", "Event")
    for one in role.objects.filter(kind__in=LATER):
        saved = event.objects.filter(subject_kind="role", subject_id=one.pk).values_list("body", flat=True)
        missing = LATER[one.kind] - set(one.permissions) - taken_away(saved)
        if missing:
            one.permissions = sorted({*one.permissions, *missing})
            one.save(update_fields=["permissions"])


def taken_away(bodies):
    """Return the permissions that somebody removed from a role at some time."""
    found = set()
    for body in bodies:
        before, after = body.get("changes", {}).get("permissions", ([], []))
        found |= set(before or ()) - set(after or ())
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0001_initial"),
        ("people", "0007_numbers_apart"),
    ]

    operations = [migrations.RunPython(learn, migrations.RunPython.noop, elidable=True)]
