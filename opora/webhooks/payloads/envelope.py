"""The body of a webhook that is subscribed to events: the common envelope of the Zendesk vocabulary."""

import json
import uuid
from typing import TYPE_CHECKING, Any

from opora.events.fact import Fact
from opora.events.models import Event
from opora.people.queries import desk
from opora.webhooks.payloads.details import detail_of
from opora.webhooks.payloads.values import iso, text_id

if TYPE_CHECKING:
    from opora.webhooks.vocabulary import EventType

VERSION = "2022-11-06"
_NAMESPACE = uuid.UUID("6f1d2c0e-7b0c-4f0e-9a63-0d5f3a6a4b11")


def body_of(kind: "EventType", fact: Fact, event: Event) -> str:
    """Return the event as JSON. Its id is the same however often it is asked for."""
    change = kind.tell(fact)
    if kind.domain == "ticket":
        change = change | {"meta": {"sequence": {"id": str(event.update_id), "position": event.pk}}}
    detail = detail_of(kind.domain, event.subject_id)
    if "actor_id" in detail:
        detail["actor_id"] = text_id(event.actor_id)
    envelope = _envelope(kind.name, detail=detail, change=change) | {
        "id": str(uuid.uuid5(_NAMESPACE, f"{event.pk}:{kind.name}")),
        "subject": f"zen:{kind.domain}:{event.subject_id}",
        "time": iso(event.occurred_at),
    }
    return written(envelope)


def sample_body(kind: "EventType", moment: str) -> str:
    """Return a made-up event of this kind, for trying an endpoint out."""
    change = (
        {} if kind.short.endswith(("created", "deleted", "spam")) else {"current": "OPEN", "previous": "NEW"}
    )
    detail = {"id": "35436", "created_at": moment, "updated_at": moment}
    envelope = _envelope(kind.name, detail=detail, change=change) | {
        "id": "00000000-0000-4000-8000-000000000000",
        "subject": f"zen:{kind.domain}:35436",
        "time": moment,
    }
    return json.dumps(envelope, ensure_ascii=False, indent=2, sort_keys=True)


def written(envelope: dict[str, Any]) -> str:
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def account_id() -> int:
    """Return the number of this desk, which stands for the account of the vocabulary."""
    found = desk()
    return found.pk if found else 0


def _envelope(name: str, *, detail: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return {
        "account_id": account_id(),
        "detail": detail,
        "event": change,
        "type": name,
        "zendesk_event_version": VERSION,
    }
