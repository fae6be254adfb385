"""Brands, groups, colleagues and client organizations of a demo desk, made from its table through the actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.recording import record
from opora.people.actions.change_person import change_person
from opora.people.actions.invite_colleague import invite_colleague
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_desk import save_desk
from opora.people.actions.save_group import save_group
from opora.people.actions.save_organization import save_organization
from opora.people.actions.save_role import save_role
from opora.people.events import PersonJoined
from opora.people.models import Brand, Group, Invitation, Person, Role
from opora.people.queries import default_brand, default_group, desk

Row = Mapping[str, Any]
BETWEEN_COLLEAGUES = timedelta(minutes=9)


@dataclass
class SeededPeople:
    """What was made, by the keys of the table."""

    brands: dict[str, Brand] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    colleagues: dict[str, Person] = field(default_factory=dict)


def seed_people(plan: Row, *, administrator: Person) -> SeededPeople:
    """Fill the opened desk of `administrator`, whose password the other colleagues get as well.

    `plan` has desk, titles, brands, groups, colleagues and organizations, as in `cli/demo_desk/tables/desk.toml`.
    """
    made = SeededPeople()
    _name_desk(plan)
    made.brands = {row["key"]: _brand(row, is_first=place == 0) for place, row in enumerate(plan["brands"])}
    made.groups = {row["key"]: _group(row, is_first=place == 0) for place, row in enumerate(plan["groups"])}
    moment = clock.now()
    for row in plan["colleagues"]:
        moment += BETWEEN_COLLEAGUES
        with clock.at(moment):
            made.colleagues[row["key"]] = _colleague(row, plan["desk"], administrator)
    with clock.at(moment + BETWEEN_COLLEAGUES):
        _fill_groups(plan["colleagues"], made)
        for row in plan["organizations"]:
            save_organization(by=SYSTEM, name=row["name"], domains=row["domains"], details=row["details"])
    return made


def _name_desk(plan: Row) -> None:
    found = desk()
    assert found, "The desk must be open."
    save_desk(found, by=SYSTEM, time_zone=plan["desk"]["time_zone"], is_demo=True)
    for role in Role.objects.all():
        save_role(role, by=SYSTEM, name=plan["titles"]["roles"].get(role.kind, role.name))


def _brand(row: Row, *, is_first: bool) -> Brand:
    fields = {name: row[name] for name in ("name", "locale", "hue", "signature")}
    website = f"https://{row['domain']}/"
    return save_brand(
        default_brand() if is_first else None, by=SYSTEM, slug=row["key"], website=website, **fields
    )


def _group(row: Row, *, is_first: bool) -> Group:
    return save_group(
        default_group() if is_first else None,
        by=SYSTEM,
        name=row["name"],
        description=row["description"],
        is_private=row.get("is_private", False),
    )


def _colleague(row: Row, of_desk: Row, administrator: Person) -> Person:
    """Invite somebody and let them join minutes later; the administrator has done so by opening the desk."""
    if row["key"] == of_desk["head"]:
        person = administrator
    else:
        role = Role.objects.get(kind=row["role"])
        email = f"{row['mail']}@{of_desk['domain']}"
        person, _token = invite_colleague(by=administrator, email=email, name=row["name"], role=role)
    fields = {
        "locale": row["locale"],
        "time_zone": of_desk["time_zone"],
        "signature": row.get("signature", ""),
    }
    with clock.at(clock.now() + BETWEEN_COLLEAGUES / 2):
        if person.pk != administrator.pk:
            _join(person, administrator.password)
        return change_person(person, by=person, **fields)


def _join(person: Person, password_hash: str) -> None:
    """Accept the invitation with a hash that is there already: a slow hash for each of twenty people takes seconds."""
    Invitation.objects.filter(person=person, accepted_at=None).update(accepted_at=clock.now())
    person.password = password_hash
    person.save(update_fields=["password"])
    record(PersonJoined(), subject_id=person.pk, by=person)


def _fill_groups(rows: Sequence[Row], made: SeededPeople) -> None:
    for key, group in made.groups.items():
        members = [made.colleagues[row["key"]] for row in rows if key in row["groups"]]
        save_group(group, by=SYSTEM, members=members)
    # Fresh rows: what a person may do and where they belong is remembered on the instance.
    fresh = Person.objects.select_related("role").in_bulk([person.pk for person in made.colleagues.values()])
    made.colleagues = {key: fresh[person.pk] for key, person in made.colleagues.items()}
