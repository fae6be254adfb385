"""What a webhook must be like to work. Each refusal names the field that has to change."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from opora.core.outbound import check_url, is_trusted_host
from opora.core.refusals import Invalid
from opora.webhooks.models import Webhook
from opora.webhooks.vocabulary import BY_RULES, EVENT_TYPES

MOST_HEADERS = 10
LONGEST_HEADER = 2000
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_OURS = {
    "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host",
    "idempotency-key", "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
}  # fmt: skip
_OUR_STARTS = ("x-zendesk-", "x-opora-", "proxy-")


def check_webhook(webhook: Webhook) -> None:
    """Raise `Invalid` unless the webhook's own fields fit together."""
    if not webhook.name.strip():
        raise Invalid(_("Give the webhook a name."), field="name")
    for field, choices in (
        ("http_method", Webhook.Method),
        ("request_format", Webhook.Format),
        ("authentication", Webhook.Authentication),
    ):
        if getattr(webhook, field) not in choices.values:
            values = {"value": getattr(webhook, field), "known": ", ".join(choices.values)}
            raise Invalid(_("“%(value)s” is not known. Choose one of: %(known)s.") % values, field=field)
    parts = check_url(webhook.endpoint, field="endpoint")
    _check_authentication(webhook)
    is_open = parts.scheme == "http" and not is_trusted_host(parts.hostname or "")
    if is_open and (webhook.authentication != Webhook.Authentication.NONE or webhook.sealed_headers):
        raise Invalid(
            _("Passwords, tokens and headers of your own go only to addresses that begin with https://."),
            field="endpoint",
        )


def check_subscriptions(names: Sequence[str], webhook: Webhook) -> None:
    """Raise `Invalid` unless the webhook can be told of these kinds of events."""
    unknown = set(names) - set(EVENT_TYPES) - {BY_RULES}
    if unknown:
        sentence = _("This desk does not tell of “%(name)s”.") % {"name": min(unknown)}
        raise Invalid(sentence, field="subscriptions")
    if not names:
        raise Invalid(_("Choose at least one kind of event."), field="subscriptions")
    if BY_RULES in names and len(names) > 1:
        raise Invalid(
            _("A webhook is called either by triggers and automations or by events, not by both."),
            field="subscriptions",
        )
    if BY_RULES not in names and webhook.http_method != Webhook.Method.POST:
        raise Invalid(_("Events are sent by POST only."), field="http_method")
    if BY_RULES not in names and webhook.request_format != Webhook.Format.JSON:
        raise Invalid(_("Events are sent as JSON only."), field="request_format")


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers without spaces around. Raises `Invalid` for those that cannot be sent."""
    found = {str(name).strip(): str(value).strip() for name, value in headers.items()}
    if len(found) > MOST_HEADERS:
        sentence = _("A webhook may have at most %(count)s headers of its own.") % {"count": MOST_HEADERS}
        raise Invalid(sentence, field="custom_headers")
    for name, value in found.items():
        _check_header(name, field="custom_headers")
        if len(value) > LONGEST_HEADER or not value.isprintable():
            sentence = _("The value of the header “%(name)s” is too long or has line breaks in it.")
            raise Invalid(sentence % {"name": name}, field="custom_headers")
    return found


def check_secret(secret: str) -> str:
    """Return the password, token or key as it can be sent in a header. Raises `Invalid` if it cannot."""
    if len(secret) > LONGEST_HEADER or not secret.isprintable():
        sentence = _("The password, token or key is too long or has line breaks in it.")
        raise Invalid(sentence, field="auth_secret")
    return secret


def _check_authentication(webhook: Webhook) -> None:
    kind = webhook.authentication
    if kind == Webhook.Authentication.NONE:
        return
    if kind == Webhook.Authentication.BASIC and not webhook.auth_name:
        raise Invalid(_("Enter the user name."), field="auth_name")
    if kind == Webhook.Authentication.API_KEY:
        _check_header(webhook.auth_name, field="auth_name", may_authorize=True)
    if not webhook.auth_secret:
        raise Invalid(_("Enter the password, token or key."), field="auth_secret")


def _check_header(name: str, *, field: str, may_authorize: bool = False) -> None:
    plain = name.lower()
    if not _TOKEN.fullmatch(name):
        raise Invalid(
            _("“%(name)s” cannot be the name of a header: use letters, digits and dashes.") % {"name": name},
            field=field,
        )
    if may_authorize and plain == "authorization":
        return
    if plain in _OURS or plain.startswith(_OUR_STARTS):
        raise Invalid(_("The header “%(name)s” is set by the desk itself.") % {"name": name}, field=field)
