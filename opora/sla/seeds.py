"""Policies of a demo desk, made from its table through the actions."""

import re
from collections.abc import Mapping
from typing import Any

from opora.events.actor import SYSTEM
from opora.people.seeds import SeededPeople
from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Content, Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target
from opora.sla.lengths import read_length
from opora.sla.models import SlaPolicy

Row = Mapping[str, Any]


def seed_policies(plan: Row, *, people: SeededPeople) -> list[SlaPolicy]:
    """Make the policies of `plan`, as in `cli/demo_desk/tables/policies.toml`, in their order."""
    return [
        save_policy(by=SYSTEM, name=row["name"], content=_content(row, people)) for row in plan["policies"]
    ]


def _content(row: Row, people: SeededPeople) -> Content:
    keys = {key: str(one.pk) for table in (people.brands, people.groups) for key, one in table.items()}
    around = set(row.get("around", []))
    targets = {
        (Metric(metric), priority): Target(length, around=priority in around)
        for metric, texts in row["targets"].items()
        for priority, text in zip((4, 3, 2, 1), texts, strict=True)
        if (length := read_length(text))
    }
    return Content(
        conditions={"all": [_condition(text, keys) for text in row["when"]], "any": []},
        targets=targets,
        agreement=row.get("agreement", "sla"),
        source=row["source"],
        escalations=tuple(_escalation(*step, people=people) for step in row.get("chain", [])),
    )


def _condition(text: str, keys: Mapping[str, str]) -> dict[str, str]:
    name, operator, value = text.split(maxsplit=2)
    return {
        "field": name,
        "operator": operator,
        "value": re.sub(r"^<(\w+)>$", lambda found: keys[found[1]], value),
    }


def _escalation(percent: int, step: str, whom: str, *, people: SeededPeople) -> Escalation:
    known = {**people.colleagues, **people.groups}
    return Escalation(percent, step, known[whom].pk if whom else None)
