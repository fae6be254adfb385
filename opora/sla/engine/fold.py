"""The fold: one update after another, from the log to clocks. Pure: no tables, no present time.

Order inside one update (S4): what stops is measured against the promise of before; then what ends without an outcome;
then the policies are chosen anew; then what begins; then what pauses and goes on.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from opora.sla.engine import told
from opora.sla.engine.matters import begin_runs, end_runs
from opora.sla.engine.policy import Place, Rules
from opora.sla.engine.promises import apply_policies, begin_clocks, end_clocks, follow_stays
from opora.sla.engine.signals import Signals
from opora.sla.engine.state import Stay, TicketState
from opora.sla.engine.ticket import fold_ticket, snapshot
from opora.sla.engine.told import Told


def fold(ticket_id: int, events: Iterable[Told], rules: Rules) -> TicketState:
    """Return what the events of one ticket, in their order, make of its promises."""
    state = TicketState(values={"id": ticket_id})
    for _update, group in groupby(events, key=lambda event: event.update_id):
        fold_update(state, list(group), rules)
    return state


def fold_update(state: TicketState, events: Sequence[Told], rules: Rules) -> None:
    """Fold the events of one update of one ticket into its state, in place."""
    notices = [event for event in events if event.kind in told.NOTICES]
    for notice in notices:
        _note_notice(state, notice, rules)
    events = [event for event in events if event.kind in told.READ and event.kind not in told.NOTICES]
    if not events or (state.at is None and events[0].kind != told.CREATED):
        return
    first = events[0]
    signals = Signals(max(first.at, state.at or first.at), first.id)
    before = dict(state.values)
    for event in events:
        fold_ticket(state.values, event)
        _read(event, signals, state)
    ended = end_runs(state, signals, before)
    end_clocks(state, ended, signals, rules)
    _stay(state, signals)
    policies = rules.select(snapshot(state.values), signals.at)
    apply_policies(state, policies, signals, rules)
    begun = begin_runs(state, signals, before, policies)
    begin_clocks(state, begun, policies, signals, rules)
    follow_stays(state, signals, rules)
    state.policies = {agreement: policy.version for agreement, policy in policies.items()}
    state.at = signals.at


def _read(event: Told, signals: Signals, state: TicketState) -> None:
    if event.kind == told.CREATED:
        signals.is_new = True
    elif event.kind == told.COMMENTED:
        _read_comment(event, signals, state)
    elif event.kind in told.REMOVED:
        signals.removed = "deleted" if event.kind == "ticket.deleted" else "spam"
    elif event.kind == told.MERGED:
        signals.removed = "merged"
    elif event.kind in (told.RESTORED, told.UNMERGED):
        signals.restored = True
    elif event.kind == told.UNNEEDED:
        signals.unneeded = True
    elif event.kind == told.MERGE_RECEIVED and event.body.get("waiting_since"):
        signals.waiting_since = datetime.fromisoformat(event.body["waiting_since"])


def _read_comment(event: Told, signals: Signals, state: TicketState) -> None:
    """A person of ours replies, notes; a customer asks. Machines and the requester's own words are no replies (S9)."""
    body = event.body
    if body.get("is_auto_reply"):
        return
    is_public = body.get("is_public", True)
    by_us = body["author_kind"] == "agent" and body["author_id"] != state.values.get("requester_id")
    if not by_us:
        signals.asked |= is_public and body["author_kind"] != "system"
    elif event.actor_kind not in ("rule", "timer", "system"):
        signals.replied |= is_public
        signals.noted |= not is_public


def _stay(state: TicketState, signals: Signals) -> None:
    values = state.values
    place = Place(values.get("group_id"), values.get("brand_id"), values.get("organization_id"))
    category = values["category"]
    last = state.stays[-1] if state.stays else None
    if last is None or (last.category, last.place) != (category, place):
        unexplained = category == 2 and not signals.replied
        state.stays.append(Stay(signals.at, signals.event, category, place, unexplained))


def _note_notice(state: TicketState, notice: Told, rules: Rules) -> None:
    for clock in state.clocks:
        if clock.key == notice.body["clock"]:
            clock.told = max(clock.told, notice.body.get("threshold", 100))
            if notice.kind == told.BREACHED:
                clock.settle(rules, max(notice.at, datetime.fromisoformat(notice.body["found_at"])))
