"""The editor of conditions in forms: a field, its control, and the rows it is drawn of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.core.conditions import ConditionField, as_json, operator_label, read_condition, read_tree
from opora.core.conditions.operators import OF_UPDATES
from opora.core.refusals import Invalid
from opora.tickets.conditions.registry import TicketFields, condition_fields

PARTS: dict[str, str | Promise] = {
    "all": gettext_lazy("All of these hold"),
    "any": gettext_lazy("And at least one of these"),
}
_KEY = re.compile(r"(all|any)-(\d{1,15})-field")

Written = dict[str, Any]


@dataclass
class Row:
    """One row of the editor as it is drawn."""

    name: str
    part: str
    key: int
    field: ConditionField
    operator: str
    value: Any
    fields: list[tuple[str, list[ConditionField]]]
    for_rules: bool = False
    problem: str = ""

    @property
    def prefix(self) -> str:
        """What the names of its controls begin with."""
        return f"{self.name}-{self.part}-{self.key}"

    @property
    def operators(self) -> list[tuple[str, str]]:
        return [(word, operator_label(self.field.kind, word)) for word in offered(self.field, self.for_rules)]

    @property
    def control(self) -> str:
        return self.field.control_of(self.operator)

    @property
    def text(self) -> str:
        """The value as a line of text."""
        return " ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value or "")

    @property
    def finder(self) -> str:
        return str(getattr(self.field, "finder", ""))

    @property
    def is_free(self) -> bool:
        return bool(getattr(self.field, "is_free", False))

    @property
    def chosen(self) -> list[Mapping[str, str]]:
        """The values that were found earlier, with their names."""
        words = self.value if isinstance(self.value, list) else self.text.split()
        return [{"value": str(word), "label": self._label(word)} for word in words if str(word)]

    def _label(self, word: Any) -> str:
        try:
            read = self.field.read(self.operator, [word] if self.control == "finders" else word)
        except Invalid:
            return str(word)
        if self.is_free:
            return str(word)
        return self.field.operand_words(self.operator, read)


class ConditionsEditor(forms.Widget):
    """Rows of field, comparison and value in two parts. Each row is drawn by the server, also one that is added."""

    template_name = "tickets/conditions/_editor.html"
    for_rules = False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        written = value if isinstance(value, dict) else {}
        fields = condition_fields()
        parts = [
            {"name": part, "title": title, "rows": list(rows_of(written, part, name, fields, self.for_rules))}
            for part, title in PARTS.items()
        ]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", ""),
            "parts": parts,
            "for_rules": self.for_rules,
        }
        return render_to_string(self.template_name, context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Written:
        return written_in(data, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class ConditionsField(forms.Field):
    """A field of a form whose value is a tree of conditions on tickets. `for_rules` also offers those on an update."""

    widget = ConditionsEditor

    def __init__(self, *, for_rules: bool = False, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", gettext_lazy("Conditions"))
        super().__init__(**options)
        self.for_rules = self.widget.for_rules = for_rules

    def clean(self, value: Any) -> Written:
        """Return the tree with the house's names. A row that makes no sense is refused; its sentence stands beside it."""
        fields = condition_fields()
        written = value if isinstance(value, dict) else {}
        if any(True for _row in problems_in(written, fields, for_rules=self.for_rules)):
            raise ValidationError(_("One of the conditions needs a look."))
        try:
            tree = as_json(read_tree(written, fields))
        except Invalid as refusal:
            raise ValidationError(refusal.sentence) from refusal
        if self.required and not (tree["all"] or tree["any"]):
            raise ValidationError(_("Add at least one condition."))
        return tree


def written_in(data: Any, name: str) -> Written:
    """Return the tree as the editor sent it: rows under `<name>-<part>-<key>-field`, in the order they stood."""
    tree: Written = {"all": [], "any": []}
    for sent in data:
        place = _KEY.fullmatch(sent.removeprefix(f"{name}-")) if sent.startswith(f"{name}-") else None
        if place is None or not data.get(sent):
            continue
        start = sent.removesuffix("-field")
        values = _all(data, f"{start}-value")
        value = values if len(values) > 1 else (values[0] if values else "")
        row = {"field": data.get(sent), "operator": data.get(f"{start}-operator") or "", "value": value}
        tree[place.group(1)].append(row)
    return tree


def _all(data: Any, name: str) -> list[Any]:
    if isinstance(data, QueryDict):
        return [value for value in data.getlist(name) if value != ""]
    return [data[name]] if data.get(name) not in (None, "") else []


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row."""

    part: str
    place: int
    sentence: str


def problems_in(written: Written, fields: TicketFields, *, for_rules: bool) -> Iterator[Problem]:
    """Yield what is wrong with each row that makes no sense."""
    for part in PARTS:
        for place, row in enumerate(written.get(part) or []):
            sentence = problem_of(row, fields, for_rules=for_rules)
            if sentence:
                yield Problem(part, place, sentence)


def problem_of(row: Any, fields: TicketFields, *, for_rules: bool) -> str:
    """Return why a row cannot be understood, or “”."""
    try:
        condition = read_condition(row, fields)
    except Invalid as refusal:
        return refusal.sentence
    if not for_rules and (condition.field.where is None or condition.operator in OF_UPDATES):
        return _("Only triggers can ask this: they look at an update.")
    return ""


def rows_of(written: Written, part: str, name: str, fields: TicketFields, for_rules: bool) -> Iterator[Row]:
    """Yield the rows of one part as they are drawn; one whose field is gone shows why."""
    for key, row in enumerate(written.get(part) or []):
        known = fields.get(str(row.get("field"))) if isinstance(row, dict) else None
        shown = known or fields.get("status")
        if shown is None:
            continue
        problem = problem_of(row, fields, for_rules=for_rules)
        operator = shown.canonical(str(row.get("operator", ""))) if known else "is"
        value = row.get("value") if known else ""
        yield Row(name, part, key, shown, operator, value, offer(fields, for_rules), for_rules, problem)


def offer(fields: TicketFields, for_rules: bool) -> list[tuple[str, list[ConditionField]]]:
    """Return the fields that can be chosen under their headings."""
    known = [one for one in fields.values() if for_rules or one.where is not None]
    return [(heading, list(members)) for heading, members in groupby(known, key=lambda one: str(one.group))]


def offered(asked: ConditionField, for_rules: bool) -> list[str]:
    """Return the comparisons that can be chosen."""
    return [word for word in asked.operators if for_rules or word not in OF_UPDATES]


def blank_row(name: str, part: str, key: int, *, for_rules: bool, chosen: Mapping[str, Any] = {}) -> Row:
    """Return a row to be added, or one whose field or comparison was chosen anew: what fits of `chosen` stays."""
    fields = condition_fields()
    asked = fields.get(str(chosen.get("field") or "status"))
    if asked is None:
        raise Invalid(_("There is no field “%(name)s”.") % {"name": str(chosen.get("field"))[:60]})
    operators = offered(asked, for_rules)
    operator = asked.canonical(str(chosen.get("operator") or ""))
    operator = operator if operator in operators else operators[0]
    value = chosen.get("value") or ""
    fits = not problem_of(
        {"field": asked.name, "operator": operator, "value": value}, fields, for_rules=for_rules
    )
    return Row(name, part, key, asked, operator, value if fits else "", offer(fields, for_rules), for_rules)
