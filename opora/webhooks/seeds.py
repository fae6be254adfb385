"""Webhooks of a demo desk, made from its table through the actions, and what their endpoints once answered."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from opora.core import clock
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people.models import Person
from opora.webhooks.actions.deliver import deliver
from opora.webhooks.actions.invoke_webhook import invoke_for_event
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Attempt, Invocation, Webhook
from opora.webhooks.sending.attempting import outcome_of
from opora.webhooks.sending.request import Request
from opora.webhooks.vocabulary import BY_RULES, PREFIX, types_of

TOLD = timedelta(seconds=2)
LATER = timedelta(hours=2)
"""By then what a busy endpoint put off has gone out again."""


def seed_webhooks(plan: Mapping[str, Any], *, by: Person) -> None:
    """Make the webhooks of the plan. Nothing of the demo leaves this machine: `seed_deliveries` switches them off."""
    for row in plan.get("webhooks", ()):
        names = [name if name == BY_RULES else PREFIX + name for name in row["subscriptions"]]
        fields = {name: value for name, value in row.items() if name != "answers"}
        save_webhook(by=by, **{**fields, "subscriptions": names})


def seed_deliveries(plan: Mapping[str, Any], *, by: Person) -> None:
    """Play the last events that each webhook is subscribed to, answered as its `answers` say, and switch it off.

    `answers` are lists of statuses, one list an event, oldest first: [503, 200] is busy once and then takes it.
    """
    for row in plan.get("webhooks", ()):
        webhook = Webhook.objects.get(name=row["name"])
        answers = row.get("answers", [])
        for event, statuses in zip(_last_events(webhook, len(answers)), answers, strict=False):
            _play(webhook, event, statuses)
        save_webhook(webhook, by=by, is_active=False)


def _last_events(webhook: Webhook, count: int) -> list[Event]:
    """The newest events that it is subscribed to, oldest of them first."""
    wanted = set(webhook.event_types)
    kinds = [kind for kind, fact in FACTS.items() if fact.subject_kind in ("ticket", "person")]
    found: list[Event] = []
    newest = Event.objects.filter(kind__in=kinds, occurred_at__lt=clock.now() - LATER).order_by("-id")
    for event in newest.iterator(chunk_size=200) if count else ():
        if any(kind.name in wanted for kind in types_of(fact_of(event))):
            found.append(event)
        if len(found) == count:
            break
    return found[::-1]


def _play(webhook: Webhook, event: Event, statuses: list[int]) -> None:
    at = event.occurred_at + TOLD
    with clock.at(at):
        invoke_for_event(fact_of(event), event)
    owed = Invocation.objects.filter(webhook=webhook, event_id=event.pk).first()
    for place, status in enumerate(statuses):
        if owed:
            with clock.at(at + place * LATER / max(len(statuses), 1)):
                deliver(owed.pk, send=_answering(status, at))


def _answering(status: int, at: datetime) -> Callable[[Request], Attempt]:
    """Stand for an endpoint that answers so."""
    words = {200: '{"ok":true}', 404: '{"error":"no such channel"}', 503: "Service Unavailable"}.get(
        status, ""
    )

    def send(request: Request) -> Attempt:
        return Attempt(
            started_at=clock.now(), duration_ms=80 + at.microsecond % 300, outcome=outcome_of(status), method=request.method,
            url=request.url, request_headers=[list(header) for header in request.shown_headers], status_code=status,
            response_headers=[["content-type", "application/json" if words.startswith("{") else "text/plain"]],
            response_body=words,
        )  # fmt: skip

    return send
