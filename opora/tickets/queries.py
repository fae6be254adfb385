"""Finding tickets and what belongs to them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.refusals import NotFound
from opora.events.actor import ActsAsActor
from opora.events.models import Event
from opora.people.models import Person
from opora.tickets.models import (
    Category,
    Comment,
    Macro,
    ReadMark,
    Status,
    Tag,
    Ticket,
    TicketField,
    TicketForm,
    TicketLink,
    View,
)
from opora.tickets.policy import may_see, visible_tickets


def ticket_for(by: ActsAsActor, ticket_id: int) -> Ticket:
    """Return the ticket with all that its page shows of it. Raises `NotFound` if the author may not see it."""
    ticket = (
        Ticket.objects.select_related(
            "status", "requester__organization", "assignee", "group", "brand", "form", "organization", "metric",
            "problem", "merged_into", "submitter",
        )
        .filter(pk=ticket_id)
        .first()
    )  # fmt: skip
    if ticket is None or not may_see(by, ticket):
        raise NotFound(
            _("There is no ticket #%(id)s, or your role does not show it to you.") % {"id": ticket_id}
        )
    return ticket


def tickets_for(by: ActsAsActor) -> QuerySet[Ticket]:
    """Return the live tickets that the author may see."""
    condition = visible_tickets(by)
    found = Ticket.objects.live().filter(condition)
    return found.distinct() if "collaborations" in str(condition) else found


def conversation_of(ticket: Ticket, *, only_public: bool = False) -> QuerySet[Comment]:
    """Return the comments of the ticket and of those merged into it, oldest first, with authors and files."""
    ids = [ticket.pk, *Ticket.objects.filter(merged_into=ticket).values_list("pk", flat=True)]
    found = Comment.objects.filter(ticket_id__in=ids)
    if only_public:
        found = found.filter(is_public=True)
    return found.select_related("author").prefetch_related("attachments").order_by("id")


def timeline_of(ticket: Ticket) -> QuerySet[Event]:
    """Return what happened to the ticket apart from comments, oldest first."""
    return (
        Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk)
        .exclude(kind__in=["ticket.commented"])
        .order_by("id")
    )


def events_since(ticket: Ticket, event_id: int) -> QuerySet[Event]:
    """Return what happened to the ticket after the given event, oldest first."""
    return Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, id__gt=event_id).order_by("id")


def last_event_id(ticket: Ticket) -> int:
    """Return the id of the newest event of the ticket, 0 if there is none."""
    found = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk).order_by("-id")
    return found.values_list("id", flat=True).first() or 0


def status_of(category: Category) -> Status:
    """Return the default status of a category."""
    return Status.objects.filter(category=category).order_by("-is_default", "position", "id")[0]


def active_statuses() -> QuerySet[Status]:
    return Status.objects.filter(is_active=True)


def form_fields(form: TicketForm | None) -> list[TicketField]:
    """Return the active custom fields of a form in its order; those of the default form when there is none."""
    form = form or TicketForm.objects.order_by("-is_default", "position", "id").first()
    if form is None:
        return list(TicketField.objects.filter(is_active=True))
    places = form.places.select_related("field").filter(field__is_active=True)
    return [place.field for place in places]


def field_values(ticket: Ticket) -> dict[int, list[str]]:
    """Return the values of the ticket's custom fields by field id."""
    values: dict[int, list[str]] = {}
    for field_id, text in ticket.field_values.order_by("id").values_list("field_id", "text"):
        values.setdefault(field_id, []).append(text)
    return values


def views_for(person: Person) -> QuerySet[View]:
    """Return the views in this person's list: shared ones, those of their groups, and their own."""
    theirs = Q(owner=person) | Q(owner=None, group=None) | Q(owner=None, group_id__in=person.group_ids)
    return View.objects.filter(theirs, is_active=True)


def macros_for(person: Person) -> QuerySet[Macro]:
    theirs = Q(owner=person) | Q(owner=None, group=None) | Q(owner=None, group_id__in=person.group_ids)
    return Macro.objects.filter(theirs, is_active=True)


def links_of(ticket: Ticket) -> QuerySet[TicketLink]:
    return TicketLink.objects.filter(Q(source=ticket) | Q(target=ticket)).select_related(
        "source__status", "target__status"
    )


def other_tickets_of(person: Person, *, by: ActsAsActor, beside: Ticket | None = None) -> QuerySet[Ticket]:
    """Return this requester's other tickets that the author may see, newest first."""
    found = tickets_for(by).filter(requester=person).select_related("status", "brand")
    return found.exclude(pk=beside.pk if beside else 0).order_by("-created_at")


def last_read_comment(ticket: Ticket, person: Person) -> int:
    found = ReadMark.objects.filter(ticket=ticket, person=person).values_list("comment_id", flat=True).first()
    return found or 0


def tags_named(names: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, making those that are missing."""
    wanted = list(dict.fromkeys(names))
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    missing = [Tag(name=name) for name in wanted if name not in known]
    if missing:
        Tag.objects.bulk_create(missing, ignore_conflicts=True)
        known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    return [known[name] for name in wanted]
