import pytest

from opora.automation.actions.save_rule import save_rule
from opora.automation.models import Rule
from opora.events.actor import SYSTEM


@pytest.fixture
def rule(cast):
    """Return a function that makes a rule from short rows."""

    def make(title, conditions, *steps, kind="trigger", **fields):
        rows = [dict(zip(("field", "operator", "value"), row, strict=False)) for row in conditions]
        done = [{"field": name, "value": value} for name, value in steps]
        return save_rule(
            by=SYSTEM, kind=Rule.Kind(kind), title=title, conditions={"all": rows}, steps=done, **fields
        )

    return make


@pytest.fixture
def rule_events():
    from opora.events.models import Event

    return lambda kind, ticket: list(Event.objects.filter(kind=kind, subject_id=ticket.pk).order_by("id"))
