"""What follows from a rule that fired: it is counted, and whoever it writes to or tells hears of it."""

from opora.automation.actions import run_triggers  # noqa: F401 - triggers follow every update from here on
from opora.automation.actions.send import carry_out_sends
from opora.automation.events import RuleFired
from opora.automation.models import Firing
from opora.automation.steps import KINDS
from opora.events.models import Event
from opora.events.projection import Projection
from opora.events.registry import reaction
from opora.notifications.actions.tell import is_history
from opora.tickets.steps import register_step

for kind in KINDS:
    register_step(kind)

firings = Projection("rule firings", owns=[Firing])


@firings.on(RuleFired)
def count_firing(fact: RuleFired, event: Event) -> None:
    Firing.objects.create(
        event_id=event.pk, rule_id=fact.rule_id, ticket_id=event.subject_id, at=event.occurred_at
    )


@reaction(RuleFired, when=lambda fact: bool(fact.sends))
def let_know(fact: RuleFired, event: Event) -> None:
    """Mail that a rule sends, and colleagues whom it tells, once its changes are committed."""
    if not is_history(event):
        carry_out_sends(fact, event)
