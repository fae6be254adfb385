"""Ticket events: audits in the form of the incremental export, one child for each changed field."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.nouns.audits import first_events, present_audits
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import read_moment, unix
from opora.events.models import Event


def _rows(call: Call) -> QuerySet[Event]:
    return first_events()


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    return [_ticket_event(call, audit) for audit in present_audits(call, ids)]


def _ticket_event(call: Call, audit: Json) -> Json:
    channel = audit["via"]["channel"]
    return {
        "id": audit["id"],
        "ticket_id": audit["ticket_id"],
        "created_at": audit["created_at"],
        "timestamp": unix(read_moment(audit["created_at"])),  # type: ignore[arg-type]
        "updater_id": audit["author_id"],
        "via": channel.capitalize(),
        "system": audit["metadata"]["system"],
        "metadata": {"custom": audit["metadata"]["custom"]},
        "event_type": "Audit",
        "child_events": [_child(event, channel) for event in audit["events"] if _is_shown(call, event)],
    }


def _is_shown(call: Call, event: Json) -> bool:
    return event["type"] != "Comment" or "comment_events" in call.include


def _child(event: Json, channel: str) -> Json:
    door = {"via": channel.capitalize(), "via_reference_id": None}
    if event["type"] == "Comment":
        return {
            **event,
            "comment_public": event["public"],
            "comment_present": True,
            "event_type": "Comment",
            **door,
        }
    if "field_name" not in event:
        return {**event, **door, "event_type": event["type"]}
    shown: Json = {
        "id": event["id"],
        **door,
        event["field_name"]: event["value"],
        "event_type": event["type"],
    }
    if event["type"] == "Change":
        shown["previous_value"] = event["previous_value"]
    return shown


TICKET_EVENTS = Noun("ticket_event", "ticket_events", "incremental/ticket_events", _rows, _present)
