"""Policies of a demo desk, and what it leaves out of attainment, made from their table through the actions."""

import re
from collections.abc import Mapping
from typing import Any

from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.people.seeds import SeededPeople
from opora.sla.actions.exclude_clock import exclude_clock
from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Content, Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Switches, Target
from opora.sla.lengths import read_length
from opora.sla.models import ClockRow, SlaPolicy

Row = Mapping[str, Any]


def seed_policies(plan: Row, *, people: SeededPeople, statuses: Mapping[str, int]) -> list[SlaPolicy]:
    """Make the policies of `plan`, as in `cli/demo_desk/tables/policies.toml`, in their order; `statuses` has ids."""
    return [
        save_policy(by=SYSTEM, name=row["name"], content=_content(row, people, statuses))
        for row in plan["policies"]
    ]


def seed_exclusions(plan: Row, *, people: SeededPeople, by: Person) -> None:
    """Leave the latest broken promise of each named brand out of the net attainment, for the reason of the table."""
    for row in plan["exclusions"]:
        broken = ClockRow.objects.filter(
            first_breach_at__isnull=False, agreement="sla", ticket__brand=people.brands[row["brand"]]
        )
        clock = (
            broken.exclude(state="cancelled")
            .select_related("ticket")
            .order_by("-first_breach_at", "key")
            .first()
        )
        if clock:
            exclude_clock(clock.ticket, clock.key.partition(":")[2], row["reason"], by=by)


def _content(row: Row, people: SeededPeople, statuses: Mapping[str, int]) -> Content:
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
        switches=Switches(
            pausing_statuses=tuple(sorted(statuses[key] for key in row.get("pausing", []))),
            longest_pause=read_length(row.get("longest_pause", "")),
        ),
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
