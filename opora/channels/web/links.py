"""Signed links by which a customer follows a ticket without a password.

A token names the ticket, the person and the last day it is good for; it is worth nothing for any other ticket.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opora.channels.web.models import LinkSalt
from opora.core import clock
from opora.core.refusals import NotFound
from opora.people.models import Person
from opora.tickets.models import Ticket
from opora.tickets.policy import may_see

LASTS = timedelta(days=90)
_TOKEN = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,6})-([a-z2-7]{24})")
_FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True)
class Visit:
    """Who came by a signed link, and to which ticket."""

    ticket: Ticket
    person: Person
    token: str


def link_token(ticket: Ticket, person: Person) -> str:
    """Return a token for `person` on `ticket`, good for 90 days."""
    last_day = ((clock.now() + LASTS).date() - _FIRST_DAY).days
    named = f"{ticket.pk}-{person.pk}-{last_day}"
    return f"{named}-{_mac(named, _salt(ticket.pk))}"


def customer_link(ticket: Ticket, person: Person) -> str:
    """Return the whole address of the ticket's page for this person; "" when the desk does not know its own."""
    if not settings.PUBLIC_URL:
        return ""
    return settings.PUBLIC_URL + reverse("web_form:conversation", args=[link_token(ticket, person)])


def visit_by(token: str) -> Visit:
    """Return who comes by this token. Raises `NotFound` for one that is made up, old, revoked or not theirs any more."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise _worthless()
    ticket_id, person_id, last_day, mac = found.groups()
    named = f"{ticket_id}-{person_id}-{last_day}"
    genuine = hmac.compare_digest(mac, _mac(named, _salt(int(ticket_id))))
    if not genuine or _is_over(int(last_day)):
        raise _worthless()
    ticket = (
        Ticket.objects.select_related("status", "brand", "requester")
        .filter(pk=ticket_id, removed_at=None)
        .first()
    )
    person = Person.objects.filter(pk=person_id, suspended_at=None).first()
    if ticket is None or person is None or not may_see(person, ticket):
        raise _worthless()
    return Visit(ticket, person, token)


def _is_over(last_day: int) -> bool:
    ends = datetime.combine(_FIRST_DAY + timedelta(days=min(last_day, 99_999) + 1), datetime.min.time(), UTC)
    return clock.now() >= ends


def _worthless() -> NotFound:
    return NotFound(_("This link does not work any more. Answer our last mail, or write to us again."))


def _salt(ticket_id: int) -> str:
    return LinkSalt.objects.filter(pk=ticket_id).values_list("salt", flat=True).first() or ""


def _mac(named: str, salt: str) -> str:
    digest = salted_hmac("opora.customer_link", f"{named}/{salt}", algorithm="sha256").digest()
    return base64.b32encode(digest[:15]).decode().lower()
