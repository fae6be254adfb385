"""Steps as they were written become steps as they are kept, and sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.core.refusals import Invalid
from opora.tickets.steps.kinds import StepKind
from opora.tickets.steps.registry import step_kinds

Step = dict[str, Any]
Kinds = Mapping[str, StepKind]
MOST_STEPS = 30


def clean_steps(written: Any, kinds: Kinds) -> list[Step]:
    """Return the steps with their values as they are kept. Raises `Invalid` with a sentence for the first bad one."""
    if not isinstance(written, list) or len(written) > MOST_STEPS:
        raise Invalid(_("There can be at most 30 steps."), field="steps")
    return [clean_step(step, kinds) for step in written]


def clean_step(written: Any, kinds: Kinds) -> Step:
    """Return one step with its value as it is kept. Raises `Invalid`."""
    kind = kinds.get(written.get("field", "")) if isinstance(written, dict) else None
    if kind is None:
        raise Invalid(_("There is no such step."), field="steps")
    return {"field": kind.name, "value": kind.clean(written.get("value"))}


def step_sentence(step: Mapping[str, Any], kinds: Kinds) -> str:
    """Say one step in the reader's language."""
    kind = kinds.get(step["field"])
    if kind is None:
        return str(step["field"])
    words = kind.words(step["value"])
    return (
        pgettext("step", "%(field)s: %(value)s") % {"field": kind.title, "value": words}
        if words
        else str(kind.title)
    )


def sentences_of(steps: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say each step in the reader's language."""
    kinds = step_kinds(for_rules=True)
    return [step_sentence(step, kinds) for step in steps]
