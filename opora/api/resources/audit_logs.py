"""The audit log of the account: who changed which setting, read from the log of events."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_one
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.routing import operation
from opora.api.wire.times import read_moment, stamp
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people.policy import may, require

NOT_SETTINGS = {"ticket", "person", "organization", "presence", "mail", "delivery", "event"}
"""Subjects of daily work; what happens to all others is a change of the desk."""
_DESTROYED = ("removed", "deleted", "revoked")
_CREATED = ("created", "added")
_ACTIONS = {"create": "Created", "update": "Updated", "destroy": "Deleted"}


def _kinds() -> list[str]:
    return [kind for kind, fact in FACTS.items() if fact.subject_kind not in NOT_SETTINGS]


def _rows(call: Call) -> QuerySet[Event]:
    require(may(call.person, "settings.desk"))
    return Event.objects.filter(kind__in=_kinds())


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Event.objects.in_bulk(ids)
    return [_entry(call, rows[pk]) for pk in ids if pk in rows]


def _entry(call: Call, row: Event) -> Json:
    action = _action(row)
    return {
        "url": call.url(f"audit_logs/{row.pk}"),
        "id": row.pk,
        "action": action,
        "action_label": _ACTIONS[action],
        "actor_id": row.actor_id or -1,
        "actor_name": row.actor_name,
        "source_id": row.subject_id,
        "source_type": row.subject_kind,
        "source_label": str(row.body.get("name") or row.subject_kind),
        "change_description": _description(row),
        "ip_address": None,
        "created_at": stamp(row.occurred_at),
    }


def _of_action(action: str) -> Q:
    """The condition on events of an action; what is none of the three fits nothing."""
    destroyed, created = _kinds_ending(*_DESTROYED), _kinds_ending(*_CREATED)
    is_destroyed = Q(kind__in=destroyed)
    is_created = Q(kind__in=created) | Q(body__created=True)
    known = {
        "destroy": is_destroyed,
        "create": is_created & ~is_destroyed,
        # Of a key that is not there the database knows neither that it is nor that it is not.
        "update": ~is_destroyed
        & ~Q(kind__in=created)
        & (Q(body__created=False) | Q(body__created__isnull=True)),
    }
    return known.get(action, Q(pk=None))


def _kinds_ending(*words: str) -> list[str]:
    return [kind for kind in _kinds() if kind.endswith(words)]


def _action(row: Event) -> str:
    if row.kind.endswith(_DESTROYED):
        return "destroy"
    return "create" if row.body.get("created") or row.kind.endswith(_CREATED) else "update"


def _description(row: Event) -> str:
    """What changed, a field each; the sentence of the event where it names no fields."""
    changes = row.body.get("changes")
    if not isinstance(changes, dict) or not changes:
        return str(fact_of(row).sentence()).removeprefix("– ")
    return "\n".join(f"{name}: {_change(pair)}" for name, pair in changes.items())


def _change(pair: Any) -> str:
    if not isinstance(pair, list) or len(pair) != 2:
        return str(pair)
    return f"{pair[0]} → {pair[1]}"


AUDIT_LOGS = Noun(
    "audit_log", "audit_logs", "audit_logs", _rows, _present, orders={"created_at": "id", "id": "id"}
)
offer_one(AUDIT_LOGS)


@operation("GET", "audit_logs")
def list_audit_logs(call: Call) -> Json:
    """List changes of the desk's settings, newest first; `filter[…]` by source_type, source_id, actor_id, action, created_at."""
    return list_of(call, AUDIT_LOGS, _filtered(call, _rows(call)), order="-id")


def _filtered(call: Call, rows: QuerySet[Event]) -> QuerySet[Event]:
    if call.param("filter[source_type]"):
        rows = rows.filter(subject_kind=call.param("filter[source_type]").lower())
    for name, column in {"source_id": "subject_id", "actor_id": "actor_id"}.items():
        number = call.number(f"filter[{name}]")
        rows = rows if number is None else rows.filter(**{column: number})
    if call.param("filter[action]"):
        rows = rows.filter(_of_action(call.param("filter[action]").lower()))
    given = call.query.get("filter[created_at][]", []) or call.query.get("filter[created_at]", [])
    moments = [read_moment(value) for value in given]
    if None in moments:
        raise invalid_attribute("filter[created_at]", "must be a moment")
    return (
        rows.filter(occurred_at__gte=moments[0], occurred_at__lte=moments[-1]) if len(moments) > 1 else rows
    )
