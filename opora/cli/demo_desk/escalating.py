"""Escalations of the demo desk: of each kind some, on tickets of the last days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from opora.cli.demo_desk.stage import Stage
from opora.core import clock
from opora.people.models import Group, Person
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.withdraw_escalation import withdraw_escalation
from opora.routing.models import Escalation, Line
from opora.tickets.models import Category, Ticket

UNDER_WAY = timedelta(minutes=50)


def play_escalations(plan: Mapping[str, Any], stage: Stage, now: datetime) -> None:
    """Escalate the newest tickets that fit, one for each row of the table, and let the receiving group answer."""
    taken: set[int] = set()
    for row in plan["escalations"]:
        ticket = _ticket(stage.people.groups[row["from"]], taken, before=now - 3 * UNDER_WAY)
        if ticket is not None:
            taken.add(ticket.pk)
            _escalate(row, ticket, stage, now)


def _ticket(group: Group, taken: set[int], *, before: datetime) -> Ticket | None:
    """Return the newest open ticket of the group that somebody has and that nothing has happened to since."""
    open_ones = Ticket.objects.live().filter(group=group, assignee__isnull=False, updated_at__lt=before)
    found = open_ones.filter(category__in=(Category.OPEN, Category.HOLD, Category.PENDING))
    return (
        found.exclude(pk__in=taken).select_related("group", "assignee__role").order_by("-updated_at").first()
    )


def _escalate(row: Mapping[str, Any], ticket: Ticket, stage: Stage, now: datetime) -> None:
    line = Line.objects.select_related("group").get(group=stage.people.groups[row["to"]])
    asked = list(line.items.exclude(kind="file"))
    answers = {item.pk: text for item, text in zip(asked, row["answers"], strict=True)}
    begins = min(ticket.updated_at + UNDER_WAY / 2, now - 2 * UNDER_WAY)
    sender = ticket.assignee
    assert sender
    with clock.at(begins):
        new = NewEscalation(line=line, reason=row["reason"], answers=answers)
        escalation = escalate_ticket(ticket, new, by=sender)
    _answer(row, escalation, _answering(stage, line, sender), begins)


def _answering(stage: Stage, line: Line, sender: Person) -> Person:
    """Return somebody of the receiving group, not the sender; leads last."""
    keys = stage.members[line.group_id]
    people = [stage.person(key) for key in keys if stage.person(key).pk != sender.pk]
    return min(people, key=lambda person: (person.role.kind in ("team_lead", "administrator"), person.pk))  # type: ignore[union-attr]


def _answer(row: Mapping[str, Any], escalation: Escalation, by: Person, begins: datetime) -> None:
    ends = row["ends"]
    if ends in ("accepted", "handed_back"):
        with clock.at(begins + UNDER_WAY / 3):
            accept_escalation(escalation, by=by)
    with clock.at(begins + UNDER_WAY):
        if ends == "handed_back":
            hand_back(escalation, by=by, answer=row["answer"])
        elif ends == "rejected":
            refusal = Escalation.Refusal(row["refusal"])
            reject_escalation(escalation, by=by, refusal=refusal, words=row["answer"])
        elif ends == "withdrawn":
            withdraw_escalation(escalation, by=escalation.opened_by)
