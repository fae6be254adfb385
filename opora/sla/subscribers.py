"""What promises read from the log, and what follows when one is nearly or wholly broken."""

from opora.calendars.events import CalendarVersionBegun
from opora.events.models import Event
from opora.events.projection import UpdateProjection
from opora.events.recording import Update, at_the_end_of_an_update
from opora.events.registry import FACTS, reaction
from opora.sla.actions.escalate import escalate
from opora.sla.engine.told import READ
from opora.sla.events import SlaBreached, SlaWarned
from opora.sla.models import ClockRow, Promise
from opora.sla.projecting import project_update, recount, tickets_counting_in

clocks = UpdateProjection(
    "clocks", owns=[Promise, ClockRow], reads=[FACTS[kind] for kind in READ], fold=project_update
)


@at_the_end_of_an_update
def fold_clocks(made: Update) -> None:
    """Clocks see the whole update at once, and before rules that follow from it make updates of their own."""
    project_update(made.events)
    for event in made.events:
        if event.kind == CalendarVersionBegun.kind:
            recount(tickets_counting_in(event.subject_id))


@reaction(SlaWarned, SlaBreached)
def follow_the_chain(fact: SlaWarned | SlaBreached, event: Event) -> None:
    """The policy's chain of escalation takes the steps of this threshold."""
    escalate(fact, event)
