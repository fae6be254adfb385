"""What the fold keeps of one ticket between updates, and its form as JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from opora.sla.engine.clocks import Clock, Mark, Stretch
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Place


class Stay(NamedTuple):
    """Since when the ticket is in a status and a place, and which event brought it there."""

    at: datetime
    event: int
    category: int
    place: Place
    unexplained: bool
    status: int | None = None
    """Which of the desk's statuses: on hold it is the reason."""


@dataclass(slots=True)
class Run:
    """A matter that a promise can be made about: the first reply, the third turn, the ownership of a group.

    It is there whether or not any policy promises something. `how` it ended: replied, without_reply, solved, left,
    merged, deleted, unneeded; "" while it goes on.
    """

    metric: Metric
    cycle: int
    since: datetime
    event: int
    stopped_at: datetime | None = None
    how: str = ""


@dataclass(slots=True)
class TicketState:
    """Everything about one ticket's promises that the next event needs."""

    values: dict[str, Any] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    policies: dict[str, int] = field(default_factory=dict)
    has_replied: bool = False
    at: datetime | None = None

    def live_clocks(self) -> list[Clock]:
        """Return the clocks that have not stopped, in their order."""
        return [clock for clock in self.clocks if clock.stopped_at is None]

    def open_run(self, metric: Metric) -> Run | None:
        for run in self.runs:
            if run.stopped_at is None and run.metric == metric:
                return run
        return None

    def cycles(self, metric: Metric) -> int:
        return [run.metric for run in self.runs].count(metric)


def to_json(state: TicketState) -> dict[str, Any]:
    return {
        "values": {name: _plain(value) for name, value in state.values.items()},
        "stays": [_row(stay._asdict()) for stay in state.stays],
        "runs": [_row(_named(run, _OF_RUNS)) for run in state.runs],
        "clocks": [_clock_json(clock) for clock in state.clocks],
        "policies": state.policies,
        "has_replied": state.has_replied,
        "at": _plain(state.at),
    }


def from_json(written: dict[str, Any]) -> TicketState:
    return TicketState(
        values={name: _VALUES.get(name, _same)(value) for name, value in written["values"].items()},
        stays=[
            Stay(_moment(row["at"]), row["event"], row["category"], Place(*row["place"]), row["unexplained"],
                 row.get("status"))
            for row in written["stays"]
        ],
        runs=[
            Run(Metric(row["metric"]), row["cycle"], _moment(row["since"]), row["event"],
                _maybe(row["stopped_at"]), row["how"])
            for row in written["runs"]
        ],
        clocks=[_clock(row) for row in written["clocks"]],
        policies=written["policies"],
        has_replied=written["has_replied"],
        at=_maybe(written["at"]),
    )  # fmt: skip


def _clock_json(clock: Clock) -> dict[str, Any]:
    row = _row(_named(clock, _OF_CLOCKS))
    row["stretches"] = [_row(_named(stretch, _OF_STRETCHES)) for stretch in clock.stretches]
    row["marks"] = [_row(_named(mark, _OF_MARKS)) for mark in clock.marks]
    return row


def _clock(row: dict[str, Any]) -> Clock:
    plain = {name: _CLOCK.get(name, _same)(value) for name, value in row.items()}
    plain["stretches"] = [
        Stretch(**{name: _STRETCH.get(name, _same)(value) for name, value in stretch.items()})
        for stretch in row["stretches"]
    ]
    plain["marks"] = [Mark(**{**mark, "at": _moment(mark["at"])}) for mark in row["marks"]]
    return Clock(**plain)


def _named(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if value is None or type(value) in _ALREADY_PLAIN:
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


_ALREADY_PLAIN = frozenset({str, int, bool, float})
_OF_RUNS, _OF_STRETCHES, _OF_MARKS, _OF_CLOCKS = (
    tuple(one.name for one in fields(cls) if one.name not in ("stretches", "marks"))
    for cls in (Run, Stretch, Mark, Clock)
)


def _same(value: Any) -> Any:
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _length(micros: int) -> timedelta:
    return timedelta(microseconds=micros)


_CLOCK: dict[str, Callable[[Any], Any]] = {
    "metric": Metric, "target": _length, "allowance": _length, "since": _moment, "first_breach_at": _maybe,
    "stopped_at": _maybe,
}  # fmt: skip
_STRETCH: dict[str, Callable[[Any], Any]] = {"start": _moment, "end": _maybe, "counts_on_at": _maybe}
_VALUES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        (
            "created_at",
            "updated_at",
            "solved_at",
            "due_at",
            "status_changed_at",
            "assigned_at",
            "customer_at",
            "agent_at",
        ),
        _maybe,
    ),
    **dict.fromkeys(("tags", "follower_ids", "cc_ids"), frozenset),
    "values": lambda found: {int(key): tuple(texts) for key, texts in found.items()},
}
