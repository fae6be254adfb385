"""What webhooks can be subscribed to: names of the Zendesk vocabulary, each with the fact of ours it stands for.

The names and the shapes of `event` follow the vendor's reference "Webhook event types". A type that is not here is
not told, and cannot be subscribed to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from opora.events.fact import Fact
from opora.people.events import (
    ColleagueDeactivated,
    ColleagueReactivated,
    IdentityAdded,
    IdentityRemoved,
    OrganizationSaved,
    PersonChanged,
    PersonCreated,
    PersonMerged,
    PersonSuspended,
    PersonUnsuspended,
)
from opora.tickets.events import (
    CommentRedacted,
    StatusMoved,
    TicketAssigned,
    TicketChanged,
    TicketCommented,
    TicketCreated,
    TicketDeleted,
    TicketMarkedSpam,
    TicketMerged,
    TicketRestored,
)
from opora.webhooks.payloads import changes

BY_RULES = "conditional_ticket_events"
"""The subscription of webhooks that triggers and automations call."""
PREFIX = "zen:event-type:"


@dataclass(frozen=True)
class EventType:
    """A kind of event. `occurs` says whether a fact is one; `tell` gives the `event` object of its envelope."""

    short: str
    facts: tuple[type[Fact], ...]
    label: str | Promise
    occurs: Callable[[Any], bool] = lambda fact: True
    tell: Callable[[Any], dict[str, Any]] = lambda fact: {}

    @property
    def name(self) -> str:
        return PREFIX + self.short

    @property
    def domain(self) -> str:
        """What it is about: ticket, user or organization."""
        return self.short.partition(".")[0]


def _property(
    short: str, field: str, label: str | Promise, tell: Callable[[Any], dict[str, Any]]
) -> EventType:
    return EventType(short, (TicketChanged,), label, lambda fact: fact.field == field, tell)


def _profile(short: str, field: str, label: str | Promise) -> EventType:
    return EventType(
        short, (PersonChanged,), label, lambda fact: field in fact.changes, changes.of_field(field)
    )


_TABLE = (
    EventType("ticket.created", (TicketCreated,), pgettext_lazy("webhook event", "Ticket created")),
    EventType(
        "ticket.comment_added",
        (TicketCommented,),
        pgettext_lazy("webhook event", "Comment added"),
        tell=changes.comment,
    ),
    EventType(
        "ticket.comment_redacted",
        (CommentRedacted,),
        pgettext_lazy("webhook event", "Comment removed"),
        tell=changes.comment,
    ),
    EventType(
        "ticket.status_changed",
        (StatusMoved,),
        pgettext_lazy("webhook event", "Status changed"),
        lambda fact: fact.before != fact.after,
        changes.words,
    ),
    EventType(
        "ticket.agent_assignment_changed",
        (TicketAssigned,),
        pgettext_lazy("webhook event", "Assignee changed"),
        lambda fact: fact.assignee_id != fact.before_assignee_id,
        changes.assignee,
    ),
    EventType(
        "ticket.group_assignment_changed",
        (TicketAssigned,),
        pgettext_lazy("webhook event", "Group changed"),
        lambda fact: fact.group_id != fact.before_group_id,
        changes.group,
    ),
    _property(
        "ticket.priority_changed",
        "priority",
        pgettext_lazy("webhook event", "Priority changed"),
        changes.words,
    ),
    _property("ticket.type_changed", "type", pgettext_lazy("webhook event", "Type changed"), changes.words),
    _property(
        "ticket.subject_changed", "subject", pgettext_lazy("webhook event", "Subject changed"), changes.plain
    ),
    _property("ticket.tags_changed", "tags", pgettext_lazy("webhook event", "Tags changed"), changes.tags),
    EventType(
        "ticket.custom_field_changed",
        (TicketChanged,),
        pgettext_lazy("webhook event", "Custom field changed"),
        lambda fact: fact.field.startswith("field_"),
        changes.custom_field,
    ),
    _property(
        "ticket.brand_changed", "brand", pgettext_lazy("webhook event", "Brand changed"), changes.plain
    ),
    _property("ticket.form_changed", "form", pgettext_lazy("webhook event", "Form changed"), changes.plain),
    _property(
        "ticket.requester_changed",
        "requester",
        pgettext_lazy("webhook event", "Requester changed"),
        changes.plain,
    ),
    _property(
        "ticket.organization_changed",
        "organization",
        pgettext_lazy("webhook event", "Organization of the ticket changed"),
        changes.plain,
    ),
    _property(
        "ticket.task_due_at_changed",
        "due_at",
        pgettext_lazy("webhook event", "Due date changed"),
        changes.moments,
    ),
    _property(
        "ticket.external_id_changed",
        "external_id",
        pgettext_lazy("webhook event", "External number changed"),
        changes.plain,
    ),
    EventType(
        "ticket.merged",
        (TicketMerged,),
        pgettext_lazy("webhook event", "Ticket merged into another"),
        tell=lambda fact: {"target_ticket_id": str(fact.into_id)},
    ),
    EventType(
        "ticket.marked_as_spam", (TicketMarkedSpam,), pgettext_lazy("webhook event", "Ticket marked as spam")
    ),
    EventType("ticket.soft_deleted", (TicketDeleted,), pgettext_lazy("webhook event", "Ticket deleted")),
    EventType("ticket.undeleted", (TicketRestored,), pgettext_lazy("webhook event", "Ticket restored")),
    EventType("user.created", (PersonCreated,), pgettext_lazy("webhook event", "Person added")),
    EventType(
        "user.active_changed",
        (ColleagueDeactivated, ColleagueReactivated),
        pgettext_lazy("webhook event", "Colleague deactivated or reactivated"),
        tell=lambda fact: changes.switch(isinstance(fact, ColleagueReactivated)),
    ),
    EventType(
        "user.suspended_changed",
        (PersonSuspended, PersonUnsuspended),
        pgettext_lazy("webhook event", "Person suspended or let write again"),
        tell=lambda fact: changes.switch(isinstance(fact, PersonSuspended)),
    ),
    EventType(
        "user.merged",
        (PersonMerged,),
        pgettext_lazy("webhook event", "Person merged into another"),
        tell=lambda fact: {"user": {"id": str(fact.into_id)}},
    ),
    EventType(
        "user.identity_created",
        (IdentityAdded,),
        pgettext_lazy("webhook event", "Address of a person added"),
        tell=changes.identity,
    ),
    EventType(
        "user.identity_deleted",
        (IdentityRemoved,),
        pgettext_lazy("webhook event", "Address of a person removed"),
        tell=changes.identity,
    ),
    _profile("user.name_changed", "name", pgettext_lazy("webhook event", "Name of a person changed")),
    _profile("user.notes_changed", "notes", pgettext_lazy("webhook event", "Note on a person changed")),
    _profile(
        "user.time_zone_changed", "time_zone", pgettext_lazy("webhook event", "Time zone of a person changed")
    ),
    _profile(
        "user.external_id_changed",
        "external_id",
        pgettext_lazy("webhook event", "External number of a person changed"),
    ),
    EventType(
        "organization.created",
        (OrganizationSaved,),
        pgettext_lazy("webhook event", "Organization added"),
        lambda fact: fact.created,
    ),
    EventType(
        "organization.name_changed",
        (OrganizationSaved,),
        pgettext_lazy("webhook event", "Organization renamed"),
        lambda fact: not fact.created and "name" in fact.changes,
        changes.of_field("name"),
    ),
    EventType(
        "organization.external_id_changed",
        (OrganizationSaved,),
        pgettext_lazy("webhook event", "External number of an organization changed"),
        lambda fact: not fact.created and "external_id" in fact.changes,
        changes.of_field("external_id"),
    ),
)

EVENT_TYPES = {kind.name: kind for kind in _TABLE}
FACTS = tuple(dict.fromkeys(fact for kind in _TABLE for fact in kind.facts))


def types_of(fact: Fact) -> Iterator[EventType]:
    """Yield the kinds of event that the fact is; most facts are one, an assignment may be two."""
    return (kind for kind in _TABLE if isinstance(fact, kind.facts) and kind.occurs(fact))


def label_of(event_type: str) -> str:
    """Return what a webhook was told, or is subscribed to, as people read it; "" stands for the call of a rule.

    The stored name is returned where this version does not know it.
    """
    if not event_type:
        return str(pgettext_lazy("webhook event", "Called by a rule"))
    if event_type == BY_RULES:
        return str(pgettext_lazy("webhook event", "Called by triggers and automations"))
    known = EVENT_TYPES.get(event_type)
    return str(known.label) if known else event_type
