"""Which rules name a thing."""

from collections.abc import Iterator

from opora.automation.models import Rule
from opora.core.uses import Thing, Use, finds_uses
from opora.tickets.uses import names


@finds_uses
def rules(thing: Thing) -> Iterator[Use]:
    """Yield the triggers and automations that ask about the thing, set it, or reach it."""
    for rule in Rule.objects.all():
        if names(thing, conditions=rule.conditions, steps=rule.steps):
            yield Use(Rule.Kind(rule.kind).label, rule.title, rule.get_absolute_url(), rule.is_active)
