"""A webhook that points at a real endpoint, and ways to let the sending happen."""

from collections.abc import Callable

import pytest

from opora.events.delivering import run_overdue_deliveries
from opora.webhooks.actions.deliver import deliver, due_invocations
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Webhook

CREATED = "zen:event-type:ticket.created"
RULES = "conditional_ticket_events"


@pytest.fixture
def make_webhook(cast, endpoint) -> Callable[..., Webhook]:
    def make(**fields) -> Webhook:
        given = {"name": "Warehouse", "endpoint": f"{endpoint.url}/in", "subscriptions": [CREATED]} | fields
        return save_webhook(by=cast.owner, **given)

    return make


@pytest.fixture
def send_due() -> Callable[[], int]:
    """Return a function that runs reactions and sends what is due; answers how much was taken."""

    def send() -> int:
        run_overdue_deliveries()
        return sum(deliver(pk) for pk in due_invocations().order_by("id").values_list("pk", flat=True))

    return send
