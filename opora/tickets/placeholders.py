"""What texts of macros and rules can fill in, by the names of the Zendesk placeholders."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats, timezone

from opora.core import liquid
from opora.core.liquid import Values
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.people.models import Organization, Person
from opora.people.signatures import fill_signature
from opora.tickets import dynamic_content
from opora.tickets.models import Category, Comment, Priority, Ticket, TicketField, TicketType
from opora.tickets.queries import field_values

PLACEHOLDERS = (
    "ticket.id", "ticket.title", "ticket.status", "ticket.priority", "ticket.url", "ticket.description",
    "ticket.latest_comment", "ticket.latest_public_comment", "ticket.brand.name", "ticket.group.name",
    "ticket.organization.name", "ticket.tags", "ticket.due_date", "ticket.external_id", "ticket.requester.name",
    "ticket.requester.first_name", "ticket.requester.email", "ticket.requester.language", "ticket.assignee.name",
    "ticket.assignee.first_name", "current_user.name", "current_user.first_name", "current_user.signature",
)  # fmt: skip
"""The names an editor offers; those of custom fields are `ticket.ticket_field_<id>`."""

FIELD, OPTION = "ticket_field_", "ticket_field_option_title_"
LONGEST = 10_000


def fill_in(html: str, ticket: Ticket, person: ActsAsActor | None) -> str:
    """Return the HTML with its places filled in and every value escaped. Raises `Invalid` for a broken text."""
    return liquid.fill_html(html, values_of(ticket, person))


def fill_in_or_leave(html: str, values: dict[str, Values]) -> str:
    """Return the HTML filled in; a text that was broken before it could be refused is left as it stands."""
    try:
        return liquid.fill_html(html, values)
    except Invalid:
        return html


def values_of(ticket: Ticket, person: ActsAsActor | None) -> dict[str, Values]:
    """Return what a text about the ticket may say; `person` is the current user."""
    spoken = ticket.locale or ticket.requester.locale
    plain = {"ticket": _ticket(ticket), "current_user": _person(person, ticket)}
    return plain | {"dc": Values({}, lambda key: _text_in_language(key, spoken, plain))}


def offered_placeholders() -> list[str]:
    """Return every name that an editor offers, the desk's own texts last."""
    return [*PLACEHOLDERS, *dynamic_content.placeholders()]


def sample_values(text: str) -> dict[str, Values]:
    """Return values to try a text with: numbers for ids, and `text` for everything else that can be filled in."""
    nested = ("brand", "group", "organization", "requester", "submitter", "assignee")
    person = Values({"id": lambda: 1 if text else None}, lambda _name: text)
    known: dict[str, Callable[[], Any]] = {"id": lambda: 1, **{name: lambda: person for name in nested}}
    every = Values({}, lambda _name: text)
    return {"ticket": Values(known, lambda _name: text), "current_user": person, "dc": every}


def _ticket(ticket: Ticket) -> Values:
    url = f"{settings.PUBLIC_URL}{ticket.get_absolute_url()}" if settings.PUBLIC_URL else ""
    known: dict[str, Callable[[], Any]] = {
        "id": lambda: ticket.pk,
        "title": lambda: ticket.subject,
        "subject": lambda: ticket.subject,
        "url": lambda: url,
        "link": lambda: url,
        "description": lambda: _words(ticket.comments.filter(is_public=True).order_by("id")),
        "latest_comment": lambda: _words(ticket.comments.order_by("-id")),
        "latest_public_comment": lambda: _words(ticket.comments.filter(is_public=True).order_by("-id")),
        "status": lambda: str(ticket.status),
        "status_word": lambda: Category(ticket.category).word,
        "priority": lambda: str(Priority(ticket.priority).label) if ticket.priority else "",
        "priority_word": lambda: Priority(ticket.priority).word if ticket.priority else "",
        "ticket_type": lambda: str(TicketType(ticket.type).label) if ticket.type else "",
        "via": lambda: ticket.channel,
        "external_id": lambda: ticket.external_id,
        "tags": lambda: " ".join(ticket.tags.order_by("name").values_list("name", flat=True)),
        "due_date": lambda: _moment(ticket.due_at),
        "created_at": lambda: _moment(ticket.created_at),
        "updated_at": lambda: _moment(ticket.updated_at),
        "brand": lambda: Values({"name": lambda: ticket.brand.name}),
        "group": lambda: Values({"name": lambda: str(ticket.group or "")}),
        "organization": lambda: _organization(ticket.organization),
        "requester": lambda: _person(ticket.requester),
        "submitter": lambda: _person(ticket.submitter),
        "assignee": lambda: _person(ticket.assignee),
    }
    return Values(known, lambda name: _custom(ticket, name))


def _person(person: ActsAsActor | None, ticket: Ticket | None = None) -> Values:
    """A person's values; the signature as it stands under a mail about the ticket."""
    if not isinstance(person, Person):
        name = person.as_actor().name if person else ""
        return Values({"name": lambda: name, "first_name": lambda: name, "signature": str})
    return Values(
        {
            "id": lambda: person.pk,
            "name": lambda: person.name,
            "first_name": lambda: person.first_name,
            "last_name": lambda: " ".join(person.name.split()[1:]),
            "email": lambda: person.email,
            "phone": lambda: person.phone,
            "language": lambda: person.locale,
            "locale": lambda: person.locale,
            "signature": lambda: _signature(person, ticket),
            "external_id": lambda: person.external_id,
            "organization": lambda: _organization(person.organization),
        }
    )


def _signature(person: Person, ticket: Ticket | None) -> str:
    if ticket is None:
        return person.signature
    return fill_signature(person.signature, agent=person, brand=ticket.brand, ticket_id=ticket.pk)


def _organization(organization: Organization | None) -> Values:
    return Values({"name": lambda: str(organization or "")})


def _custom(ticket: Ticket, name: str) -> str | None:
    """A custom field's value, or, with `ticket_field_option_title_`, the name of the chosen option."""
    start = OPTION if name.startswith(OPTION) else FIELD
    number = name.removeprefix(start)
    if not name.startswith(FIELD) or not number.isdigit() or len(number) > 18:
        return None
    texts = field_values(ticket).get(int(number), [])
    if start == OPTION and texts:
        field = TicketField.objects.filter(pk=int(number)).first()
        names = dict(field.choices) if field else {}
        texts = [names.get(text, text) for text in texts]
    return ", ".join(texts)


def _words(comments: Any) -> str:
    found: Comment | None = comments.first()
    return found.text[:LONGEST] if found else ""


def _text_in_language(key: str, locale: str, values: dict[str, Values]) -> str | None:
    """A text of the desk's own, which may say things of the ticket but name no other text."""
    found = dynamic_content.text_of(key, locale)
    return liquid.fill_text(found, values) if found else found


def _moment(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
