"""Finding tickets and what belongs to them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.prepared import prepared
from opora.core.refusals import NotFound
from opora.events.actor import ActsAsActor
from opora.events.models import Event
from opora.people.models import Person
from opora.tickets.models import (
    Attachment,
    Category,
    Collaboration,
    Comment,
    Draft,
    FieldValue,
    FormField,
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

_OTHERS = 7


def ticket_for(by: ActsAsActor, ticket_id: int) -> Ticket:
    """Return the ticket with all that its page shows of it. Raises `NotFound` if the author may not see it."""
    ticket = _ticket_with_relations.first(ticket_id)
    if ticket is None or not may_see(by, ticket):
        raise NotFound(
            _("There is no ticket #%(id)s, or your role does not show it to you.") % {"id": ticket_id}
        )
    return ticket


@prepared
def _ticket_with_relations(ticket_id: int) -> QuerySet[Ticket]:
    return Ticket.objects.select_related(
        "status", "requester__organization", "assignee", "group", "brand", "form", "organization", "metric",
        "problem", "merged_into", "submitter",
    ).filter(pk=ticket_id)[:1]  # fmt: skip


def tickets_for(by: ActsAsActor) -> QuerySet[Ticket]:
    """Return the live tickets that the author may see."""
    condition = visible_tickets(by)
    found = Ticket.objects.live().filter(condition)
    return found.distinct() if "collaborations" in str(condition) else found


def conversation_of(ticket: Ticket, *, only_public: bool = False) -> QuerySet[Comment]:
    """Return the comments of the ticket and of those merged into it, oldest first, with authors and files."""
    found = Comment.objects.filter(ticket_id__in=[ticket.pk, *merged_into(ticket.pk)])
    if only_public:
        found = found.filter(is_public=True)
    return found.select_related("author").prefetch_related("attachments").order_by("id")


@prepared
def merged_into(ticket_id: int) -> QuerySet[Ticket, int]:
    """Return the ids of the tickets that were merged into this one."""
    return Ticket.objects.filter(merged_into=ticket_id).values_list("pk", flat=True)


@prepared
def comments_of(ticket_ids: list[int]) -> QuerySet[Comment]:
    """Return the comments of these tickets with their authors, oldest first."""
    return Comment.objects.filter(ticket_id__in=ticket_ids).select_related("author").order_by("id")


@prepared
def files_of(ticket_ids: list[int]) -> QuerySet[Attachment]:
    """Return the files of all comments of these tickets."""
    return Attachment.objects.filter(comment__ticket_id__in=ticket_ids).order_by("id")


@prepared
def timeline_of(ticket_id: int) -> QuerySet[Event]:
    """Return what happened to the ticket apart from comments, oldest first."""
    about = Event.objects.filter(subject_kind="ticket", subject_id=ticket_id)
    return about.exclude(kind__in=["ticket.commented"]).order_by("id")


def events_since(ticket: Ticket, event_id: int) -> QuerySet[Event]:
    """Return what happened to the ticket after the given event, oldest first."""
    return Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, id__gt=event_id).order_by("id")


def last_event_id(ticket: Ticket) -> int:
    """Return the id of the newest event of the ticket, 0 if there is none."""
    return _last_event.first(ticket.pk) or 0


@prepared
def _last_event(ticket_id: int) -> QuerySet[Event, int]:
    about = Event.objects.filter(subject_kind="ticket", subject_id=ticket_id)
    return about.order_by("-id").values_list("id", flat=True)[:1]


def status_of(category: Category) -> Status:
    """Return the default status of a category."""
    return _statuses_of(int(category))[0]


@prepared
def _statuses_of(category: int) -> QuerySet[Status]:
    return Status.objects.filter(category=category).order_by("-is_default", "position", "id")[:1]


@prepared
def active_statuses() -> QuerySet[Status]:
    """Return the statuses in use, in their order."""
    return Status.objects.filter(is_active=True)


@prepared
def active_forms(brand_id: int) -> QuerySet[TicketForm]:
    """Return the forms in use that tickets of this brand may have, in their order."""
    restricted = TicketForm.brands.through.objects.order_by()
    of_brand = restricted.filter(brand_id=brand_id).values("ticketform_id")
    of_all = ~Q(pk__in=restricted.values("ticketform_id"))
    return TicketForm.objects.filter(of_all | Q(pk__in=of_brand), is_active=True)


def standard_form(brand_id: int) -> TicketForm | None:
    """Return the form of a brand's tickets that come without one: the default, else the first that the brand has."""
    forms = active_forms(brand_id)
    return next((form for form in forms if form.is_default), forms[0] if forms else None)


@prepared
def draft_of(ticket_id: int, person_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(ticket_id=ticket_id, person_id=person_id)[:1]


def form_fields(form: TicketForm | None) -> list[TicketField]:
    """Return the active custom fields of a form in its order; those of the default form when there is none."""
    form = form or TicketForm.objects.order_by("-is_default", "position", "id").first()
    if form is None:
        return list(TicketField.objects.filter(is_active=True))
    return [place.field for place in _places_on(form.pk)]


@prepared
def _places_on(form_id: int) -> QuerySet[FormField]:
    return FormField.objects.filter(form_id=form_id, field__is_active=True).select_related("field")


def field_values(ticket: Ticket) -> dict[int, list[str]]:
    """Return the values of the ticket's custom fields by field id."""
    values: dict[int, list[str]] = {}
    for field_id, text in _values_of(ticket.pk):
        values.setdefault(field_id, []).append(text)
    return values


@prepared
def _values_of(ticket_id: int) -> QuerySet[FieldValue, tuple[int, str]]:
    return FieldValue.objects.filter(ticket_id=ticket_id).order_by("id").values_list("field_id", "text")


def views_for(person: Person) -> QuerySet[View]:
    """Return the views in this person's list: shared ones, those of their groups, and their own."""
    theirs = Q(owner=person) | Q(owner=None, group=None) | Q(owner=None, group_id__in=person.group_ids)
    return View.objects.filter(theirs, is_active=True)


def macros_for(person: Person) -> QuerySet[Macro]:
    theirs = Q(owner=person) | Q(owner=None, group=None) | Q(owner=None, group_id__in=person.group_ids)
    return Macro.objects.filter(theirs, is_active=True)


@prepared
def links_of(ticket_id: int) -> QuerySet[TicketLink]:
    """Return what the ticket is linked with, in either direction."""
    either = Q(source_id=ticket_id) | Q(target_id=ticket_id)
    return TicketLink.objects.filter(either).select_related("source__status", "target__status")


@prepared
def collaborations_of(ticket_id: int) -> QuerySet[Collaboration]:
    """Return who is in copy of the ticket or follows it, by name."""
    among = Collaboration.objects.filter(ticket_id=ticket_id)
    return among.select_related("person").order_by("person__name")


@prepared
def tags_of(ticket_id: int) -> QuerySet[Tag]:
    return Tag.objects.filter(tickets=ticket_id).order_by("name")


def other_tickets_of(person: Person, *, by: ActsAsActor, beside: Ticket | None = None) -> QuerySet[Ticket]:
    """Return this requester's other tickets that the author may see, newest first."""
    found = tickets_for(by).filter(requester=person).select_related("status", "brand")
    return found.exclude(pk=beside.pk if beside else 0).order_by("-created_at")


def latest_others_of(person: Person, *, by: ActsAsActor, beside: Ticket) -> list[Ticket]:
    """Return the newest seven of them."""
    if visible_tickets(by):
        return list(other_tickets_of(person, by=by, beside=beside)[:_OTHERS])
    return _others_of(person.pk, beside.pk)


@prepared
def _others_of(person_id: int, ticket_id: int) -> QuerySet[Ticket]:
    theirs = Ticket.objects.live().filter(requester_id=person_id).exclude(pk=ticket_id)
    return theirs.select_related("status", "brand").order_by("-created_at")[:_OTHERS]


def last_read_comment(ticket: Ticket, person: Person) -> int:
    return _read_to.first(ticket.pk, person.pk) or 0


@prepared
def _read_to(ticket_id: int, person_id: int) -> QuerySet[ReadMark, int]:
    marks = ReadMark.objects.filter(ticket_id=ticket_id, person_id=person_id)
    return marks.values_list("comment_id", flat=True)[:1]


def tags_named(names: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, making those that are missing."""
    wanted = list(dict.fromkeys(names))
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    missing = [Tag(name=name) for name in wanted if name not in known]
    if missing:
        Tag.objects.bulk_create(missing, ignore_conflicts=True)
        known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    return [known[name] for name in wanted]
