"""The editor of steps in forms: one row a step, drawn by the server."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.people.models import Person
from opora.tickets.placeholders import offered_placeholders
from opora.tickets.steps.kinds import NOTHING, StepKind
from opora.tickets.steps.reading import Step, clean_step
from opora.tickets.steps.registry import step_kinds

_KEY = re.compile(r"(\d{1,15})-field")
Kinds = Mapping[str, StepKind]


@dataclass
class StepRow:
    """One step as it is drawn."""

    name: str
    key: int
    kind: StepKind
    value: Any
    kinds: list[tuple[str, list[StepKind]]]
    problem: str = ""

    @property
    def prefix(self) -> str:
        return f"{self.name}-steps-{self.key}"

    @property
    def text(self) -> str:
        return (
            NOTHING if self.value in ("", None) and self.kind.control == "choice" else str(self.value or "")
        )

    @property
    def words(self) -> list[str]:
        return [str(word) for word in self.value] if isinstance(self.value, list) else []

    @property
    def chosen(self) -> list[Mapping[str, str]]:
        return [{"value": word, "label": word} for word in self.words]

    @property
    def person(self) -> str:
        number = str((self.value.get("to") if isinstance(self.value, dict) else self.value) or "")
        found = Person.objects.filter(pk=number).first() if number.isdigit() else None
        return str(found or "")


class StepsEditor(forms.Widget):
    """Rows of a kind and its value."""

    template_name = "tickets/steps/_editor.html"
    for_rules = False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        kinds = step_kinds(for_rules=self.for_rules)
        context = {
            "name": name,
            "id": (attrs or {}).get("id", ""),
            "rows": list(rows_of(value if isinstance(value, list) else [], name, kinds)),
            "for_rules": self.for_rules,
            "placeholders": [f"{{{{{word}}}}}" for word in offered_placeholders()],
        }
        return render_to_string(self.template_name, context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Step]:
        return steps_in(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class StepsField(forms.Field):
    """A field of a form whose value is a list of steps. `for_rules` also offers what only rules do, such as mail."""

    widget = StepsEditor

    def __init__(self, *, for_rules: bool = False, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.for_rules = self.widget.for_rules = for_rules

    def clean(self, value: Any) -> list[Step]:
        """Return the steps as they are kept. A step that makes no sense is refused; its sentence stands beside it."""
        kinds = step_kinds(for_rules=self.for_rules)
        written = value if isinstance(value, list) else []
        if any(problem_of(step, kinds) for step in written):
            raise ValidationError(_("One of the steps needs a look."))
        if self.required and not written:
            raise ValidationError(_("Add at least one step."))
        return [clean_step(step, kinds) for step in written]


def steps_in(data: Any, name: str) -> list[Step]:
    """Return the steps as the editor sent them, in the order they stood."""
    start, found = f"{name}-steps-", []
    for sent in data:
        place = _KEY.fullmatch(sent.removeprefix(start)) if sent.startswith(start) else None
        if place and data.get(sent):
            found.append({"field": data.get(sent), "value": _value(data, sent.removesuffix("-field"))})
    return found


def _value(data: Any, start: str) -> Any:
    if f"{start}-body" in data:
        return {"webhook": data.get(f"{start}-value", ""), "body": data.get(f"{start}-body", "")}
    if f"{start}-text" in data:
        return {"subject": data.get(f"{start}-subject", ""), "text": data.get(f"{start}-text", "")} | (
            {"to": data.get(f"{start}-value")} if f"{start}-value" in data else {}
        )
    values = (
        data.getlist(f"{start}-value") if isinstance(data, QueryDict) else [data.get(f"{start}-value", "")]
    )
    values = [value for value in values if value != ""]
    return values if len(values) > 1 else (values[0] if values else "")


def problem_of(step: Any, kinds: Kinds) -> str:
    """Return why a step cannot be understood, or “”."""
    try:
        clean_step(step, kinds)
    except Invalid as refusal:
        return refusal.sentence
    return ""


def rows_of(steps: list[Step], name: str, kinds: Kinds) -> Iterator[StepRow]:
    """Yield the steps as they are drawn; those of a kind that is gone are left out."""
    for key, step in enumerate(steps):
        kind = kinds.get(step.get("field", ""))
        if kind:
            value = step.get("value")
            value = [value] if kind.control in ("tags", "choices") and isinstance(value, str) else value
            yield StepRow(name, key, kind, value, offer(kinds), problem_of(step, kinds))


def blank_step(name: str, key: int, chosen: str, *, for_rules: bool) -> StepRow:
    """Return a row to be added, or one whose kind was chosen anew."""
    kinds = step_kinds(for_rules=for_rules)
    kind = kinds.get(chosen) or next(iter(kinds.values()))
    return StepRow(name, key, kind, None if kind.control == "choice" else "", offer(kinds))


def offer(kinds: Kinds) -> list[tuple[str, list[StepKind]]]:
    """Return the kinds under their headings."""
    return [
        (heading, list(rows)) for heading, rows in groupby(kinds.values(), key=lambda kind: str(kind.group))
    ]
