"""Webhooks of a demo desk, made from its table through the action."""

from collections.abc import Mapping
from typing import Any

from opora.people.models import Person
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.vocabulary import BY_RULES, PREFIX


def seed_webhooks(plan: Mapping[str, Any], *, by: Person) -> None:
    """Make the webhooks of the plan, switched off: nothing of the demo leaves this machine."""
    for row in plan.get("webhooks", ()):
        names = [name if name == BY_RULES else PREFIX + name for name in row["subscriptions"]]
        save_webhook(by=by, **{**row, "subscriptions": names}, is_active=False)
