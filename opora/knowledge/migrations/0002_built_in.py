from django.db import migrations

SIGNED_IN, STAFF = "Signed-in users", "Agents and managers"


def build_in(apps, schema_editor):
    """The audiences and the permission group that every desk has."""
    segment, group = apps.get_model("knowledge", "Segment"), apps.get_model("knowledge", "PermissionGroup")
    segment.objects.create(name=SIGNED_IN, kind="signed_in_users", is_built_in=True)
    staff = segment.objects.create(name=STAFF, kind="staff", is_built_in=True)
    made = group.objects.create(name=STAFF, is_built_in=True)
    made.editors.add(staff)
    made.publishers.add(staff)


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0001_initial")]

    operations = [migrations.RunPython(build_in, migrations.RunPython.noop)]
