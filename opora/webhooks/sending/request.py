"""What goes over the wire: address, headers, signature, body."""

import base64
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from opora.core import clock
from opora.core.crypto import decrypt
from opora.webhooks.models import Webhook
from opora.webhooks.payloads.envelope import account_id
from opora.webhooks.payloads.values import iso
from opora.webhooks.sending.signature import sign

AGENT = "Opora-Webhook/1"
HIDDEN = "•••"
WITHOUT_BODY = frozenset({Webhook.Method.GET, Webhook.Method.DELETE})
CONTENT_TYPES = {
    Webhook.Format.JSON: "application/json; charset=utf-8",
    Webhook.Format.XML: "application/xml; charset=utf-8",
    Webhook.Format.FORM: "application/x-www-form-urlencoded; charset=utf-8",
}

Header = tuple[str, str]


@dataclass(frozen=True)
class Request:
    """A request that can be sent. `shown_headers` are the same headers with secrets covered, for the log."""

    method: str
    url: str
    headers: list[Header]
    shown_headers: list[Header]
    body: bytes


def compose(webhook: Webhook, *, invocation: str, query: str, body: str) -> Request:
    """Return the request for this webhook, signed now. `invocation` is the id under which repeats are recognised."""
    timestamp = iso(clock.now())
    sent = b"" if webhook.http_method in WITHOUT_BODY else body.encode()
    plain = _ours(webhook, invocation, timestamp)
    signatures = _signatures(webhook, timestamp, sent)
    secret = [*_authentication(webhook), *webhook.custom_headers.items()]
    return Request(
        method=webhook.http_method,
        url=with_query(webhook.endpoint, query),
        headers=[*plain, *signatures, *secret],
        shown_headers=[*plain, *signatures, *((name, HIDDEN) for name, _value in secret)],
        body=sent,
    )


def with_query(url: str, query: str) -> str:
    """Return the address with `query` added to the one it has."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, query) if part)))


def _ours(webhook: Webhook, invocation: str, timestamp: str) -> list[Header]:
    content_type = CONTENT_TYPES[Webhook.Format(webhook.request_format)]
    has_body = webhook.http_method not in WITHOUT_BODY
    return [
        ("User-Agent", AGENT),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        *([("Content-Type", content_type)] if has_body else []),
        ("X-Zendesk-Account-Id", str(account_id())),
        ("X-Zendesk-Webhook-Id", webhook.public_id),
        ("X-Zendesk-Webhook-Invocation-Id", invocation),
        ("Idempotency-Key", invocation),
        ("X-Zendesk-Webhook-Signature-Timestamp", timestamp),
    ]


def _signatures(webhook: Webhook, timestamp: str, body: bytes) -> list[Header]:
    signed = [("X-Zendesk-Webhook-Signature", sign(decrypt(webhook.signing_secret), timestamp, body))]
    until = webhook.previous_secret_until
    if webhook.previous_secret and until and until > clock.now():
        previous = sign(decrypt(webhook.previous_secret), timestamp, body)
        signed.append(("X-Opora-Webhook-Signature-Previous", previous))
    return signed


def _authentication(webhook: Webhook) -> list[Header]:
    secret = decrypt(webhook.auth_secret)
    match webhook.authentication:
        case Webhook.Authentication.BASIC:
            pair = base64.b64encode(f"{webhook.auth_name}:{secret}".encode()).decode()
            return [("Authorization", f"Basic {pair}")]
        case Webhook.Authentication.BEARER:
            return [("Authorization", f"Bearer {secret}")]
        case Webhook.Authentication.API_KEY:
            return [(webhook.auth_name, secret)]
    return []
