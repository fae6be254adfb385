"""What policies make of matters: clocks that are attached, retargeted, followed through statuses, and ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from opora.sla.engine.clocks import Clock, Mark, Stretch
from opora.sla.engine.matters import Begun
from opora.sla.engine.metrics import NATURES, runs
from opora.sla.engine.policy import Agreement, Policy, Rules, Switches, Target
from opora.sla.engine.signals import Signals
from opora.sla.engine.state import Run, Stay, TicketState
from opora.tickets.models import Category

WITHOUT_OUTCOME = frozenset({"deleted", "spam", "merged", "unneeded", "no_target"})
OURS = Switches()
WORDS = {category.value: category.word for category in Category}
Chosen = Mapping[Agreement, Policy]


def end_clocks(state: TicketState, ended: Iterable[Run], signals: Signals, rules: Rules) -> None:
    """Stop the clocks of matters that are over, against the promise of before the update."""
    over = {(run.metric, run.cycle): run.how for run in ended}
    if not over and not signals.noted:
        return
    for clock in state.live_clocks():
        how = over.get((clock.metric, clock.cycle))
        policy = rules.known.get(clock.version)
        if (
            how is None
            and signals.noted
            and NATURES[clock.metric].of_reply
            and policy
            and policy.switches.note_stops
        ):
            how = "note"
        if how is not None:
            stop(clock, how, signals, rules)


def stop(clock: Clock, how: str, signals: Signals, rules: Rules) -> None:
    """End a clock; it is met when no more than its allowance was used (S3)."""
    clock.settle(rules, signals.at)
    _close(clock, signals.at)
    clock.stopped_at, clock.how = signals.at, how
    if how in WITHOUT_OUTCOME:
        clock.state, clock.outcome = "cancelled", "breached" if clock.first_breach_at else "cancelled"
    else:
        clock.state, clock.outcome = "fulfilled", "breached" if clock.first_breach_at else "met"
    clock.first_outcome = clock.first_outcome or clock.outcome
    clock.marks.append(
        Mark("cancel" if clock.state == "cancelled" else "fulfill", signals.at, signals.event, {"how": how})
    )


def apply_policies(state: TicketState, policies: Chosen, signals: Signals, rules: Rules) -> None:
    """Hold the live clocks against the policies as they are now, and attach those that are missing."""
    for clock in state.live_clocks():
        policy = policies.get(clock.agreement)
        if policy is None:
            stop(clock, "no_target", signals, rules)
        else:
            _retarget(state, clock, policy, signals, rules)
    if not signals.removed:
        _attach_missing(
            state, [run for run in state.runs if run.stopped_at is None], policies, signals, rules
        )


def begin_clocks(state: TicketState, begun: Begun, policies: Chosen, signals: Signals, rules: Rules) -> None:
    """Attach clocks to what begins, let those of reopened matters go on, count moved ones from their new beginning."""
    moved = {(run.metric, run.cycle) for run in begun.moved}
    if moved:
        state.clocks = [one for one in state.clocks if not (one.is_live and (one.metric, one.cycle) in moved)]
    reopened = {(run.metric, run.cycle) for run in begun.reopened}
    for clock in state.clocks if reopened else ():
        if (
            (clock.metric, clock.cycle) in reopened
            and clock.state == "fulfilled"
            and clock.agreement in policies
        ):
            clock.state, clock.outcome, clock.stopped_at, clock.how = "paused", "", None, ""
            clock.marks.append(Mark("reopen", signals.at, signals.event))
            _retarget(state, clock, policies[clock.agreement], signals, rules)
    _attach_missing(state, [*begun.new, *begun.reopened, *begun.moved], policies, signals, rules)


def follow_stays(state: TicketState, signals: Signals, rules: Rules) -> None:
    """Let each live clock run or pause as the ticket's status says, in the calendar of where the ticket is (S7)."""
    stay = state.stays[-1]
    stays_so = stay.at < signals.at and not rules.uses_change(state.at or signals.at, signals.at)
    for clock in state.live_clocks():
        clock.count_on(signals.at)
        if not (stays_so and clock.stretches and clock.stretches[-1].end is None):
            _follow(clock, stay, signals.at, signals.event, rules)


def _attach_missing(
    state: TicketState, found: Iterable[Run], policies: Chosen, signals: Signals, rules: Rules
) -> None:
    present = {(clock.agreement, clock.metric, clock.cycle): clock for clock in state.clocks}
    for agreement, policy in policies.items():
        for run in found:
            known = present.get((agreement, run.metric, run.cycle))
            if known and known.how != "no_target":
                continue
            target = policy.target(run.metric, state.values.get("priority"))
            if target is not None:
                if known:
                    state.clocks.remove(known)
                state.clocks.append(_attached(state, run, policy, target, signals, rules))


def _attached(
    state: TicketState, run: Run, policy: Policy, target: Target, signals: Signals, rules: Rules
) -> Clock:
    """Return a clock over all of a matter's time so far, whenever its policy came to match."""
    priority = state.values.get("priority")
    clock = Clock(
        agreement=policy.agreement, metric=run.metric, cycle=run.cycle, policy_id=policy.id, version=policy.version,
        priority=priority or policy.default_priority, assumed=priority is None, target=target.length,
        allowance=target.length, around=target.around, since=run.since,
    )  # fmt: skip
    clock.marks.append(Mark("activate", run.since, run.event))
    clock.marks.append(_applied(clock, signals))
    _walk(clock, state.stays, signals.at, rules)
    if run.since < signals.at:
        _allow(clock, signals, rules, grace=policy.switches.grace)
    return clock


def _applied(clock: Clock, signals: Signals) -> Mark:
    details = {
        "version": clock.version,
        "priority": clock.priority,
        "target": clock.target // timedelta(seconds=1),
    }
    return Mark("apply", signals.at, signals.event, details)


def _walk(clock: Clock, stays: Sequence[Stay], until: datetime, rules: Rules) -> None:
    """Lay the clock's stretches out over where the ticket has been since the matter began."""
    clock.stretches = []
    first = len(stays) - 1
    while first > 0 and stays[first].at > clock.since:
        first -= 1
    # A matter that came with a merge may be older than the ticket: its first status holds for all of it.
    for stay in stays[first:]:
        start = stay.at if clock.stretches else clock.since
        if start <= until:
            _follow(clock, stay, start, stay.event, rules)
    clock.count_on(until)


def _retarget(state: TicketState, clock: Clock, selected: Policy, signals: Signals, rules: Rules) -> None:
    """Give a live clock the target of the ticket's present policy and priority; what has passed is kept (S6)."""
    pinned = rules.known.get(clock.version)
    keeps = selected.switches.on_edit == "keep" and signals.rerated != clock.policy_id
    same = selected.id == clock.policy_id and keeps and pinned is not None
    policy = pinned if same and pinned else selected
    priority = state.values.get("priority")
    target = policy.target(clock.metric, priority)
    if target is None:
        stop(clock, "no_target", signals, rules)
        return
    present = (clock.version, clock.target, clock.around)
    if present == (policy.version, target.length, target.around):
        clock.priority, clock.assumed = priority or policy.default_priority, priority is None
        return
    clock.settle(rules, signals.at)
    shorter = target.length < clock.target
    clock.policy_id, clock.version, clock.around = policy.id, policy.version, target.around
    clock.priority, clock.assumed = priority or policy.default_priority, priority is None
    clock.target = clock.allowance = target.length
    if policy.switches.priority_change == "restart":
        clock.since, clock.stretches = signals.at, []
    elif policy.switches.priority_change == "retro":
        _walk(clock, state.stays, signals.at, rules)
    clock.marks.append(_applied(clock, signals))
    _allow(clock, signals, rules, grace=policy.switches.grace if shorter else timedelta())
    _follow(clock, state.stays[-1], signals.at, signals.event, rules)


def _allow(clock: Clock, signals: Signals, rules: Rules, *, grace: timedelta) -> None:
    """Leave at least the grace where a shorter target has been used up, or note the breach at once."""
    elapsed = clock.elapsed(rules, signals.at)
    if elapsed + grace <= clock.target:
        return
    if grace:
        clock.allowance = max(clock.target, elapsed + grace)
    elif clock.first_breach_at is None and elapsed > clock.target:
        clock.first_breach_at, clock.breach_why = signals.at, "retarget"
        clock.marks.append(Mark("breach", signals.at, signals.event, {"why": "retarget"}))


def _follow(clock: Clock, stay: Stay, at: datetime, event: int, rules: Rules) -> None:
    policy = rules.known.get(clock.version)
    switches = policy.switches if policy else OURS
    pauses = switches.hold_pauses or stay.status in switches.pausing_statuses
    is_running = runs(clock.metric, stay.category, on_hold_pauses=pauses)
    calendar_id = rules.calendar_for(policy, stay.place, at) if policy and not clock.around else None
    why = WORDS[stay.category]
    clock.count_on(at)
    limit = None if is_running else _limit(clock, switches, at)
    overstayed = limit is not None and limit <= at
    now = Stretch(at, None, is_running or overstayed, calendar_id, why, event, overstayed=overstayed)
    if not now.runs:
        now.unexplained, now.counts_on_at = stay.unexplained, limit
    last = clock.stretches[-1] if clock.stretches and clock.stretches[-1].end is None else None
    if last and _same(last, now):
        last.counts_on_at = now.counts_on_at
        return
    clock.settle(rules, at)
    _close(clock, at)
    clock.stretches.append(now)
    if policy and policy.switches.calendar == "last":
        for stretch in clock.stretches:
            stretch.calendar_id = calendar_id
    state = "running" if now.runs else "paused"
    if clock.is_live and state != clock.state and len(clock.stretches) > 1:
        clock.marks.append(Mark("resume" if now.runs else "pause", at, event, {"why": why}))
    clock.state = state if clock.is_live else clock.state


def _same(last: Stretch, now: Stretch) -> bool:
    alike = last.runs == now.runs and last.overstayed == now.overstayed
    return alike and last.calendar_id == now.calendar_id and last.why == now.why


def _limit(clock: Clock, switches: Switches, at: datetime) -> datetime | None:
    """Return when a pause that goes on at `at` has lasted for as long as it may; one status after another is one pause."""
    return clock.paused_since(at) + switches.longest_pause if switches.longest_pause else None


def _close(clock: Clock, at: datetime) -> None:
    last = clock.stretches[-1] if clock.stretches else None
    if last and last.end is None:
        if last.start >= at:
            clock.stretches.pop()
        else:
            last.end = at
