"""Webhooks from the wire: their attributes as ours, and refusals as a list of errors."""

from collections.abc import Iterator
from contextlib import contextmanager

from opora.api.nouns.webhooks import AUTH_NAMES, AUTH_SECRETS
from opora.api.wire.bodies import Json
from opora.api.wire.problems import listed_error
from opora.core.refusals import Conflict, Invalid, NotFound
from opora.webhooks.models import Webhook
from opora.webhooks.vocabulary import BY_RULES

_PLAIN = ("name", "description", "endpoint", "http_method", "request_format", "subscriptions")
_REQUIRED = ("name", "status", "endpoint", "http_method", "request_format")
_WHOLE: Json = {"description": "", "authentication": None, "custom_headers": None}
"""What a whole replacement clears where it is silent; subscriptions stay, as recorded answers show."""


@contextmanager
def telling_errors() -> Iterator[None]:
    """Say refusals of webhooks as the wire does: `{"errors": [{code, title, detail}]}`."""
    try:
        yield
    except NotFound as problem:
        raise listed_error(404, "WebhookNotFound", "Webhook not found", problem.sentence) from problem
    except (Invalid, Conflict) as problem:
        raise _invalid(problem.field or "webhook", problem.sentence) from problem


def whole(given: Json) -> Json:
    """Return the attributes of a webhook that is given as a whole. Raises 400 where a required one is missing."""
    for name in _REQUIRED:
        if not given.get(name):
            raise _invalid(name, f"{name} is required")
    return _WHOLE | given


def new_one(given: Json) -> Json:
    """Return the attributes of a webhook to be added; without subscriptions it is one that rules call."""
    return whole(given) | {"subscriptions": given.get("subscriptions") or [BY_RULES]}


def own_fields(given: Json, webhook: Webhook | None) -> Json:
    """Return what `save_webhook` takes. Raises 400 for a status or an authentication that is none."""
    found: Json = {name: given[name] for name in _PLAIN if given.get(name) is not None}
    if given.get("status"):
        if given["status"] not in {"active", "inactive"}:
            raise _invalid("status", "status must be active or inactive")
        found["is_active"] = given["status"] == "active"
    if "authentication" in given:
        found |= _authentication(given["authentication"], webhook)
    if "custom_headers" in given:
        found["custom_headers"] = given["custom_headers"] or {}
    return found


def _authentication(given: Json | None, webhook: Webhook | None) -> Json:
    """The columns of an authentication. One that is sent back as it was read keeps its secret."""
    if not given:
        return {"authentication": Webhook.Authentication.NONE}
    kind, data = given.get("type"), given.get("data") or {}
    if not isinstance(kind, str) or kind not in AUTH_SECRETS or not isinstance(data, dict):
        raise _invalid("authentication", f"authentication.type must be one of {', '.join(AUTH_SECRETS)}")
    if given.get("add_position", "header") != "header":
        raise _invalid("authentication", "authentication.add_position must be header")
    known = Webhook.Authentication(kind)
    found: Json = {"authentication": kind}
    is_same = webhook is not None and webhook.authentication == kind
    name, secret = AUTH_NAMES.get(known), AUTH_SECRETS[known]
    if name is None or name in data or not is_same:
        found["auth_name"] = str(data.get(name or "", ""))
        if len(found["auth_name"]) > 255:
            raise _invalid("authentication", f"authentication.data.{name} is too long")
    if secret in data or not is_same:
        found["auth_secret"] = str(data.get(secret, ""))
    return found


def _invalid(field: str, words: str) -> Exception:
    return listed_error(400, "InvalidWebhook", f"Invalid {field}", words)
