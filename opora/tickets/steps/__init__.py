"""What macros and rules do to a ticket, one step after the other: `[{"field": "priority", "value": "high"}]`."""

from opora.tickets.steps.kinds import StepKind
from opora.tickets.steps.reading import clean_steps, sentences_of, step_sentence
from opora.tickets.steps.registry import register_step, step_kinds

__all__ = ["StepKind", "clean_steps", "register_step", "sentences_of", "step_kinds", "step_sentence"]
