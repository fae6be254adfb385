"""Statuses, fields, forms, views and macros of a demo desk, made from its tables through the actions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opora.events.actor import SYSTEM
from opora.people.models import Brand
from opora.people.seeds import SeededPeople
from opora.tickets.actions.save_dynamic_content import save_item
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.actions.save_status import save_status
from opora.tickets.actions.save_view import save_view
from opora.tickets.form_rules import FieldRule, kept_rules
from opora.tickets.models import Category, Status, TicketField, TicketForm, View
from opora.tickets.queries import status_of

Row = Mapping[str, Any]


@dataclass
class SeededTickets:
    """What was made, by the keys of the tables; statuses also by the words of their categories."""

    statuses: dict[str, Status] = field(default_factory=dict)
    fields: dict[str, TicketField] = field(default_factory=dict)
    forms: dict[str, TicketForm] = field(default_factory=dict)


def seed_tickets(plan: Row, macros: Row, *, people: SeededPeople) -> SeededTickets:
    """Make what tickets need. `plan` has titles, statuses, fields, forms, texts and views; `macros` has macros."""
    made = SeededTickets()
    made.statuses = {category.word: status_of(category) for category in Category}
    made.statuses |= {row["key"]: _status(row) for row in plan["statuses"]}
    made.fields = {row["key"]: _field(row, place) for place, row in enumerate(plan["fields"])}
    made.forms = {
        row["key"]: _form(row, made, people.brands, place) for place, row in enumerate(plan["forms"])
    }
    for row in plan["texts"]:
        save_item(by=SYSTEM, key=row["key"], name=row["name"], locale=row["locale"], texts=row["said"])
    keys = _Keys(people, made)
    for view, title in zip(
        View.objects.filter(owner=None).order_by("position", "id"), plan["titles"]["views"], strict=True
    ):
        save_view(view, by=SYSTEM, title=title)
    for place, row in enumerate(plan["views"]):
        _view(row, keys, position=10 + place)
    for place, row in enumerate(macros["macros"]):
        _macro(row, keys, position=place)
    return made


def _status(row: Row) -> Status:
    category = Category[row["category"].upper()]
    return save_status(by=SYSTEM, name=row["name"], customer_name=row["customer_name"], category=category)


def _field(row: Row, place: int) -> TicketField:
    known = (
        "key",
        "title",
        "type",
        "pattern",
        "description",
        "is_required_to_solve",
        "is_shown_to_customers",
        "customer_title",
    )
    fields = {name: row[name] for name in known if name in row}
    options = [{"value": value, "name": name} for value, name in row.get("options", [])]
    return save_field(by=SYSTEM, options=options, position=place, **fields)


def _form(row: Row, made: SeededTickets, brands: Mapping[str, Brand], place: int) -> TicketForm:
    rules = {
        audience: [_rule(text, made.fields) for text in row.get(f"{audience}_rules", [])]
        for audience in ("agents", "customers")
    }
    form = TicketForm.objects.filter(is_default=True).first() if row.get("is_default") else None
    return save_form(
        form,
        by=SYSTEM,
        ticket_fields=[made.fields[key] for key in row["fields"]],
        name=row["name"],
        customer_name=row["customer_name"],
        is_shown_to_customers=bool(row["customer_name"]),
        position=place,
        brands=[brands[key] for key in row.get("brands", [])],
        agent_rules=kept_rules(rules["agents"]),
        customer_rules=kept_rules(rules["customers"]),
    )


def _rule(text: str, fields: Mapping[str, TicketField]) -> FieldRule:
    """Read `field=value > field`, with ` needed` behind what must be filled in to solve."""
    when, _arrow, then = text.partition(" > ")
    parent, _equals, value = when.partition("=")
    child, _space, needed = then.partition(" ")
    return FieldRule(fields[parent].pk, value, fields[child].pk, ("solved",) if needed else ())


class _Keys:
    """Finds what the tables call `<key>`."""

    def __init__(self, people: SeededPeople, made: SeededTickets) -> None:
        self.people, self.made = people, made
        rows: list[Mapping[str, Any]] = [people.brands, people.groups, made.statuses, made.forms]
        self._ids = {key: str(row.pk) for table in rows for key, row in table.items()}

    def value(self, text: str) -> str:
        return re.sub(r"^<(\w+)>$", lambda match: self._ids[match.group(1)], text)

    def field(self, name: str) -> str:
        return f"custom_field_{self.made.fields[name].pk}" if name in self.made.fields else name

    def condition(self, text: str) -> dict[str, str]:
        name, operator, value = text.split(maxsplit=2)
        return {"field": self.field(name), "operator": operator, "value": self.value(value)}

    def owners(self, row: Row) -> dict[str, Any]:
        """Whose it is, and who makes it: what belongs to one person only they can make."""
        owner = self.people.colleagues.get(row.get("owner", ""))
        return {"by": owner or SYSTEM, "owner": owner, "group": self.people.groups.get(row.get("group", ""))}


def _view(row: Row, keys: _Keys, *, position: int) -> None:
    save_view(
        title=row["title"],
        conditions={
            part: [keys.condition(text) for text in row.get(name, [])] for part, name in _PARTS.items()
        },
        sort=row["sort"],
        group_by=row.get("group_by", ""),
        columns=row.get("columns", []),
        position=position,
        **keys.owners(row),
    )


_PARTS = {"all": "conditions", "any": "any"}


def _macro(row: Row, keys: _Keys, *, position: int) -> None:
    pairs = [text.partition("=")[::2] for text in row.get("set", [])]
    actions: list[dict[str, Any]] = [
        {"field": keys.field(name), "value": keys.value(value)} for name, value in pairs
    ]
    for action in actions:
        if action["field"] == "add_tags":
            action["value"] = action["value"].split(",")
    save_macro(
        title=row["title"],
        html=row["html"],
        is_note=row.get("is_note", False),
        actions=actions,
        position=position,
        **keys.owners(row),
    )
