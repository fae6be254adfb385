"""Audit logs: who changed the desk's configuration, read from the log of facts. For those who run the desk."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.times import read_moment, stamp
from opora.events.changes import NOUNS as CONFIGURATION
from opora.events.delivering import fact_of
from opora.events.models import Event

KINDS = (*CONFIGURATION, "api_token", "oauth_client")
_ENDS = {"created": "create", "removed": "destroy", "deleted": "destroy", "revoked": "destroy"}
_LABELS = {"create": "Created", "update": "Updated", "destroy": "Deleted"}


def _rows(call: Call) -> QuerySet[Event]:
    rows = Event.objects.filter(subject_kind__in=KINDS)
    for name, column in (("actor_id", "actor_id"), ("source_id", "subject_id")):
        number = call.number(f"filter[{name}]")
        rows = rows.filter(**{column: number}) if number else rows
    if call.param("filter[source_type]"):
        rows = rows.filter(subject_kind=call.param("filter[source_type]"))
    return rows.filter(_period(call))


def _period(call: Call) -> Q:
    """Between two moments of `filter[created_at][]`."""
    given = call.query.get("filter[created_at][]", []) or call.query.get("filter[created_at]", [])
    moments = [read_moment(one) for one in given]
    if None in moments:
        raise invalid_attribute("filter[created_at]", "must be two times")
    if len(moments) < 2:
        return Q()
    return Q(recorded_at__gte=moments[0], recorded_at__lte=moments[1])


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Event.objects.in_bulk(ids)
    return [_log(call, rows[pk]) for pk in ids if pk in rows]


def _log(call: Call, event: Event) -> Json:
    action = _ENDS.get(event.kind.rpartition(".")[2], "create" if event.body.get("created") else "update")
    return {
        "url": call.url(f"audit_logs/{event.pk}"),
        "id": event.pk,
        "action": action,
        "action_label": _LABELS[action],
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "source_id": event.subject_id,
        "source_type": event.subject_kind,
        "source_label": str(event.body.get("name", "")),
        "change_description": fact_of(event).sentence(),
        "ip_address": None,
        "created_at": stamp(event.recorded_at),
    }


AUDIT_LOGS = Noun(
    "audit_log", "audit_logs", "audit_logs", _rows, _present, orders={"created_at": "id", "id": "id"},
    known=lambda call: Event.objects.filter(subject_kind__in=KINDS),
)  # fmt: skip
offer_list(AUDIT_LOGS, who="administrators")
offer_one(AUDIT_LOGS, who="administrators")
