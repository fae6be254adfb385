from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.people.models import Group, Person
from opora.routing.models.line import ChecklistItem
from opora.tickets.models import Attachment, Ticket


class Escalation(models.Model):
    """One hand-over of a ticket to another group: who asked, who answered, and when.

    `from_group` and `from_person` are who had the ticket before, to whom it goes back.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("escalation", "Waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("escalation", "Accepted")
        REJECTED = "rejected", pgettext_lazy("escalation", "Rejected")
        HANDED_BACK = "handed_back", pgettext_lazy("escalation", "Handed back")
        WITHDRAWN = "withdrawn", pgettext_lazy("escalation", "Withdrawn")

    class Refusal(models.TextChoices):
        INCOMPLETE = "incomplete", pgettext_lazy("rejection", "Information is missing")
        NOT_OURS = "not_ours", pgettext_lazy("rejection", "Not for this group")
        KNOWN = "known", pgettext_lazy("rejection", "Known already, there is a workaround")
        CAN_BE_SOLVED = "can_be_solved", pgettext_lazy("rejection", "The sender can solve it")
        OTHER = "other", pgettext_lazy("rejection", "Something else")

    UNDER_WAY = (State.OPEN, State.ACCEPTED)

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    from_group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    to_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="escalations")
    takes_over = models.BooleanField(default=True)
    state = models.CharField(max_length=11, choices=State, default=State.OPEN)
    reason = models.TextField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=14, choices=Refusal, blank=True, default="")
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "to_group"],
                condition=Q(state__in=["open", "accepted"]),
                name="escalation_one_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["to_group", "state", "-id"], name="escalation_group"),
            models.Index(fields=["state", "-id"], name="escalation_state"),
            models.Index(fields=["to_group", "opened_at"], name="escalation_opened"),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} to {self.to_group}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class ChecklistAnswer(models.Model):
    """What the sender answered to one item. The item's words are kept, for the list may change."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=6, choices=ChecklistItem.Kind)
    text = models.TextField(blank=True, default="")
    attachment = models.ForeignKey(Attachment, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.title}: {self.text[:40]}"
