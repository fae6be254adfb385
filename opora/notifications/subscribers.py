"""Who is told of which event."""

import re

from opora.channels.email.events import TicketMailBounced, TicketMailFailed
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.events.registry import reaction
from opora.notifications.actions.tell import is_history, tell
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification
from opora.notifications.queries import members_who_want, people_on
from opora.people.models import Person
from opora.people.queries import colleagues
from opora.routing.events import (
    EscalationAccepted,
    EscalationHandedBack,
    EscalationOpened,
    EscalationRejected,
)
from opora.routing.models import Escalation
from opora.sla.events import SlaEscalated
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.events import (
    ReplyRefused,
    TicketAssigned,
    TicketCommented,
    TicketCreated,
    TicketMerged,
    TicketMergeReceived,
    TicketReopened,
)
from opora.tickets.models import Comment, Ticket
from opora.tickets.policy import may_see
from opora.webhooks.events import WebhookPaused

_MENTION = re.compile(r'href="[^"]*/people/(\d{1,18})"')


@reaction(TicketCreated, when=lambda fact: bool(fact.assignee_id or fact.group_id))
def tell_of_new_ticket(fact: TicketCreated, event: Event) -> None:
    """Whoever a new ticket is assigned to is told, or, while nobody has it, those of its group who want to know."""
    _tell_owner(event, assignee_id=fact.assignee_id, group_id=fact.group_id)


def _changes_owner(fact: TicketAssigned) -> bool:
    is_given = bool(fact.assignee_id) and fact.assignee_id != fact.before_assignee_id
    is_free = fact.assignee_id is None and fact.group_id is not None
    return is_given or is_free


@reaction(TicketAssigned, when=_changes_owner)
def tell_of_assignment(fact: TicketAssigned, event: Event) -> None:
    """The new assignee is told, or, when nobody has the ticket now, those of its group who want to know."""
    _tell_owner(event, assignee_id=fact.assignee_id, group_id=fact.group_id)


@reaction(
    TicketCommented,
    when=lambda fact: fact.is_public and not fact.is_auto_reply and fact.author_kind != "system",
)
def tell_of_reply(fact: TicketCommented, event: Event) -> None:
    """Assignee and followers are told that the customer, or a colleague, replied; not of a ticket's first words."""
    if is_history(event) or Event.objects.filter(update_id=event.update_id, kind=TicketCreated.kind).exists():
        return
    kind = Kind.REPLIED if fact.author_kind == Comment.AuthorKind.CUSTOMER else Kind.ANSWERED
    ticket = _ticket(event.subject_id)
    tell(people_on(ticket), kind, event=event, ticket=ticket, comment_id=fact.comment_id)


@reaction(TicketCommented, when=lambda fact: not fact.is_public and fact.author_kind != "system")
def tell_of_note(fact: TicketCommented, event: Event) -> None:
    """Whoever a note mentions is told and follows from now on; assignee and followers are told of the note."""
    comment = Comment.objects.select_related("author__role").filter(pk=fact.comment_id).first()
    if comment is None or comment.redacted_at or is_history(event):
        return
    ticket = _ticket(event.subject_id)
    mentioned = [
        person for person in _mentioned(comment) if person != comment.author and may_see(person, ticket)
    ]
    others = [person for person in people_on(ticket) if person not in mentioned]
    if mentioned:
        author = comment.author if may_see(comment.author, ticket) else SYSTEM
        add_collaborators(ticket, mentioned, kind="follower", by=author)
    tell(mentioned, Kind.MENTIONED, event=event, ticket=ticket, comment_id=comment.pk)
    tell(others, Kind.NOTED, event=event, ticket=ticket, comment_id=comment.pk)


@reaction(TicketMailFailed, TicketMailBounced)
def tell_of_lost_mail(fact: TicketMailFailed | TicketMailBounced, event: Event) -> None:
    """Whoever wrote the reply, and the assignee, are told that it did not arrive."""
    ticket = _ticket(event.subject_id)
    comment = Comment.objects.select_related("author__role").filter(pk=fact.comment_id or 0).first()
    people = [person for person in (comment.author if comment else None, ticket.assignee) if person]
    tell(people, Kind.MAIL_FAILED, event=event, ticket=ticket, comment_id=comment.pk if comment else None)


@reaction(ReplyRefused)
def tell_of_refused_reply(fact: ReplyRefused, event: Event) -> None:
    """Whoever scheduled a reply is told that it did not leave, and why."""
    writer = Person.objects.filter(pk=fact.author_id).select_related("role")
    tell(writer, Kind.REFUSED, event=event, ticket=_ticket(event.subject_id))


@reaction(TicketReopened)
def tell_of_reopening(fact: TicketReopened, event: Event) -> None:
    """Assignee and followers are told that a solved ticket is open again, unless the reply that did it told them."""
    ticket = _ticket(event.subject_id)
    tell(_not_told_yet(people_on(ticket), ticket, event), Kind.REOPENED, event=event, ticket=ticket)


@reaction(TicketMerged)
def tell_of_merge(fact: TicketMerged, event: Event) -> None:
    """Assignee and followers of a merged ticket are told where it went."""
    tell(people_on(_ticket(event.subject_id)), Kind.MERGED, event=event, ticket=_ticket(fact.into_id))


@reaction(TicketMergeReceived)
def tell_of_received_merge(fact: TicketMergeReceived, event: Event) -> None:
    """Assignee and followers of a ticket are told that others were merged into it."""
    ticket = _ticket(event.subject_id)
    tell(_not_told_yet(people_on(ticket), ticket, event), Kind.MERGED, event=event, ticket=ticket)


@reaction(WebhookPaused)
def tell_of_paused_webhook(fact: WebhookPaused, event: Event) -> None:
    """Whoever connects other programs is told that one of them does not take its requests."""
    people = [person for person in colleagues() if "settings.integrations" in person.allowed]
    tell(people, Kind.WEBHOOK, event=event, ticket=None)


@reaction(EscalationOpened)
def tell_of_escalation(fact: EscalationOpened, event: Event) -> None:
    """The people of the group that a ticket was escalated to are told."""
    members = Person.objects.colleagues().filter(memberships__group=fact.to_group_id).select_related("role")
    tell(members, Kind.ESCALATED, event=event, ticket=_ticket(event.subject_id))


@reaction(EscalationAccepted, EscalationRejected, EscalationHandedBack)
def tell_of_answer(
    fact: EscalationAccepted | EscalationRejected | EscalationHandedBack, event: Event
) -> None:
    """Whoever escalated a ticket, and whoever had it then, are told what became of it."""
    escalation = Escalation.objects.filter(pk=fact.escalation_id).first()
    if escalation:
        asked = (escalation.opened_by_id, escalation.from_person_id)
        ids = {person_id for person_id in asked if person_id is not None}
        people = Person.objects.colleagues().filter(pk__in=ids).select_related("role")
        tell(people, Kind.ANSWER, event=event, ticket=_ticket(event.subject_id))


@reaction(SlaEscalated, when=lambda fact: bool(fact.people))
def tell_of_promise(fact: SlaEscalated, event: Event) -> None:
    """Those whom a policy's chain of escalation names are told that its promise runs out, or was broken."""
    people = Person.objects.filter(pk__in=fact.people).select_related("role").order_by("pk")
    tell(people, Kind.PROMISE, event=event, ticket=_ticket(event.subject_id))


def _tell_owner(event: Event, *, assignee_id: int | None, group_id: int | None) -> None:
    ticket = _ticket(event.subject_id)
    if assignee_id is None:
        people = members_who_want(group_id, Kind.GROUP) if group_id else []
        tell(people, Kind.GROUP, event=event, ticket=ticket)
    else:
        tell(
            Person.objects.filter(pk=assignee_id).select_related("role"),
            Kind.ASSIGNED,
            event=event,
            ticket=ticket,
        )


def _mentioned(comment: Comment) -> list[Person]:
    ids = {int(number) for number in _MENTION.findall(comment.html)}
    return (
        list(Person.objects.colleagues().filter(pk__in=ids).select_related("role").order_by("pk"))
        if ids
        else []
    )


def _not_told_yet(people: list[Person], ticket: Ticket, event: Event) -> list[Person]:
    """Those whom no other event of the same update has told of this ticket."""
    told = Notification.objects.filter(ticket=ticket, event__update_id=event.update_id).exclude(event=event)
    ids = set(told.values_list("person_id", flat=True))
    return [person for person in people if person.pk not in ids]


def _ticket(ticket_id: int) -> Ticket:
    return Ticket.objects.select_related("assignee__role").get(pk=ticket_id)
