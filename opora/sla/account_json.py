"""The account of a clock as plain values: times in ISO, lengths in seconds."""

from datetime import datetime
from typing import Any

from opora.sla.account import Account
from opora.sla.models import Exclusion


def as_json(account: Account) -> dict[str, Any]:
    """Return the account as plain values: times in ISO, lengths in seconds."""
    one, waking = account.clock, account.waking
    return {
        "ticket_id": account.ticket_id,
        "clock": one.key,
        "agreement": one.agreement,
        "metric": one.metric.value,
        "cycle": one.cycle,
        "state": one.state,
        "outcome": one.outcome,
        "first_outcome": one.first_outcome,
        "policy": {"id": one.policy_id, "name": account.policy, "version": account.number},
        "priority": one.priority,
        "priority_assumed": one.assumed,
        "target": one.target.total_seconds(),
        "allowance": one.allowance.total_seconds(),
        "elapsed": account.elapsed.total_seconds(),
        "elapsed_calendar": one.real(account.at).total_seconds(),
        "paused": {why: length.total_seconds() for why, length in one.paused(account.end).items()},
        "started_at": one.since.isoformat(),
        "stopped_at": _iso(one.stopped_at),
        "due_at": _iso(waking.due_at),
        "breach_at": _iso(waking.breach_at),
        "first_breach_at": _iso(one.first_breach_at),
        "breach_reason": one.breach_why,
        "longest_pause": account.longest_pause.total_seconds() if account.longest_pause else None,
        "counts_on_at": _iso(one.counts_on_at),
        "left_out": _left_out(account.exclusion),
        "selection": [
            {
                "policy": row.name,
                "version": row.number,
                "holds": row.is_chosen,
                "conditions": [
                    {"sentence": outcome.sentence, "holds": outcome.holds, "seen": outcome.seen}
                    for outcome in (*row.verdict.every, *row.verdict.some)
                ],
            }
            for row in account.candidates
        ],
        "segments": [
            {
                "kind": line.kind,
                "start": line.start.isoformat(),
                "end": line.end.isoformat(),
                "counted": line.counted.total_seconds(),
                "calendar": line.calendar,
                "why": line.why,
                "event": line.event,
                "unexplained": line.unexplained,
                "overstayed": line.overstayed,
            }
            for line in account.lines
        ],
        "marks": [
            {"kind": mark.kind, "at": mark.at.isoformat(), "event": mark.event, **mark.details}
            for mark in one.marks
        ],
    }


def _left_out(exclusion: Exclusion | None) -> dict[str, Any] | None:
    if exclusion is None:
        return None
    by, at = exclusion.approved_by_id, exclusion.at.isoformat()
    return {"reason": exclusion.reason, "approved_by": by, "at": at}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
