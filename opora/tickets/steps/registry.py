"""All kinds of steps: those that change the ticket, those of other rooms, and one for each field of the desk's own."""

from opora.tickets.models import TicketField
from opora.tickets.steps.kinds import StepKind
from opora.tickets.steps.properties import KINDS, kind_of

_known: dict[str, StepKind] = {kind.name: kind for kind in KINDS}


def step_kinds(*, for_rules: bool = False) -> dict[str, StepKind]:
    """Return the kinds by name: those that macros know, and with `for_rules` those of rules as well."""
    own = [kind_of(field) for field in TicketField.objects.filter(is_active=True)]
    return {kind.name: kind for kind in (*_known.values(), *own) if for_rules or not kind.for_rules}


def register_step(kind: StepKind) -> StepKind:
    """Let rules do something that another room knows. Raises `ValueError` for a name that is taken."""
    if kind.name in _known:
        raise ValueError(f"The step {kind.name!r} is taken.")
    _known[kind.name] = kind
    return kind
