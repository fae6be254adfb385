"""Finding webhooks, what they sent, and how they are doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import NotFound
from opora.webhooks.models import Attempt, Health, Invocation, Outcome, Webhook
from opora.webhooks.vocabulary import BY_RULES

A_DAY = timedelta(hours=24)


def webhooks() -> QuerySet[Webhook]:
    """Return all webhooks by name, with subscriptions and health."""
    return Webhook.objects.select_related("health").prefetch_related("subscriptions").order_by("name", "id")


def webhook_names() -> QuerySet[Webhook]:
    """Return all webhooks by name, with their names alone: for choosing one."""
    return Webhook.objects.only("name").order_by("name", "id")


def webhooks_for_rules() -> QuerySet[Webhook]:
    """Return the webhooks that triggers and automations may call, those that are switched off included."""
    return webhooks().filter(subscriptions__event_type=BY_RULES)


def webhook_with(webhook_id: int) -> Webhook:
    """Return the webhook. Raises `NotFound`."""
    return _found(webhooks().filter(pk=webhook_id).first())


def webhook_named(public_id: str) -> Webhook:
    """Return the webhook by its name on the wire. Raises `NotFound`."""
    return _found(webhooks().filter(public_id=public_id).first())


def invocations(*, webhook: Webhook | None = None, state: str = "") -> QuerySet[Invocation]:
    """Return requests, those of one webhook or in one state if asked; the caller pages them by "-id"."""
    found = Invocation.objects.all()
    if webhook is not None:
        found = found.filter(webhook=webhook)
    if state == "waiting":
        return found.filter(state__in=[Invocation.State.PENDING, Invocation.State.SENDING])
    return found.filter(state=state) if state else found


def invocation_with(invocation_id: int) -> Invocation:
    """Return the request with its webhook and attempts, oldest first. Raises `NotFound`."""
    return _known(_whole().filter(pk=invocation_id).first())


def invocation_named(webhook: Webhook, public_id: str) -> Invocation:
    """Return a request of this webhook by its name on the wire. Raises `NotFound`."""
    return _known(_whole().filter(webhook=webhook, public_id=public_id).first())


def last_attempts(found: Iterable[Invocation]) -> dict[int, Attempt]:
    """Return the newest attempt of each of these requests, by the request's id, without its bodies."""
    ids = [invocation.pk for invocation in found]
    tried = (
        Attempt.objects.filter(invocation__in=ids).order_by("id").defer("response_body", "response_headers")
    )
    return {attempt.invocation_id: attempt for attempt in tried}


@dataclass(frozen=True)
class Day:
    """What became of a webhook's attempts in the last 24 hours."""

    sent: int = 0
    taken: int = 0

    @property
    def share(self) -> int | None:
        """Percent that the endpoint took; None when nothing was sent."""
        return self.taken * 100 // self.sent if self.sent else None


def last_day() -> dict[int, Day]:
    """Return the last 24 hours of each webhook that sent something, by its id."""
    since = clock.now() - A_DAY
    rows = (
        Attempt.objects.filter(started_at__gte=since)
        .values("webhook_id")
        .annotate(sent=Count("id"), taken=Count("id", filter=Q(outcome=Outcome.SUCCESS)))
        .order_by()
    )
    return {row["webhook_id"]: Day(row["sent"], row["taken"]) for row in rows}


def broken_webhooks() -> QuerySet[Health]:
    """Return the health of webhooks whose circuit is open."""
    broken = Health.objects.filter(broken_since__isnull=False, webhook__is_active=True)
    return broken.select_related("webhook").order_by("broken_since")


def _whole() -> QuerySet[Invocation]:
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    return Invocation.objects.select_related("webhook__health").prefetch_related(attempts)


def _found(webhook: Webhook | None) -> Webhook:
    if webhook is None:
        raise NotFound(_("There is no such webhook."))
    return webhook


def _known(invocation: Invocation | None) -> Invocation:
    if invocation is None:
        raise NotFound(_("There is no such request. What webhooks sent is kept for two weeks."))
    return invocation
