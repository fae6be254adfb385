"""Why this ticket is whose it is: the account of a decision for people and for programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from opora.core import clock
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.routing.accounts import rows_of
from opora.routing.engine.values import Decision
from opora.routing.events import TicketRouted
from opora.routing.jobs import now_of, waiting_ticket
from opora.routing.models import ORDINARY, Level, Queue, Skill, Waiting
from opora.routing.staffing import build_floor, members_of
from opora.routing.weights import routing_settings
from opora.tickets.models import Ticket


@dataclass(frozen=True)
class Needed:
    """A skill that was asked for."""

    skill: str
    level: str
    is_firm: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody who could have it. Load and capacity in ordinary tickets."""

    id: int
    name: str
    load: float
    capacity: float
    score: float
    share: int
    is_chosen: bool


@dataclass(frozen=True)
class LeftOut:
    """Somebody who could not, and why in words."""

    id: int
    name: str
    why: str
    words: str


@dataclass(frozen=True)
class Account:
    """All that was thought before a ticket was given to somebody, or goes on waiting (`assignee` is "" then)."""

    ticket_id: int
    queue: str
    strategy: str
    at: datetime
    assignee: str
    weight: float
    waited: int
    step: int
    knows_customer: bool
    needs: list[Needed]
    fitting: list[Candidate]
    left_out: list[LeftOut]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def considered(self) -> int:
        return sum(self.counts.values())

    @property
    def unnamed(self) -> int:
        """How many people of a large team are counted only."""
        return self.considered - len(self.fitting) - len(self.left_out)

    @property
    def strategy_words(self) -> str:
        return str(Queue.Strategy(self.strategy).label)

    @property
    def reason(self) -> str:
        """Say in one sentence what decided."""
        if not self.assignee:
            return _("Nobody can have it now.")
        if self.knows_customer:
            return _("%(name)s served this customer last and was free.") % {"name": self.assignee}
        if len(self.fitting) == 1:
            return _("%(name)s was the only one who could have it.") % {"name": self.assignee}
        sentences = {
            "round_robin": _("It was the turn of %(name)s: the others had work from this queue later."),
            "least_loaded": _("%(name)s had the largest free share of their capacity."),
            "best_skilled": _("%(name)s had the highest levels in what was needed."),
        }
        return sentences[self.strategy] % {"name": self.assignee}


def recorded_account(event: Event) -> Account:
    """Return the account of an assignment as it was written down."""
    fact = fact_of(event)
    assert isinstance(fact, TicketRouted)
    return Account(
        ticket_id=event.subject_id,
        queue=fact.queue_name,
        strategy=fact.strategy,
        at=event.occurred_at,
        assignee=fact.assignee_name,
        weight=fact.weight / ORDINARY,
        waited=fact.waited,
        step=fact.step,
        knows_customer=fact.knows_customer,
        needs=_needs(fact.needs),
        fitting=_candidates(fact.fitting, chosen=fact.assignee_id),
        left_out=_left_out(fact.left_out),
        counts=fact.counts,
    )


def present_account(ticket: Ticket) -> Account | None:
    """Return what the queue thinks of a waiting ticket at this moment; None when it waits in none."""
    waiting = Waiting.objects.select_related("queue__group").filter(pk=ticket.pk).first()
    if waiting is None or ticket.assignee_id is not None:
        return None
    row = waiting_ticket(ticket, waiting, routing_settings().weights)
    candidates = members_of([row.group_id]).get(row.group_id, [])
    decision = build_floor(candidates).consider(now_of(row), candidates)
    kept: dict[str, Any] = rows_of(decision)
    return Account(
        ticket_id=ticket.pk,
        queue=waiting.queue.name,
        strategy=waiting.queue.strategy,
        at=clock.now(),
        assignee="",
        weight=row.weight / ORDINARY,
        waited=int((clock.now() - waiting.since).total_seconds()),
        step=decision.step,
        knows_customer=False,
        needs=_needs(waiting.needs),
        fitting=_candidates(kept["fitting"], chosen=_next(decision)),
        left_out=_left_out(kept["left_out"]),
        counts=kept["counts"],
    )


def last_account(ticket: Ticket) -> Account | None:
    """Return the account of the last assignment by a queue, if whoever it chose has the ticket still."""
    newest = next(iter(decisions_of(ticket)), None)
    if newest is None or newest.body["assignee_id"] != ticket.assignee_id:
        return None
    return recorded_account(newest)


def decisions_of(ticket: Ticket) -> list[Event]:
    """Return the assignments that queues made of the ticket, newest first."""
    made = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, kind=TicketRouted.kind)
    return list(made.order_by("-id")[:20])


def _next(decision: Decision) -> int:
    return decision.chosen.agent.id if decision.chosen else 0


def _needs(rows: Iterable[list[int]]) -> list[Needed]:
    rows = list(rows)
    names = dict(Skill.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "name"))
    return [Needed(names.get(pk, "–"), str(Level(level).label), bool(firm)) for pk, level, firm in rows]


def _candidates(rows: Iterable[list[Any]], *, chosen: int) -> list[Candidate]:
    return [
        Candidate(
            id=pk,
            name=name,
            load=load / ORDINARY,
            capacity=capacity / ORDINARY,
            score=score,
            share=min(100, round(100 * load / capacity)) if capacity else 100,
            is_chosen=pk == chosen,
        )
        for pk, name, load, capacity, score in rows
    ]


def _left_out(rows: Iterable[list[Any]]) -> list[LeftOut]:
    rows = list(rows)
    wanted = {pk for _id, _name, why, detail in rows if why == "skill" for pk in detail}
    names = dict(Skill.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [LeftOut(pk, name, why, why_words(why, detail, names)) for pk, name, why, detail in rows]


def why_words(why: str, detail: Any, skills: Mapping[int, str]) -> str:
    """Say why somebody was left out."""
    if why == "skill":
        missing = ", ".join(skills.get(pk, "–") for pk in detail)
        return ngettext("lacks the skill %(skills)s", "lacks the skills %(skills)s", len(detail)) % {
            "skills": missing
        }
    if why == "full":
        load, capacity = (f"{value / ORDINARY:g}" for value in detail)
        return _("is full: %(load)s of %(capacity)s") % {"load": load, "capacity": capacity}
    if why == "held":
        return _("is kept for #%(id)s, which is more urgent") % {"id": detail}
    words = {
        "offline": pgettext("left out", "is offline"),
        "away": pgettext("left out", "is away"),
        "closed": pgettext("left out", "takes no work of this kind now"),
        "returned": pgettext("left out", "had it before, and it was put back"),
    }
    return words.get(why, why)


def as_json(account: Account) -> dict[str, Any]:
    """Return the account for programs: numbers in ordinary tickets, seconds and UTC."""
    return {
        "ticket_id": account.ticket_id,
        "queue": account.queue,
        "strategy": account.strategy,
        "at": account.at.isoformat(),
        "assignee": account.assignee or None,
        "reason": account.reason,
        "weight": account.weight,
        "waited_seconds": account.waited,
        "levels_given_up": account.step,
        "knows_customer": account.knows_customer,
        "needs": [vars(need) for need in account.needs],
        "fitting": [vars(candidate) for candidate in account.fitting],
        "left_out": [vars(person) for person in account.left_out],
        "counts": dict(account.counts),
    }
