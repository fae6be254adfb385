from django.db import models

from opora.tickets.models.ticket import Ticket


class TicketMetric(models.Model):
    """What the log says of a ticket so far: a projection, rebuilt by replay.

    Counts replies as the field does: `replies` are public comments of colleagues.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="metric")
    comments = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    reopens = models.PositiveIntegerField(default=0)
    group_stations = models.PositiveIntegerField(default=0)
    assignee_stations = models.PositiveIntegerField(default=0)
    first_reply_at = models.DateTimeField(null=True)
    status_changed_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    first_assigned_at = models.DateTimeField(null=True)
    first_solved_at = models.DateTimeField(null=True)
    last_solved_at = models.DateTimeField(null=True)
    last_customer_at = models.DateTimeField(null=True)
    last_agent_at = models.DateTimeField(null=True)
    last_comment_at = models.DateTimeField(null=True)
    last_comment_id = models.BigIntegerField(default=0)
    last_author = models.CharField(max_length=255, default="")
    last_words = models.CharField(max_length=200, default="")
    last_is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"metric of {self.ticket_id}"
