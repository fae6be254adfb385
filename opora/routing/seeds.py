"""How a demo desk distributes work: skills, queues, presence, lines of support; made from its table through the actions."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from opora.events.actor import SYSTEM
from opora.people.models import Role
from opora.people.seeds import SeededPeople
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.save_line import Item, save_line
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.save_requirement import save_requirement
from opora.routing.actions.save_routing_settings import save_routing_settings
from opora.routing.actions.save_skill import save_skill
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.actions.set_skills import set_skills
from opora.routing.models import AgentPresence, Skill

Row = Mapping[str, Any]


def seed_routing(plan: Row, *, people: SeededPeople) -> None:
    """Set up skills, capacities, queues and lines. `plan` is as in `cli/demo_desk/tables/routing.toml`."""
    save_routing_settings(by=SYSTEM, away_reasons=plan["away_reasons"])
    skills = {row["key"]: _skill(row) for row in plan["skills"]}
    for key, levels in plan["levels"].items():
        set_skills(people.colleagues[key], {skills[name]: level for name, level in levels.items()}, by=SYSTEM)
    _capacities(plan, people)
    for row in plan["lines"]:
        _line(row, people)
    for row in plan["requirements"]:
        save_requirement(
            by=SYSTEM, skill=skills[row["skill"]], level=row["level"], is_firm=row["is_firm"],
            conditions=with_ids(row["conditions"], people),
        )  # fmt: skip
    for place, row in enumerate(plan["queues"]):
        fields = {name: value for name, value in row.items() if name not in ("group", "conditions")}
        group = people.groups[row["group"]] if "group" in row else None
        conditions = with_ids(row["conditions"], people)
        save_queue(by=SYSTEM, position=place, group=group, conditions=conditions, **fields)


def arrivals(plan: Row, *, people: SeededPeople) -> Iterator[tuple[timedelta, Callable[[], object]]]:
    """Yield how long ago each colleague came or went, and the step; no browser ends what they chose."""
    for key, (state, hours, *reason) in plan["presence"].items():
        person = people.colleagues[key]
        came = Chosen(state=AgentPresence.State.ONLINE)
        chosen = Chosen(state=AgentPresence.State(state), reason=reason[0] if reason else "")
        yield timedelta(hours=hours + 4), partial(set_presence, person, came, by=person)
        yield timedelta(hours=hours), partial(set_presence, person, chosen, by=person)


def with_ids(conditions: Row, people: SeededPeople) -> dict[str, list[dict[str, Any]]]:
    """Return the conditions with the ids of the rows that their keys name."""
    rows: dict[str, Mapping[str, Any]] = {"brand": people.brands, "group": people.groups}
    return {
        part: [
            {
                **row,
                "value": str(rows[row["field"]][row["value"]].pk) if row["field"] in rows else row["value"],
            }
            for row in conditions[part]
        ]
        for part in ("all", "any")
    }


def _skill(row: Row) -> Skill:
    return save_skill(by=SYSTEM, name=row["name"], kind=row["kind"], locale=row.get("locale", ""))


def _capacities(plan: Row, people: SeededPeople) -> None:
    save_capacity(None, by=SYSTEM, mail=plan["capacity"])
    for kind, tickets in plan["capacity_of_roles"].items():
        save_capacity(Role.objects.get(kind=kind), by=SYSTEM, mail=tickets)
    for key, tickets in plan["capacity_of_people"].items():
        save_capacity(people.colleagues[key], by=SYSTEM, mail=tickets)


def _line(row: Row, people: SeededPeople) -> None:
    items = [_item(text) for text in row["items"]]
    fields = {name: row[name] for name in ("tier", "takes_over", "guidance") if name in row}
    save_line(people.groups[row["group"]], by=SYSTEM, items=items, **fields)


def _item(text: str) -> Item:
    """Read "Words*|kind|hint"; the star says that it is required."""
    title, kind, *hint = text.split("|")
    return Item(
        title=title.rstrip("*"), kind=kind, hint=hint[0] if hint else "", is_required=title.endswith("*")
    )
