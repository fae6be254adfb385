from django.db import models
from django.db.models import Q
from django.urls import reverse

from opora.core import clock
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.notifications.kinds import KINDS, About, Kind
from opora.people.models import Person
from opora.tickets.models import Ticket


class Notification(models.Model):
    """One thing that one person is told. What happened stands in its event, so nothing personal is kept twice.

    `is_shown` is false for what goes out by mail only. `mail_due_at` is set while a mail is owed: when it is next
    to be tried; `mailed_at` says that it was handed over. Without a ticket it is about the desk itself.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    comment_id = models.BigIntegerField(null=True)
    is_shown = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event", "kind"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_person", condition=Q(is_shown=True)),
            models.Index(
                fields=["person", "ticket"],
                name="notification_unread",
                condition=Q(is_shown=True, read_at__isnull=True),
            ),
            models.Index(
                fields=["mail_due_at"], name="notification_mail", condition=Q(mail_due_at__isnull=False)
            ),
            models.Index(fields=["created_at"], name="notification_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of ticket {self.ticket_id} to {self.person_id}"

    @property
    def about(self) -> About:
        return KINDS[Kind(self.kind)]

    def get_absolute_url(self) -> str:
        return reverse("notifications:notification", args=[self.pk])

    @property
    def place(self) -> str:
        """The path of what it is about: the comment on the ticket's page, the page, or that of the desk's own matter."""
        if self.ticket_id is None:
            return FACTS[self.event.kind].link(self.event.subject_id)
        page = reverse("tickets:ticket", args=[self.ticket_id])
        return f"{page}#comment-{self.comment_id}" if self.comment_id else page
