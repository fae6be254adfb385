"""The fold: one update after another, from the log to clocks. Pure: no tables, no present time.

Order inside one update (S4): what stops is measured against the promise of before; then what ends without an outcome;
then the policies are chosen anew; then what begins; then what pauses and goes on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from opora.sla.engine import told
from opora.sla.engine.matters import begin_runs, end_runs
from opora.sla.engine.policy import Place, Rules
from opora.sla.engine.promises import apply_policies, begin_clocks, end_clocks, follow_stays
from opora.sla.engine.signals import Signals
from opora.sla.engine.state import Stay, TicketState
from opora.sla.engine.ticket import fold_ticket, snapshot
from opora.sla.engine.told import Told
from opora.tickets.models import Category
from opora.tickets.snapshot import Snapshot

NOBODY = Snapshot(id=0)
_UPDATE = attrgetter("update_id")


@dataclass(slots=True)
class Moment:
    """One update as promises see it, whatever the policies: what it did, and the ticket before and after it.

    `signals` is None where it only tells what clocks told by themselves.
    """

    notices: list[Told]
    signals: Signals | None
    before: Mapping[str, Any]
    values: dict[str, Any]
    ticket: Snapshot


def fold(ticket_id: int, events: Iterable[Told], rules: Rules) -> TicketState:
    """Return what the events of one ticket, in their order, make of its promises."""
    return fold_moments(ticket_id, moments_of(ticket_id, events), rules)


def fold_update(state: TicketState, events: Sequence[Told], rules: Rules) -> None:
    """Fold the events of one update of one ticket into its state, in place."""
    _fold(state, _moment(state.values, state.at, events), rules)


def moments_of(ticket_id: int, events: Iterable[Told]) -> list[Moment]:
    """Return the updates of one ticket in their order: what is the same under all rules, to be read once for several."""
    moments: list[Moment] = []
    values: dict[str, Any] = {"id": ticket_id}
    at: datetime | None = None
    for _update, group in groupby(events, key=_UPDATE):
        moment = _moment(values, at, list(group))
        moments.append(moment)
        values = moment.values
        at = moment.signals.at if moment.signals else at
    return moments


def fold_moments(ticket_id: int, moments: Iterable[Moment], rules: Rules) -> TicketState:
    """Return what the updates make of the ticket's promises under these rules."""
    state = TicketState(values={"id": ticket_id})
    for moment in moments:
        _fold(state, moment, rules)
    return state


def _moment(values: dict[str, Any], at: datetime | None, events: Sequence[Told]) -> Moment:
    notices = [event for event in events if event.kind in told.NOTICES]
    read = (
        [event for event in events if event.kind in told.READ]
        if not notices
        else [event for event in events if event.kind in told.READ and event.kind not in told.NOTICES]
    )
    if not read or (at is None and read[0].kind != told.CREATED):
        return Moment(notices, None, values, values, NOBODY)
    first = read[0]
    signals = Signals(max(first.at, at or first.at), first.id)
    after = dict(values)
    for event in read:
        fold_ticket(after, event)
        _read(event, signals, after)
    return Moment(notices, signals, values, after, snapshot(after))


def _fold(state: TicketState, moment: Moment, rules: Rules) -> None:
    for notice in moment.notices:
        _note_notice(state, notice, rules)
    signals, before = moment.signals, moment.before
    if signals is None:
        return
    state.values = moment.values
    ended = end_runs(state, signals, before)
    end_clocks(state, ended, signals, rules)
    _stay(state, signals)
    policies = rules.select(moment.ticket, signals.at)
    chosen: dict[str, int] = {agreement: policy.version for agreement, policy in policies.items()}
    is_anew = chosen != state.policies or signals.rerated is not None
    if is_anew or state.values.get("priority") != before.get("priority"):
        apply_policies(state, policies, signals, rules)
    begun = begin_runs(state, signals, before, policies)
    if begun.new or begun.reopened or begun.moved:
        begin_clocks(state, begun, policies, signals, rules)
    follow_stays(state, signals, rules)
    state.policies = chosen
    state.at = signals.at


def _read(event: Told, signals: Signals, values: Mapping[str, Any]) -> None:
    if event.kind == told.CREATED:
        signals.is_new = True
        submitter = event.body.get("submitter_id")
        signals.for_a_customer = event.actor_kind == "agent" and submitter not in (
            None,
            event.body.get("requester_id"),
        )
    elif event.kind == told.COMMENTED:
        _read_comment(event, signals, values)
    elif event.kind in told.REMOVED:
        signals.removed = "deleted" if event.kind == "ticket.deleted" else "spam"
    elif event.kind == told.MERGED:
        signals.removed = "merged"
    elif event.kind in (told.RESTORED, told.UNMERGED):
        signals.restored = True
    elif event.kind == told.UNNEEDED:
        signals.unneeded = True
    elif event.kind == told.RERATED:
        signals.rerated = event.body["policy_id"]
    elif event.kind == told.MERGE_RECEIVED and event.body.get("waiting_since"):
        signals.waiting_since = datetime.fromisoformat(event.body["waiting_since"])


def _read_comment(event: Told, signals: Signals, values: Mapping[str, Any]) -> None:
    """A person of ours replies, notes; a customer asks. Machines and the requester's own words are no replies (S9)."""
    body = event.body
    if body.get("is_auto_reply"):
        return
    is_public = body.get("is_public", True)
    by_us = body["author_kind"] == "agent" and body["author_id"] != values.get("requester_id")
    if not by_us:
        signals.asked |= is_public and body["author_kind"] != "system"
    elif event.actor_kind not in ("rule", "timer", "system"):
        signals.replied |= is_public
        signals.noted |= not is_public


def _stay(state: TicketState, signals: Signals) -> None:
    values = state.values
    place = Place(values.get("group_id"), values.get("brand_id"), values.get("organization_id"))
    category = values["category"]
    status = values.get("status_id") if category == Category.HOLD else None
    last = state.stays[-1] if state.stays else None
    if last is None or (last.category, last.place, last.status) != (category, place, status):
        unexplained = category == Category.PENDING and not signals.replied
        state.stays.append(Stay(signals.at, signals.event, category, place, unexplained, status))


def _note_notice(state: TicketState, notice: Told, rules: Rules) -> None:
    for clock in state.clocks:
        if clock.key == notice.body["clock"]:
            if notice.kind != told.COUNTED_ON:
                clock.told = max(clock.told, notice.body.get("threshold", 100))
            if notice.kind != told.WARNED:
                clock.settle(rules, max(notice.at, datetime.fromisoformat(notice.body["found_at"])))
