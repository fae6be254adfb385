"""What the settings of promises ask for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.calendars.queries import calendars
from opora.core.refusals import Invalid
from opora.people.models import Group, Person
from opora.sla.content import OURS, PRESETS, Content, Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target
from opora.sla.lengths import length_words, read_length
from opora.sla.words import AGREEMENTS, EXPLAINED, METRICS, OURS_STARTS, SOURCES, STEPS
from opora.sla.words import PRESETS as PRESET_NAMES
from opora.tickets.conditions import ConditionsField
from opora.tickets.models import Category, Priority, Status

PRIORITIES = [Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW]
CHAIN = 6
"""Steps of a chain of escalation that the form offers."""
PERCENTS = (50, 75, 90, 100)


RUNNING = [
    ("keep", _("keep what was promised when they began")),
    ("take", _("take what is promised now; the time that has passed is kept, what was broken stays broken")),
]


class LengthField(forms.CharField):
    """A length of time, typed; becomes a timedelta or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=30, **options)

    def clean(self, value: Any) -> Any:
        try:
            return read_length(super().clean(value))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def prepare_value(self, value: Any) -> str:
        return length_words(value) if value and not isinstance(value, str) else value or ""


class PolicyForm(forms.Form):
    """A policy: to whom, what, in whose hours, and who is told when time runs out."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    agreement = forms.ChoiceField(label=_("Kind of promise"), choices=list(AGREEMENTS.items()))
    conditions = ConditionsField(label=_("Which tickets"), required=False)
    source = forms.ChoiceField(label=_("Counted in"), choices=list(SOURCES.items()))
    calendar_id = forms.ChoiceField(label=_("Calendar of this policy"), required=False)
    default_priority = forms.TypedChoiceField(
        label=_("Without a priority, as"),
        coerce=int,
        choices=[(priority.value, priority.label) for priority in PRIORITIES],
    )
    preset = forms.ChoiceField(
        label=_("Count like"),
        choices=list(PRESET_NAMES.items()),
        help_text=_("How a raised priority, a reopened ticket, hold and an edited policy are treated."),
    )
    note_stops = forms.BooleanField(
        label=_("An internal note counts as a reply"),
        required=False,
        help_text=_("For promises between groups, or where colleagues answer by phone and note it."),
    )
    ours_starts = forms.ChoiceField(
        label=_("A ticket that we begin for a customer"),
        choices=list(OURS_STARTS.items()),
        required=False,
        help_text=_(
            "Whoever called or came by waits for our words, though a colleague wrote the ticket down."
        ),
    )
    pausing = forms.TypedMultipleChoiceField(
        label=_("On hold for these reasons, promises to customers pause"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Such as waiting for a bank or a carrier. For other reasons the customer’s time goes on."
        ),
    )
    longest_pause = LengthField(
        label=_("A pause lasts at most"),
        help_text=_(
            "Such as 72 h, day and night. Then the clock counts on by itself, though the ticket still waits. "
            "Empty: as long as the ticket waits."
        ),
    )
    running = forms.ChoiceField(
        label=_("Clocks that run already"),
        choices=RUNNING,
        widget=forms.RadioSelect,
        required=False,
        initial="keep",
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *arguments: Any, running: int = 0, **options: Any) -> None:
        """`running`: how many tickets have clocks of this policy that run."""
        super().__init__(*arguments, **options)
        self.running_count = running
        reasons = [
            (row.pk, str(row)) for row in Status.objects.filter(category=Category.HOLD, is_active=True)
        ]
        self.fields["pausing"].choices = reasons  # type: ignore[attr-defined]
        offered = [("", "–"), *((str(row.pk), row.name) for row in calendars())]
        self.fields["calendar_id"].choices = offered  # type: ignore[attr-defined]
        for metric in Metric:
            for priority in PRIORITIES:
                name = _target_name(metric, priority)
                self.fields[name] = LengthField(label=f"{METRICS[metric]}, {priority.label}")
        for priority in PRIORITIES:
            self.fields[f"around_{priority.value}"] = forms.BooleanField(required=False, label=priority.label)
        whom = _whom()
        for place in range(CHAIN):
            percents = [("", "–"), *((str(percent), f"{percent} %") for percent in PERCENTS)]
            self.fields[f"percent_{place}"] = forms.ChoiceField(
                choices=percents, required=False, label=_("At")
            )
            self.fields[f"step_{place}"] = forms.ChoiceField(
                choices=list(STEPS.items()), required=False, label=_("Step")
            )
            self.fields[f"whom_{place}"] = forms.ChoiceField(choices=whom, required=False, label=_("Whom"))

    @property
    def target_rows(self) -> Iterator[dict[str, Any]]:
        """The rows of the table: a metric, and a field for each priority."""
        for metric in Metric:
            cells = [self[_target_name(metric, priority)] for priority in PRIORITIES]
            yield {"name": METRICS[metric], "explained": EXPLAINED[metric], "cells": cells}

    @property
    def arounds(self) -> list[forms.BoundField]:
        return [self[f"around_{priority.value}"] for priority in PRIORITIES]

    @property
    def chain(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (self[f"percent_{place}"], self[f"step_{place}"], self[f"whom_{place}"]) for place in range(CHAIN)
        ]

    @property
    def content(self) -> Content:
        """What the valid form says."""
        given = self.cleaned_data
        targets = {
            (metric, priority.value): Target(length, bool(given.get(f"around_{priority.value}")))
            for metric in Metric
            for priority in PRIORITIES
            if (length := given.get(_target_name(metric, priority)))
        }
        return Content(
            conditions=given["conditions"],
            targets=targets,
            agreement=given["agreement"],
            source=given["source"],
            calendar_id=int(given["calendar_id"]) if given["calendar_id"] else None,
            default_priority=given["default_priority"],
            preset=given["preset"],
            switches=replace(
                PRESETS[given["preset"]],
                note_stops=given["note_stops"],
                ours_starts=given["ours_starts"] or OURS.ours_starts,
                pausing_statuses=tuple(sorted(given["pausing"])),
                longest_pause=given["longest_pause"],
            ),
            escalations=tuple(self._escalations()),
        )

    def _escalations(self) -> Iterator[Escalation]:
        for place in range(CHAIN):
            percent = self.cleaned_data.get(f"percent_{place}")
            if percent:
                whom = str(self.cleaned_data.get(f"whom_{place}") or "").partition(":")[2]
                yield Escalation(
                    int(percent), self.cleaned_data[f"step_{place}"], int(whom) if whom else None
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for place in range(CHAIN):
            step, whom = given.get(f"step_{place}"), str(given.get(f"whom_{place}") or "")
            kind = {"notify_person": "person", "assign_person": "person", "assign_group": "group"}.get(
                step or ""
            )
            if given.get(f"percent_{place}") and kind and not whom.startswith(f"{kind}:"):
                sentence = _("Choose a colleague.") if kind == "person" else _("Choose a group.")
                self.add_error(f"whom_{place}", str(sentence))
        return given


def initial_of(content: Content) -> dict[str, Any]:
    """Return the content as the form begins with it."""
    found: dict[str, Any] = {
        name: getattr(content, name)
        for name in ("conditions", "agreement", "source", "default_priority", "preset")
    }
    found["pausing"] = list(content.switches.pausing_statuses)
    found["note_stops"] = content.switches.note_stops
    found["ours_starts"] = content.switches.ours_starts
    found["longest_pause"] = content.switches.longest_pause
    found["calendar_id"] = str(content.calendar_id or "")
    for (metric, priority), target in content.targets.items():
        found[_target_name(metric, priority)] = target.length
        found[f"around_{priority}"] = target.around
    for place, one in enumerate(content.escalations[:CHAIN]):
        kind = "group" if one.step == "assign_group" else "person"
        found |= {f"percent_{place}": str(one.percent), f"step_{place}": one.step}
        found[f"whom_{place}"] = f"{kind}:{one.value}" if one.value else ""
    return found


def _target_name(metric: Metric, priority: int) -> str:
    return f"target_{metric.value}_{int(priority)}"


def _whom() -> list[tuple[Any, Any]]:
    groups = [
        (f"group:{pk}", name) for pk, name in Group.objects.filter(deleted_at=None).values_list("pk", "name")
    ]
    people = Person.objects.colleagues().order_by("name").values_list("pk", "name")[:500]
    return [
        ("", "–"),
        (_("Groups"), groups),
        (_("Colleagues"), [(f"person:{pk}", name) for pk, name in people]),
    ]
