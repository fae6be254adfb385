"""Clocks as a projection: each update of a ticket is folded into its row as the last step of the update."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from opora.core.prepared import insert, prepared, write
from opora.events.models import Event
from opora.sla.engine.clocks import Clock
from opora.sla.engine.fold import fold_update
from opora.sla.engine.policy import Rules
from opora.sla.engine.state import TicketState, from_json, to_json
from opora.sla.engine.told import CREATED, READ, Told
from opora.sla.engine.waking import Waking, waking_of
from opora.sla.models import ClockRow, Promise
from opora.sla.rulebook import rules

COLUMNS = [field.name for field in ClockRow._meta.concrete_fields if field.name != "key"]


def told_of(event: Event) -> Told:
    return Told(event.pk, event.update_id, event.kind, event.occurred_at, event.actor_kind, event.body)


def project_update(events: Sequence[Event]) -> None:
    """Fold the events of one update into the clocks of each ticket that they are about."""
    by_ticket: dict[int, list[Event]] = {}
    for event in events:
        if event.subject_kind == "ticket" and event.kind in READ:
            by_ticket.setdefault(event.subject_id, []).append(event)
    if not by_ticket:
        return
    given = rules()
    for ticket_id, mine in by_ticket.items():
        _project(ticket_id, mine, given)


def _project(ticket_id: int, events: Sequence[Event], given: Rules) -> None:
    is_new = any(event.kind == CREATED for event in events)
    before = None if is_new else _kept_state.first(ticket_id)
    if before is None and not is_new:
        return  # a ticket from before there were clocks
    state = from_json(before) if before else TicketState(values={"id": ticket_id})
    fold_update(state, [told_of(event) for event in events], given)
    store(ticket_id, state, given, before=before)


@prepared
def _kept_state(ticket_id: int) -> QuerySet[Promise, dict[str, Any]]:
    return Promise.objects.filter(pk=ticket_id).values_list("state", flat=True)


def store(ticket_id: int, state: TicketState, given: Rules, *, before: dict[str, Any] | None = None) -> None:
    """Write what the fold made: one row for the ticket, one for each clock that is not as it was `before`."""
    written = to_json(state)
    known = {_key(row): row for row in before["clocks"]} if before else {}
    wakings = {
        clock.key: waking_of(clock, given)
        for clock in state.clocks
        if clock.is_live or clock.key not in known
    }
    changed = [
        clock
        for clock, row in zip(state.clocks, written["clocks"], strict=True)
        if known.get(clock.key) != row
    ]
    rows = [_row(ticket_id, one, wakings.get(one.key) or waking_of(one, given), given) for one in changed]
    values = _summary(state, wakings) | {"state": written}
    if before is None:
        insert(Promise(ticket_id=ticket_id, **values))
    else:
        write(Promise(ticket_id=ticket_id, **values), *values)
    gone = set(known) - {clock.key for clock in state.clocks}
    if gone:
        ClockRow.objects.filter(pk__in=[f"{ticket_id}:{key}" for key in gone]).delete()
    for row in rows:
        if before is None or not write(row, *COLUMNS):
            insert(row)


def _key(row: dict[str, Any]) -> str:
    return f"{row['agreement']}:{row['metric']}:{row['cycle']}"


def _row(ticket_id: int, clock: Clock, waking: Waking, given: Rules) -> ClockRow:
    stopped = clock.stopped_at
    return ClockRow(
        key=f"{ticket_id}:{clock.key}",
        ticket_id=ticket_id,
        policy_id=clock.policy_id,
        version_id=clock.version,
        agreement=clock.agreement,
        metric=clock.metric.value,
        cycle=clock.cycle,
        priority=clock.priority,
        state=clock.state,
        outcome=clock.outcome,
        first_outcome=clock.first_outcome,
        target=clock.target,
        elapsed=clock.elapsed(given, stopped) if stopped else None,
        real=clock.real(stopped) if stopped else None,
        paused=sum(clock.paused(stopped).values(), timedelta()) if stopped else None,
        started_at=clock.since,
        stopped_at=stopped,
        due_at=waking.due_at,
        breach_at=waking.breach_at,
        first_breach_at=clock.first_breach_at,
        reported_at=clock.first_breach_at or (stopped if clock.outcome == "met" else None),
        next_threshold=waking.next_threshold,
        next_at=waking.next_at,
    )


def _summary(state: TicketState, wakings: dict[str, Waking]) -> dict[str, object]:
    """Return what lists show: of the live promises to the customer that which breaks, or broke, first."""
    live = [clock for clock in state.clocks if clock.is_live and clock.agreement == "sla"]
    dated = [(wakings[clock.key].breach_at, clock) for clock in live if wakings[clock.key].breach_at]
    running = [(moment, clock) for moment, clock in dated if clock.state == "running" or _will_run(clock)]
    first = min(running or dated, key=lambda pair: (pair[0], pair[1].key), default=None)
    return {
        "next_since": first[1].since if first else None,
        "next_due_at": wakings[first[1].key].due_at if first else None,
        "next_breach_at": first[0] if first else None,
        "next_metric": first[1].metric.value if first else "",
        "breached": any(clock.first_breach_at for clock in live),
        "paused": bool(live) and all(clock.state == "paused" for clock in live),
        "uncovered": not state.policies.get("sla") and state.values.get("category", 0) < 4,
    }


def _will_run(clock: Clock) -> bool:
    """Whether a paused clock goes on by itself to a breach that is still to come (S12)."""
    return clock.counts_on_at is not None and clock.first_breach_at is None


def recount(ticket_ids: Iterable[int]) -> int:
    """Work out anew when clocks become due, after a calendar has changed; what they counted stays. Returns how many."""
    given, done = rules(), 0
    for row in Promise.objects.filter(pk__in=list(ticket_ids)).iterator(chunk_size=500):
        store(row.pk, from_json(row.state), given, before={"clocks": []})
        done += 1
    return done


def tickets_counting_in(calendar_id: int) -> list[int]:
    """Return the tickets with a clock that is open and may count in the calendar."""
    live = ClockRow.objects.filter(state__in=("running", "paused")).values("ticket_id")
    found = Promise.objects.filter(pk__in=live).values_list("pk", "state")
    return [pk for pk, state in found.iterator(chunk_size=500) if _counts_in(state, calendar_id)]


def _counts_in(state: dict, calendar_id: int) -> bool:
    return any(
        clock["stretches"] and clock["stretches"][-1]["calendar_id"] == calendar_id
        for clock in state["clocks"]
        if clock["state"] in ("running", "paused")
    )
