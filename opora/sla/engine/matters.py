"""When matters begin and end that promises can be made about, whether or not any policy promises something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opora.sla.engine.metrics import CUMULATIVE, NATURES, Metric
from opora.sla.engine.policy import Policy
from opora.sla.engine.signals import Signals
from opora.sla.engine.state import Run, TicketState
from opora.tickets.models import Category


@dataclass(slots=True)
class Begun:
    """Runs that are new, that go on after a reopening, and that turned out to have begun earlier (S14)."""

    new: list[Run] = field(default_factory=list)
    reopened: list[Run] = field(default_factory=list)
    moved: list[Run] = field(default_factory=list)


def end_runs(state: TicketState, signals: Signals, before: Mapping[str, Any]) -> list[Run]:
    """End what the update ends, and return it."""
    ended: list[Run] = []

    def end(run: Run, how: str) -> None:
        if run.stopped_at is None:
            run.stopped_at, run.how = signals.at, how
            ended.append(run)

    is_solved, group_changed = _is_solved(state.values), _group_changed(state, before)
    is_quiet = not (signals.removed or signals.unneeded or signals.replied or is_solved or group_changed)
    if is_quiet and before.get("category") != Category.HOLD:
        return ended
    for run in state.runs:
        if run.stopped_at is not None:
            continue
        nature = NATURES[run.metric]
        if signals.removed:
            end(run, signals.removed)
        if signals.unneeded and nature.of_reply:
            end(run, "unneeded")
        if signals.replied and (nature.of_reply or nature.of_update):
            end(run, "replied")
        if is_solved:
            end(run, "without_reply" if nature.of_reply else "solved")
        if run.metric == Metric.GROUP_OWNERSHIP and group_changed:
            end(run, "left")
        if run.metric == Metric.THIRD_PARTY and state.values["category"] != Category.HOLD:
            end(run, "left")
    state.has_replied |= signals.replied
    return ended


def begin_runs(
    state: TicketState, signals: Signals, before: Mapping[str, Any], policies: Mapping[Any, Policy]
) -> Begun:
    """Begin what the update begins."""
    begun = Begun()
    if _is_solved(state.values) or state.values.get("is_removed") or signals.removed:
        return begun
    reopened = _is_solved(before) and not signals.is_new
    if signals.is_new or signals.restored or reopened:
        _begin_resolution(state, signals, begun, policies)
    if signals.replied or reopened:
        for metric in (Metric.PERIODIC_UPDATE, Metric.PAUSABLE_UPDATE):
            if state.has_replied:
                _begin(state, metric, signals.at, signals, begun)
    if _is_ours_to_answer(signals, policies):
        _begin(state, Metric.FIRST_REPLY, signals.at, signals, begun)
    _begin_reply(state, signals, begun)
    if state.values.get("group_id") and (
        signals.is_new or reopened or signals.restored or _group_changed(state, before)
    ):
        _begin(state, Metric.GROUP_OWNERSHIP, signals.at, signals, begun)
    if state.values["category"] == Category.HOLD:
        _begin(state, Metric.THIRD_PARTY, signals.at, signals, begun)
    return begun


def _begin_resolution(
    state: TicketState, signals: Signals, begun: Begun, policies: Mapping[Any, Policy]
) -> None:
    """A reopened ticket goes on with what it had, or begins another cycle (S11)."""
    anew = any(policy.switches.reopen == "new_cycle" for policy in policies.values())
    for metric in CUMULATIVE:
        last = next((run for run in reversed(state.runs) if run.metric == metric), None)
        if last and last.how == "solved" and not anew:
            last.stopped_at, last.how = None, ""
            begun.reopened.append(last)
        else:
            _begin(state, metric, signals.at, signals, begun)


def _is_ours_to_answer(signals: Signals, policies: Mapping[Any, Policy]) -> bool:
    """Whether a ticket that we began for a customer waits for a first reply all the same (S9)."""
    if not (signals.is_new and signals.for_a_customer) or signals.asked:
        return False
    ways = {policy.switches.ours_starts for policy in policies.values()}
    return "always" in ways or ("note" in ways and not signals.replied)


def _begin_reply(state: TicketState, signals: Signals, begun: Begun) -> None:
    """A customer waits for a reply: the first, or one more turn, from the oldest unanswered word (S9, S10, S14)."""
    asked = signals.asked and not signals.replied
    since = signals.waiting_since
    if asked:
        since = min(signals.at, since or signals.at)
    if since is None and signals.restored and _last_reply_was_removed(state):
        since = signals.at
    if since is None:
        return
    waiting = state.open_run(Metric.FIRST_REPLY) or state.open_run(Metric.NEXT_REPLY)
    if waiting is None:
        had_first = any(run.metric == Metric.FIRST_REPLY and run.how == "without_reply" for run in state.runs)
        metric = Metric.NEXT_REPLY if state.has_replied or had_first else Metric.FIRST_REPLY
        _begin(state, metric, since, signals, begun)
    elif since < waiting.since:
        waiting.since = since
        begun.moved.append(waiting)


def _last_reply_was_removed(state: TicketState) -> bool:
    return any(run.how in ("deleted", "spam", "merged") for run in _replies(state)[-1:])


def _replies(state: TicketState) -> list[Run]:
    return [run for run in state.runs if NATURES[run.metric].of_reply]


def _begin(state: TicketState, metric: Metric, since: datetime, signals: Signals, begun: Begun) -> None:
    if state.open_run(metric) is None:
        run = Run(metric, state.cycles(metric) + 1, since, signals.event)
        state.runs.append(run)
        begun.new.append(run)


def _is_solved(values: Mapping[str, Any]) -> bool:
    return values.get("category", Category.NEW) >= Category.SOLVED


def _group_changed(state: TicketState, before: Mapping[str, Any]) -> bool:
    return state.values.get("group_id") != before.get("group_id")
