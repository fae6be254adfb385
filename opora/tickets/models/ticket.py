from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.people.models import Brand, Group, Organization, Person
from opora.tickets.models.form import TicketForm
from opora.tickets.models.status import Category, Status
from opora.tickets.models.tag import Tag


class Priority(models.IntegerChoices):
    LOW = 1, pgettext_lazy("priority", "Low")
    NORMAL = 2, pgettext_lazy("priority", "Normal")
    HIGH = 3, pgettext_lazy("priority", "High")
    URGENT = 4, pgettext_lazy("priority", "Urgent")

    @property
    def word(self) -> str:
        return self.name.lower()


class TicketType(models.IntegerChoices):
    QUESTION = 1, pgettext_lazy("ticket type", "Question")
    INCIDENT = 2, pgettext_lazy("ticket type", "Incident")
    PROBLEM = 3, pgettext_lazy("ticket type", "Problem")
    TASK = 4, pgettext_lazy("ticket type", "Task")

    @property
    def word(self) -> str:
        return self.name.lower()


LIST_COLUMNS = [
    "id", "subject", "category", "priority", "type", "created_at", "updated_at", "due_at", "solved_at", "removed_at",
    "removed_as", "status__category", "status__name", "requester__name", "requester__email", "requester__photo",
    "assignee__name", "assignee__email", "assignee__photo", "group__name", "brand__name", "brand__hue", "metric__last_words",
    "metric__last_comment_id", "metric__last_comment_at", "metric__last_customer_at", "metric__replies",
]  # fmt: skip
"""What rows of lists show; the rest of six tables is not read for each of fifty rows."""
LIST_RELATED = ["status", "requester", "assignee", "group", "brand", "metric"]
"""The tables they come from. A room that shows more in lists adds to both when it is ready."""


class TicketQuerySet(models.QuerySet["Ticket"]):
    def live(self) -> "TicketQuerySet":
        """Tickets that are neither deleted nor spam."""
        return self.filter(removed_at__isnull=True)

    def for_list(self) -> "TicketQuerySet":
        """With all that a row of a list shows, in a constant number of queries."""
        related = self.select_related(*LIST_RELATED)
        return related.only(*LIST_COLUMNS).prefetch_related("tags")


_LIVE = Q(removed_at__isnull=True)
_UNSOLVED = Q(removed_at__isnull=True, category__lt=Category.SOLVED)


class Ticket(models.Model):
    """One matter of one requester. Its number is its id.

    `category` repeats the status's category, so that lists are found by index. `removed_at` is set on deleted
    tickets, on spam, and on those whose content was removed for good (`removed_as` says which).
    """

    class Removed(models.TextChoices):
        DELETED = "deleted"
        SPAM = "spam"
        ERASED = "erased"

    subject = models.CharField(max_length=255)
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.PositiveSmallIntegerField(choices=Category, default=Category.NEW)
    priority = models.PositiveSmallIntegerField(choices=Priority, null=True, blank=True)
    type = models.PositiveSmallIntegerField(choices=TicketType, null=True, blank=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    form = models.ForeignKey(
        TicketForm, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requested", db_index=False)
    submitter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="tickets", db_index=False
    )
    channel = models.CharField(max_length=12, default="web")
    received_at = models.CharField(max_length=254, blank=True, default="")
    locale = models.CharField(max_length=10, blank=True, default="")
    external_id = models.CharField(max_length=255, blank=True, default="")
    due_at = models.DateTimeField(null=True, blank=True)
    problem = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="incidents", db_index=False
    )
    follow_up_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="follow_ups", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged_from", db_index=False
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_as = models.CharField(max_length=8, choices=Removed, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    tags = models.ManyToManyField(Tag, through="TicketTag", related_name="tickets")

    objects = TicketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["updated_at", "id"], name="ticket_updated"),
            models.Index(fields=["updated_at", "id"], name="live_updated", condition=_LIVE),
            models.Index(fields=["created_at", "id"], name="live_created", condition=_LIVE),
            models.Index(fields=["updated_at", "id"], name="unsolved_updated", condition=_UNSOLVED),
            models.Index(fields=["created_at", "id"], name="unsolved_created", condition=_UNSOLVED),
            models.Index(fields=["priority", "id"], name="unsolved_priority", condition=_UNSOLVED),
            models.Index(
                fields=["due_at", "id"], name="unsolved_due", condition=_UNSOLVED & Q(due_at__isnull=False)
            ),
            models.Index(fields=["id"], name="unsolved_number", condition=_UNSOLVED),
            models.Index(
                fields=["assignee", "created_at", "id"], name="unsolved_of_created", condition=_UNSOLVED
            ),
            models.Index(
                fields=["assignee", "updated_at", "id"], name="unsolved_of_updated", condition=_UNSOLVED
            ),
            models.Index(fields=["category", "updated_at", "id"], name="live_category", condition=_LIVE),
            models.Index(
                fields=["category", "created_at", "id"], name="live_category_created", condition=_LIVE
            ),
            models.Index(
                fields=["category", "priority", "id"], name="live_category_priority", condition=_LIVE
            ),
            models.Index(fields=["category", "id"], name="live_category_number", condition=_LIVE),
            models.Index(
                fields=["assignee", "category", "updated_at"], name="live_assignee", condition=_LIVE
            ),
            models.Index(fields=["group", "category", "updated_at"], name="live_group", condition=_LIVE),
            models.Index(fields=["brand", "category", "updated_at"], name="live_brand", condition=_LIVE),
            models.Index(fields=["requester", "created_at"], name="ticket_requester"),
            models.Index(fields=["organization", "created_at"], name="ticket_organization"),
            models.Index(
                fields=["solved_at", "id"], name="ticket_solved", condition=Q(solved_at__isnull=False)
            ),
            models.Index(fields=["removed_at"], name="ticket_removed", condition=Q(removed_at__isnull=False)),
            models.Index(
                fields=["merged_into"], name="ticket_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(
                fields=["follow_up_of"], name="ticket_follow_up", condition=Q(follow_up_of__isnull=False)
            ),
            models.Index(fields=["problem"], name="ticket_problem", condition=Q(problem__isnull=False)),
            models.Index(fields=["external_id"], name="ticket_external", condition=~Q(external_id="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("tickets:ticket", args=[self.pk])

    @property
    def is_solved(self) -> bool:
        return self.category >= Category.SOLVED

    @property
    def is_closed(self) -> bool:
        return self.category == Category.CLOSED

    @property
    def is_unsolved_work(self) -> bool:
        """Whether it is our turn: new or open."""
        return self.category in (Category.NEW, Category.OPEN)
