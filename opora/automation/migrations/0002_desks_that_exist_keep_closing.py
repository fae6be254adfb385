from django.db import migrations

DAYS = 4
CLOSED = 5


def keep_closing(apps, schema_editor):
    """Solved tickets were closed by a timer; on a desk that is in use the automation takes over, as it was."""
    desk, status = apps.get_model("people", "Desk"), apps.get_model("tickets", "Status")
    rule, version = apps.get_model("automation", "Rule"), apps.get_model("automation", "RuleVersion")
    found = desk.objects.first()
    closed = status.objects.filter(category=CLOSED, is_default=True).first()
    if found is None or closed is None or rule.objects.exists():
        return
    titles = {
        "uk": "Закривати вирішені звернення через 4 дні",
        "ru": "Закрывать решённые обращения через 4 дня",
    }
    fields = {
        "title": titles.get(found.locale, "Close solved tickets after 4 days"),
        "conditions": {"all": [{"field": "hours_solved", "operator": "greater_than", "value": 24 * DAYS}], "any": []},
        "steps": [{"field": "status", "value": str(closed.pk)}],
    }
    made = rule.objects.create(kind="automation", version=1, **fields)
    version.objects.create(rule=made, number=1, saved_by="Opora", **fields)


def let_leads_change_rules(apps, schema_editor):
    """The permission is new; team leads have it from the start on new desks."""
    role = apps.get_model("people", "Role")
    for lead in role.objects.filter(kind="team_lead"):
        if "settings.rules" not in lead.permissions:
            lead.permissions = sorted([*lead.permissions, "settings.rules"])
            lead.save()


class Migration(migrations.Migration):

    dependencies = [
        ("automation", "0001_initial"),
        ("people", "0002_next_ticket_when_asked"),
        ("tickets", "0004_metric_moments"),
    ]

    operations = [
        migrations.RunPython(keep_closing, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(let_leads_change_rules, migrations.RunPython.noop, elidable=True),
    ]
