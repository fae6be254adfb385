from django.db import migrations, models
from django.db.models import OuterRef, Subquery

MOVES = ["ticket.status_changed", "ticket.solved", "ticket.reopened", "ticket.closed"]


def read_the_log(apps, schema_editor):
    """Fill the new columns of the projection with what a replay would: the last move and the last assignment."""
    event, metric = apps.get_model("events", "Event"), apps.get_model("tickets", "TicketMetric")
    about = event.objects.filter(subject_kind="ticket", subject_id=OuterRef("pk")).order_by("-id")
    moved = about.filter(kind__in=["ticket.created", *MOVES]).values("occurred_at")[:1]
    metric.objects.update(status_changed_at=Subquery(moved))
    assignee = event.objects.filter(kind__in=["ticket.created", "ticket.assigned"]).order_by("id")
    for ticket_id, at, body in assignee.values_list("subject_id", "occurred_at", "body").iterator():
        given = body.get("assignee_id")
        if given and given != body.get("before_assignee_id"):
            metric.objects.filter(pk=ticket_id).update(assigned_at=at)


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0001_initial"),
        ("tickets", "0003_forward_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticketmetric",
            name="assigned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="ticketmetric",
            name="status_changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(read_the_log, migrations.RunPython.noop, elidable=True),
    ]
