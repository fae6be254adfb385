"""Webhooks, what they sent, and what was answered. What is empty is left out, as the wire has it."""

from collections.abc import Iterable, Sequence
from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.times import stamp
from opora.webhooks.models import Attempt, Invocation, Outcome, Webhook

WORDS = {
    Outcome.SUCCESS: "success", Outcome.REDIRECTED: "terminated", Outcome.REFUSED: "terminated",
    Outcome.CONFLICT: "conflict", Outcome.THROTTLED: "throttled", Outcome.SERVER_ERROR: "failed",
    Outcome.TIMEOUT: "timeout", Outcome.UNREACHABLE: "failed", Outcome.CERTIFICATE: "failed",
    Outcome.FORBIDDEN: "terminated", Outcome.IMPOSSIBLE: "terminated",
}  # fmt: skip
"""How attempts ended, in the words of the wire."""
WAITING, BROKEN = "pending", "circuit broken"
AUTH_NAMES = {Webhook.Authentication.BASIC: "username", Webhook.Authentication.API_KEY: "name"}
AUTH_SECRETS = {
    Webhook.Authentication.BASIC: "password",
    Webhook.Authentication.BEARER: "token",
    Webhook.Authentication.API_KEY: "value",
}


def webhook_json(row: Webhook) -> Json:
    """Return one webhook. Passwords, tokens and keys are never told again."""
    shown: Json = {
        "id": row.public_id,
        "name": row.name,
        "description": row.description,
        "status": "active" if row.is_active else "inactive",
        "subscriptions": row.event_types,
        "created_at": stamp(row.created_at),
        "created_by": str(row.created_by_id or -1),
        "endpoint": row.endpoint,
        "http_method": row.http_method,
        "request_format": row.request_format,
        "authentication": _authentication(row),
        "custom_headers": row.custom_headers,
    }
    if row.updated_at != row.created_at:
        shown |= {"updated_at": stamp(row.updated_at), "updated_by": str(row.updated_by_id or -1)}
    return _filled(shown)


def _authentication(row: Webhook) -> Json | None:
    if row.authentication == Webhook.Authentication.NONE:
        return None
    name = AUTH_NAMES.get(Webhook.Authentication(row.authentication))
    return {
        "type": row.authentication,
        **({"data": {name: row.auth_name}} if name else {}),
        "add_position": "header",
    }


def invocation_json(row: Invocation, last: Attempt | None, *, is_broken: bool) -> Json:
    """Return what became of one request; `last` is its newest attempt, `is_broken` that its webhook is paused."""
    word = WORDS[Outcome(last.outcome)] if last else WAITING if not row.is_over else "failed"
    if not row.is_over and is_broken:
        word = BROKEN
    return _filled(
        {
            "id": row.public_id,
            "status_code": last.status_code if last else None,
            "status": word,
            "latest_completed_at": stamp(last.started_at) if last else None,
        }
    )


def attempt_json(row: Attempt, invocation: Invocation) -> Json:
    """Return one attempt with what was sent and answered; secrets stand as dots."""
    return _filled(
        {
            "id": str(row.pk),
            "invocation_id": invocation.public_id,
            "status_code": row.status_code,
            "status": WORDS[Outcome(row.outcome)],
            "request": {"headers": _headers(row.request_headers), "payload": invocation.body},
            "response": response_json(row) if row.status_code else None,
            "completed_at": stamp(row.started_at),
        }
    )


def response_json(row: Attempt) -> Json:
    """Return what an endpoint answered, or the machine's words where nothing came."""
    return _filled(
        {
            "headers": _headers(row.response_headers),
            "status_code": row.status_code,
            "payload": row.response_body or row.details,
        }
    )


def _headers(pairs: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    return [{"key": name, "value": value} for name, value in pairs]


def _filled(shown: dict[str, Any]) -> Json:
    return {name: value for name, value in shown.items() if value not in (None, "", {})}
