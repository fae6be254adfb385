"""Rules of a demo desk, made from their table through the actions."""

import re
from collections.abc import Mapping
from typing import Any

from opora.automation.actions.save_category import save_category
from opora.automation.actions.save_rule import save_rule
from opora.automation.actions.standard_rules import create_standard_rules
from opora.automation.calls import CALL
from opora.automation.models import Rule, RuleCategory
from opora.events.actor import SYSTEM
from opora.people.queries import desk
from opora.people.seeds import SeededPeople
from opora.tickets.seeds import SeededTickets
from opora.webhooks.models import Webhook

Row = Mapping[str, Any]
TAGS = ("add_tags", "remove_tags", "tags")


def seed_rules(table: Row, *, people: SeededPeople, tickets: SeededTickets) -> None:
    """Make the rules that desks started with when this one did, and those of `table`; newer ones it is offered."""
    found = desk()
    create_standard_rules(found.locale if found else "en", without=table["offered"])
    rows: list[Mapping[str, Any]] = [people.brands, people.groups, tickets.statuses, tickets.forms]
    ids = {key: str(row.pk) for found in rows for key, row in found.items()}
    first = Rule.objects.count()
    for place, row in enumerate(table["rules"], start=first):
        _rule(row, ids, tickets, place)


def _rule(row: Row, ids: Mapping[str, str], tickets: SeededTickets, place: int) -> None:
    def value(text: str) -> str:
        return re.sub(r"^<(\w+)>$", lambda found: ids[found.group(1)], text)

    def condition(text: str) -> dict[str, str]:
        name, operator, wanted = text.split(maxsplit=2)
        field = f"custom_field_{tickets.fields[name].pk}" if name in tickets.fields else name
        return {"field": field, "operator": operator, "value": value(wanted).replace("|", " ")}

    pairs = [text.partition("=")[::2] for text in row.get("set", [])]
    steps: list[dict[str, Any]] = [
        {"field": name, "value": text.split(",") if name in TAGS else value(text)} for name, text in pairs
    ]
    steps += [
        {"field": step, "value": {"subject": subject, "text": text}}
        for step, subject, text in row.get("letters", [])
    ]
    steps += [
        {"field": CALL, "value": {"webhook": _webhook(name), "body": body}}
        for name, body in row.get("calls", [])
    ]
    save_rule(
        by=SYSTEM,
        kind=Rule.Kind(row.get("kind", "trigger")),
        title=row["title"],
        description=row["description"],
        conditions={part: [condition(text) for text in row.get(part, [])] for part in ("all", "any")},
        steps=steps,
        is_active=row.get("is_active", True),
        position=place,
        category=_category(row.get("category", "")),
    )


def _webhook(name: str) -> str:
    return Webhook.objects.get(name=name).public_id


def _category(name: str) -> RuleCategory | None:
    if not name:
        return None
    return RuleCategory.objects.filter(name=name).first() or save_category(by=SYSTEM, name=name)
