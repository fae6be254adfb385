"""Placeholders of macros and templates: `{{ticket.requester.first_name}}` and the like, with no code to run."""

import re
from collections.abc import Callable

from django.utils.html import escape

from opora.people.models import Person
from opora.tickets.models import Ticket

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_.]+)\s*(?:\|\s*default:\s*[\"']([^\"']*)[\"']\s*)?\}\}")

PLACEHOLDERS: dict[str, Callable[[Ticket, Person], str]] = {
    "ticket.id": lambda ticket, person: str(ticket.pk),
    "ticket.subject": lambda ticket, person: ticket.subject,
    "ticket.brand.name": lambda ticket, person: ticket.brand.name,
    "ticket.requester.name": lambda ticket, person: ticket.requester.name,
    "ticket.requester.first_name": lambda ticket, person: ticket.requester.first_name,
    "ticket.requester.email": lambda ticket, person: ticket.requester.email,
    "ticket.organization.name": lambda ticket, person: str(ticket.organization or ""),
    "ticket.assignee.name": lambda ticket, person: str(ticket.assignee or ""),
    "ticket.group.name": lambda ticket, person: str(ticket.group or ""),
    "current_user.name": lambda ticket, person: person.name,
    "current_user.first_name": lambda ticket, person: person.first_name,
    "current_user.signature": lambda ticket, person: person.signature,
}


def fill_in(html: str, ticket: Ticket, person: Person) -> str:
    """Return the HTML with its placeholders replaced by escaped values; unknown ones become empty.

    `{{ticket.requester.first_name | default: "there"}}` says what to write where there is no value.
    """

    def value(match: re.Match[str]) -> str:
        name, otherwise = match.group(1), match.group(2) or ""
        found = PLACEHOLDERS[name](ticket, person) if name in PLACEHOLDERS else ""
        return escape(found or otherwise)

    return _PLACEHOLDER.sub(value, html)
