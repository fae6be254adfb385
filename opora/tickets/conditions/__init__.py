"""Conditions on tickets: for lists as SQL, for rules and clocks as a predicate on a snapshot."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from opora.core import clock
from opora.core import conditions as engine
from opora.core.conditions import Predicate, Tree, Verdict
from opora.core.conditions.kinds import as_instant
from opora.events.actor import ActsAsActor
from opora.tickets.conditions.case import Case
from opora.tickets.conditions.editor import ConditionsField
from opora.tickets.conditions.registry import TicketFields, condition_fields, register_field
from opora.tickets.happened import Happened
from opora.tickets.snapshot import Snapshot

__all__ = [
    "Case",
    "ConditionsField",
    "TicketFields",
    "as_instant",
    "compile_conditions",
    "condition_fields",
    "describe",
    "holds",
    "predicate_of",
    "read_conditions",
    "register_field",
    "verdict",
]


def read_conditions(written: Any, *, fields: TicketFields | None = None) -> Tree:
    """Return the tree with its fields. Raises `Invalid` with a sentence for what cannot be understood."""
    return engine.read_tree(written, fields or condition_fields())


def compile_conditions(written: Any, *, by: ActsAsActor) -> Q:
    """Return the conditions on tickets as a `Q`; “current user” and “current groups” are those of `by`."""
    return engine.to_q(read_conditions(written), by=by)


def predicate_of(written: Any, *, fields: TicketFields | None = None) -> Predicate:
    """Return the conditions as a function of a `Case`: to be made once and asked of many."""
    return engine.predicate(read_conditions(written, fields=fields))


def holds(
    written: Any,
    snapshot: Snapshot,
    *,
    happened: Happened | None = None,
    by: ActsAsActor | None = None,
    at: datetime | None = None,
) -> bool:
    """Whether the conditions hold for the ticket at an instant (now, if none is given) and, for rules, in an update.

    To ask the same of many tickets make the predicate once, by `predicate_of`.
    """
    return predicate_of(written)(Case(snapshot, at or clock.now(), by, happened or Happened()))


def verdict(
    written: Any,
    snapshot: Snapshot,
    *,
    happened: Happened | None = None,
    by: ActsAsActor | None = None,
    at: datetime | None = None,
) -> Verdict:
    """Return what came of each condition, with the value that was seen."""
    return engine.evaluate(
        read_conditions(written), Case(snapshot, at or clock.now(), by, happened or Happened())
    )


def describe(written: Any) -> str:
    """Say the conditions in the reader's language, without a full stop; “” if there are none."""
    return engine.sentence(read_conditions(written))
