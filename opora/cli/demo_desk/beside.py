"""What happens beside the stories: the desk learns to distribute work, people come and go, groups ask, readers read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from django.utils import translation

from opora.cli.demo_desk.stage import Stage
from opora.cli.demo_desk.stories import table
from opora.core import clock
from opora.knowledge.seeds import readings
from opora.people.models import Group, Person
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.sort_unassigned import admit_unassigned, sort_unassigned
from opora.routing.actions.withdraw_escalation import withdraw_escalation
from opora.routing.models import Escalation, Line
from opora.routing.seeds import arrivals, seed_routing
from opora.tickets.models import Category, Ticket

Step = Callable[[], object]
BEGINS = timedelta(days=3)
TO_ACCEPT, TO_ANSWER = timedelta(minutes=17), timedelta(minutes=50)
SORTED = timedelta(hours=2)
"""How long ago the queues began to give work away; what came since waits for the worker."""

ADMITTED = timedelta(minutes=2)


@dataclass
class Beside:
    """Steps beside the stories, each at its time, in the order of time."""

    plan: Mapping[str, Any]
    stage: Stage
    now: datetime
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def __post_init__(self) -> None:
        self.at(self.now - BEGINS, lambda: seed_routing(self.plan, people=self.stage.people))
        rows = self.plan["escalations"]
        for place, row in enumerate(rows):
            hours = 2 + 60 * (len(rows) - place - 1) / len(rows)
            self.at(self.now - timedelta(hours=hours), self._escalation(row))
        for before, arrive in arrivals(self.plan, people=self.stage.people):
            self.at(self.now - before, arrive)
        for before, read in readings(table("knowledge"), people=self.stage.people, until=self.now):
            self.at(self.now - before, read)
        self.at(self.now - SORTED, sort_unassigned.call)
        self.at(self.now - ADMITTED, admit_unassigned)

    def at(self, moment: datetime, step: Step) -> None:
        heappush(self.steps, (moment, next(self.numbers), step))

    def run_until(self, moment: datetime) -> None:
        """Let everything happen whose time comes before the moment."""
        while self.steps and self.steps[0][0] < moment:
            at, _number, step = heappop(self.steps)
            with clock.at(at), translation.override(self.plan["locale"]):
                step()

    def _escalation(self, row: Mapping[str, Any]) -> Step:
        def escalate() -> None:
            ticket = _ticket(self.stage.people.groups[row["from"]])
            sender = ticket.assignee if ticket else None
            if ticket is None or sender is None:
                return
            line = Line.objects.select_related("group").get(group=self.stage.people.groups[row["to"]])
            asked = list(line.items.exclude(kind="file"))
            answers = {item.pk: text for item, text in zip(asked, row["answers"], strict=True)}
            new = NewEscalation(line=line, reason=row["reason"], answers=answers)
            escalation = escalate_ticket(ticket, new, by=sender)
            self._answer(row, escalation, _answering(self.stage, line, sender))

        return escalate

    def _answer(self, row: Mapping[str, Any], escalation: Escalation, by: Person) -> None:
        ends, begins = row["ends"], clock.now()

        def end() -> None:
            if not Escalation.objects.get(pk=escalation.pk).is_under_way:
                return
            if ends == "handed_back":
                hand_back(escalation, by=by, answer=row["answer"])
            elif ends == "rejected":
                refusal = Escalation.Refusal(row["refusal"])
                reject_escalation(escalation, by=by, refusal=refusal, words=row["answer"])
            elif ends == "withdrawn":
                withdraw_escalation(escalation, by=escalation.opened_by)

        if ends in ("accepted", "handed_back"):
            self.at(begins + TO_ACCEPT, lambda: _accept(escalation, by))
        self.at(begins + TO_ANSWER, end)


def _accept(escalation: Escalation, by: Person) -> None:
    if Escalation.objects.get(pk=escalation.pk).state == Escalation.State.OPEN:
        accept_escalation(escalation, by=by)


def _ticket(group: Group) -> Ticket | None:
    """Return the open ticket of the group that somebody has and that has been quiet longest, asked of nobody yet."""
    open_ones = Ticket.objects.live().filter(group=group, assignee__isnull=False, escalations=None)
    found = open_ones.filter(category__in=(Category.OPEN, Category.HOLD, Category.PENDING), merged_into=None)
    return found.select_related("group", "assignee__role").order_by("updated_at").first()


def _answering(stage: Stage, line: Line, sender: Person) -> Person:
    """Return somebody of the receiving group, not the sender; leads last."""
    keys = stage.members[line.group_id]
    people = [stage.person(key) for key in keys if stage.person(key).pk != sender.pk]
    return min(people, key=lambda person: (person.role.kind in ("team_lead", "administrator"), person.pk))  # type: ignore[union-attr]
