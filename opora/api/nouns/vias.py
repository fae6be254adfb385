"""Where things came from, in the words of the wire."""

from typing import Any

from opora.api.wire.bodies import Json
from opora.events.models import Event

_CHANNELS = {
    "email": "email",
    "mail": "email",
    "web": "web",
    "form": "web",
    "api": "api",
    "import": "api",
    "rule": "rule",
}


def channel_of(own: str) -> str:
    """Return the wire's word for a channel of ours; one it does not know is named as it is."""
    return _CHANNELS.get(own, own or "web")


def ticket_source(row: dict[str, Any], writers: dict[int, tuple[str, str]]) -> Json:
    """Return who sent the mail that a ticket began with and where to; empty for other channels."""
    if row["follow_up_of_id"]:
        return {"from": {"ticket_id": row["follow_up_of_id"]}, "to": {}, "rel": "follow_up"}
    if row["channel"] != "email":
        return {"from": {}, "to": {}, "rel": None}
    name, address = writers.get(row["requester_id"], ("", ""))
    return {
        "from": {"address": address or None, "name": name},
        "to": {"name": "", "address": row["received_at"] or None},
        "rel": None,
    }


def event_via(event: Event) -> Json:
    """Return the door that an update came through."""
    if event.actor_kind == "rule" or event.via == "rule":
        source = {
            "from": {"id": event.actor_id, "title": event.actor_name, "deleted": False},
            "to": {},
            "rel": "trigger",
        }
        return {"channel": "rule", "source": source}
    if event.actor_kind == "timer":
        return {"channel": "system", "source": {"from": {}, "to": {}, "rel": None}}
    return {"channel": channel_of(event.via), "source": {"from": {}, "to": {}, "rel": None}}
