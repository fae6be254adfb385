"""The account of a clock's time: which promise, why it is made, each stretch, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.calendars.models import Calendar
from opora.core import clock as time
from opora.core.business_time import Reason, segments
from opora.core.conditions import Verdict, evaluate
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people import log_words
from opora.sla.content import Content
from opora.sla.engine.clocks import Clock, Stretch
from opora.sla.engine.policy import Rules
from opora.sla.engine.state import TicketState, from_json
from opora.sla.engine.ticket import snapshot
from opora.sla.engine.waking import Waking, waking_of
from opora.sla.models import Exclusion, PolicyVersion, Promise
from opora.sla.rulebook import rules
from opora.tickets.conditions import Case, read_conditions

MOST_LINES = 400
"""Lines of an account; a clock that ran for years tells its stretches without their nights."""

REASONS = {
    Reason.NIGHT: gettext_lazy("outside the hours"),
    Reason.BREAK: gettext_lazy("break"),
    Reason.DAY_OFF: gettext_lazy("day off"),
    Reason.HOLIDAY: gettext_lazy("holiday"),
}


@dataclass(frozen=True)
class Line:
    """Time in one condition. `kind`: counted, closed, paused. `event` is the sentence of what began it."""

    kind: str
    start: datetime
    end: datetime
    counted: timedelta
    calendar: str
    why: str
    event: str = ""
    unexplained: bool = False
    overstayed: bool = False

    @property
    def length(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True)
class Candidate:
    """A policy that was asked whether it makes its promise to the ticket, in its order."""

    name: str
    number: int
    verdict: Verdict
    is_chosen: bool


@dataclass(frozen=True)
class Account:
    """Everything that a clock follows from, and what came of it, as of `at`."""

    ticket_id: int
    clock: Clock
    waking: Waking
    policy: str
    number: int
    candidates: Sequence[Candidate]
    lines: Sequence[Line]
    at: datetime
    elapsed: timedelta
    longest_pause: timedelta | None = None
    exclusion: Exclusion | None = None

    @property
    def end(self) -> datetime:
        return self.clock.stopped_at or self.at

    @property
    def left(self) -> timedelta:
        return self.clock.allowance - self.elapsed

    @property
    def paused(self) -> timedelta:
        return sum(self.clock.paused(self.end).values(), timedelta())

    @property
    def closed(self) -> timedelta:
        return sum((line.length for line in self.lines if line.kind == "closed"), timedelta())


def accounts_of(ticket_id: int) -> list[Account]:
    """Return the accounts of all clocks of a ticket, the live ones first, in a constant number of queries."""
    promise = Promise.objects.filter(pk=ticket_id).first()
    if promise is None:
        return []
    state, given, at = from_json(promise.state), rules(), time.now()
    versions = _versions(state, given)
    calendars = dict(Calendar.objects.values_list("pk", "name"))
    events = _events(state)
    left_out = {
        row.pk: row for row in Exclusion.objects.filter(ticket_id=ticket_id).select_related("approved_by")
    }
    order = sorted(state.clocks, key=lambda one: (not one.is_live, one.since))
    chosen: dict[str, list[Candidate]] = {}
    made = []
    for one in order:
        one.count_on(at)
        if one.agreement not in chosen:
            chosen[one.agreement] = _candidates(state, one.agreement, given, versions)
        version, policy = versions.get(one.version), given.known.get(one.version)
        made.append(
            Account(
                ticket_id=ticket_id, clock=one, waking=waking_of(one, given), policy=version.policy.name if version else "",
                number=version.number if version else 0, candidates=chosen[one.agreement],
                lines=list(_lines(one, given, at, calendars, events)), at=at, elapsed=one.elapsed(given, one.stopped_at or at),
                longest_pause=policy.switches.longest_pause if policy else None,
                exclusion=left_out.get(f"{ticket_id}:{one.key}"),
            )
        )  # fmt: skip
    return made


def account_of(ticket_id: int, key: str) -> Account | None:
    return next((one for one in accounts_of(ticket_id) if one.clock.key == key), None)


def _versions(state: TicketState, given: Rules) -> dict[int, PolicyVersion]:
    wanted = {one.version for one in state.clocks}
    if state.at:
        wanted |= {policy.version for policy in given.policies_at(state.at)}
    return {row.pk: row for row in PolicyVersion.objects.filter(pk__in=wanted).select_related("policy")}


def _candidates(
    state: TicketState, agreement: str, given: Rules, versions: dict[int, PolicyVersion]
) -> list[Candidate]:
    """Ask the policies in force at the ticket's last change, up to the one that holds (S5)."""
    if state.at is None:
        return []
    case, found = Case(snapshot(state.values), state.at), []
    for policy in given.policies_at(state.at):
        version = versions.get(policy.version)
        if policy.agreement == agreement and version:
            tree = read_conditions(Content.from_json(version.content).conditions)
            verdict = evaluate(tree, case)
            found.append(Candidate(policy.name, version.number, verdict, verdict.holds))
            if verdict.holds:
                break
    return found


def _events(state: TicketState) -> dict[int, str]:
    ids = {stretch.event for one in state.clocks for stretch in one.stretches}
    ids |= {mark.event for one in state.clocks for mark in one.marks}
    return {event.pk: _said(event) for event in Event.objects.filter(pk__in=ids)}


def _said(event: Event) -> str:
    actor = log_words.actor(event)
    return f"{actor} {fact_of(event).sentence()}" if event.kind in FACTS else actor


def _lines(
    one: Clock, given: Rules, at: datetime, calendars: dict[int, str], events: dict[int, str]
) -> Iterator[Line]:
    count = 0
    for stretch in one.stretches:
        end = min(stretch.end or at, at)
        if end <= stretch.start:
            continue
        calendar = _calendar(stretch, calendars)
        said = events.get(stretch.event, "")
        if not stretch.runs:
            yield Line(
                "paused", stretch.start, end, timedelta(), calendar, stretch.why, said, stretch.unexplained
            )
            continue
        for segment in segments(given.schedule(stretch.calendar_id), stretch.start, end):
            count += 1
            if count > MOST_LINES:
                return
            if segment.is_open:
                yield Line(
                    "counted", segment.start, segment.end, segment.length, calendar, stretch.why, said,
                    overstayed=stretch.overstayed,
                )  # fmt: skip
            else:
                why = segment.name or str(REASONS[segment.reason or Reason.NIGHT])
                yield Line("closed", segment.start, segment.end, timedelta(), calendar, why)
            said = ""


def _calendar(stretch: Stretch, calendars: dict[int, str]) -> str:
    if stretch.calendar_id is None:
        return _("around the clock")
    return calendars.get(stretch.calendar_id, "")
