"""A webhook is called: by an event it is subscribed to, or by a rule."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import without_nulls
from opora.events.actor import ActsAsActor
from opora.events.fact import Fact
from opora.events.models import Event
from opora.webhooks.models import Invocation, Webhook
from opora.webhooks.payloads.envelope import body_of
from opora.webhooks.sending.request import WITHOUT_BODY
from opora.webhooks.vocabulary import types_of

LONGEST_BODY = 256 * 1024
LONGEST_QUERY = 8 * 1024

Parameters = Sequence[tuple[str, str]]


def invoke_webhook(
    webhook: Webhook,
    *,
    by: ActsAsActor,
    ticket_id: int | None = None,
    body: str = "",
    parameters: Parameters = (),
    event: Event | None = None,
) -> Invocation | None:
    """Owe the webhook one request, sent after this transaction; None for a webhook that is switched off.

    `body` is the finished text of JSON or XML. `parameters` are sent as form fields, or in the address for methods
    without a body. With `event` the same event calls the webhook once, however often this is asked. Raises `Invalid`
    for a body that is too long.
    """
    if not webhook.is_active:
        return None
    encoded = urlencode(parameters)
    in_address = webhook.http_method in WITHOUT_BODY
    text = without_nulls(body) if body or in_address else encoded
    query = encoded if in_address or body else ""
    if len(text.encode()) > LONGEST_BODY or len(query) > LONGEST_QUERY:
        raise Invalid(_("What the webhook “%(name)s” should send is too long.") % {"name": webhook.name})
    fields = {"ticket_id": ticket_id, "actor_name": by.as_actor().name[:255], "query": query, "body": text}
    if event is None:
        return Invocation.objects.create(webhook=webhook, **fields)
    return Invocation.objects.get_or_create(
        webhook=webhook, event_id=event.pk, event_type="", defaults=fields
    )[0]


def invoke_for_event(fact: Fact, event: Event) -> list[Invocation]:
    """Owe a request to each active webhook that is subscribed to what happened; doing it again adds none."""
    made = []
    for kind in types_of(fact):
        subscribed = Webhook.objects.filter(is_active=True, subscriptions__event_type=kind.name)
        webhooks = list(subscribed.only("pk"))
        body = body_of(kind, fact, event) if webhooks else ""
        made += [
            Invocation(
                webhook=webhook,
                event_id=event.pk,
                event_type=kind.name,
                ticket_id=event.subject_id if kind.domain == "ticket" else None,
                actor_name=event.actor_name,
                body=without_nulls(body),
            )
            for webhook in webhooks
        ]
    return Invocation.objects.bulk_create(made, ignore_conflicts=True)
