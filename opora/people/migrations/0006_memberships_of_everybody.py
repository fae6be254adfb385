from django.db import migrations


def fill(apps, schema_editor):
    """Everybody who has an organization belongs to it."""
    person = apps.get_model("people", "Person")
    membership = apps.get_model("people", "OrganizationMembership")
    rows = person.objects.filter(organization__isnull=False).values_list("pk", "organization_id", "created_at")
    batch = []
    for pk, organization_id, created_at in rows.iterator(5000):
        batch.append(membership(person_id=pk, organization_id=organization_id, is_default=True, created_at=created_at))
        if len(batch) == 5000:
            membership.objects.bulk_create(batch)
            batch = []
    membership.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_profiles_and_memberships")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
