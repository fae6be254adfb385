"""What the tests of this folder share."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.notifications.models import Notification, Preference
from opora.people.models import Person
from opora.people.queries import default_brand
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Comment, Ticket


@pytest.fixture
def mine(cast: SimpleNamespace, ticket: Ticket) -> Ticket:
    """A ticket of the agent, whose news has been delivered and forgotten."""
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    Notification.objects.all().delete()
    return ticket


@pytest.fixture
def say(cast: SimpleNamespace) -> Callable[..., Comment]:
    """Return a function by which somebody writes on a ticket, and those concerned are told."""

    def write(ticket: Ticket, by: Person, html: str = "<p>Words</p>", **fields: Any) -> Comment:
        comment = add_comment(ticket, NewComment(html=html, author=by, **fields), by=by)
        run_overdue_deliveries()
        return comment

    return write


@pytest.fixture
def mailbox(cast: SimpleNamespace) -> Mailbox:
    return save_mailbox(
        by=SYSTEM,
        brand=default_brand(),
        address="support@acme.test",
        outgoing=Mailbox.Outgoing.SMTP,
        smtp_host="sink.test",
    )


def told() -> list[tuple[str, str]]:
    """Return who was told what, sorted: [("Andrii", "assigned")]."""
    rows = Notification.objects.select_related("person")
    return sorted((row.person.first_name, row.kind) for row in rows)


def prefer(person: Person, kind: str, *, in_app: bool, by_mail: bool) -> None:
    Preference.objects.update_or_create(
        person=person, kind=kind, defaults={"in_app": in_app, "by_mail": by_mail}
    )
