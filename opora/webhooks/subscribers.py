"""What webhooks do about events: those that are subscribed are told."""

from datetime import timedelta

from opora.core.remembered import Remembered
from opora.events.fact import Fact
from opora.events.models import Event
from opora.events.registry import reaction
from opora.webhooks.actions.invoke_webhook import invoke_for_event
from opora.webhooks.models import Subscription, Webhook
from opora.webhooks.vocabulary import FACTS, types_of

_WANTED: Remembered[frozenset[str]] = Remembered((Subscription, "id"), (Webhook, "updated_at"))
STILL_FRESH = timedelta(hours=1)
"""What became true longer than this before it was recorded is history that was brought in, not news."""


def _is_wanted(fact: Fact) -> bool:
    names = {kind.name for kind in types_of(fact)}
    return bool(names) and not names.isdisjoint(_wanted_types())


def _wanted_types() -> frozenset[str]:
    return _WANTED.get(_read_wanted)


def _read_wanted() -> frozenset[str]:
    wanted = Subscription.objects.filter(webhook__is_active=True)
    return frozenset(wanted.values_list("event_type", flat=True))


@reaction(*FACTS, when=_is_wanted)
def tell_webhooks(fact: Fact, event: Event) -> None:
    """Webhooks that are subscribed to what happened are owed a request that tells them."""
    is_history = event.via in {"import", "seeds"} or event.recorded_at - event.occurred_at > STILL_FRESH
    if not is_history:
        invoke_for_event(fact, event)
