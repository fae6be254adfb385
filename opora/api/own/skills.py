"""Skills, and who has them how well."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.own.team import colleague
from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import Body, Json, text, unwrap_list
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, made, own, own_list, own_noun, own_one, single
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import bounded, chosen, given_fields, number, one_of, words
from opora.people.models import Person
from opora.routing.actions.save_skill import remove_skill, save_skill
from opora.routing.actions.set_skills import set_skills
from opora.routing.models import Level, PersonSkill, Skill
from opora.routing.queries import skills

_NAMES = {name: name for name in ("name", "kind", "locale")}
SKILL = Body("skill", {"name": text(80), "kind": chosen(Skill.Kind), "locale": text(10)})
OF_USER = Body("skills", {})
SHAPE = {
    "id": number("pk"), "name": words("name"), "kind": one_of("kind", Skill.Kind), "locale": words("locale"),
    "people_count": number("count"),
}  # fmt: skip
_ID = bounded(1, 2**63 - 1)
_LEVEL = bounded(0, max(Level.values))
_LEVELS = answer_of(
    {
        "skills": {
            "type": "array",
            "items": answer_of({"skill_id": {"type": "integer"}, "level": {"type": "integer"}}),
        }
    }
)


def _rows(call: Call) -> QuerySet[Skill]:
    return skills()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Skill]:
    return skills().filter(pk__in=ids)


SKILLS = own_noun(
    "skill", path="skills", rows=_rows, load=_load, shape=SHAPE, orders={"id": "id", "name": "name"}
)
own_list(SKILLS)
own_one(SKILLS)


@own("POST", "skills", takes=SKILL, answers=single(SKILLS))
def create_skill(call: Call) -> Answer:
    """Add a skill; a language has its locale."""
    return made(call, SKILLS, save_skill(by=call.person, **given_fields(call.read(SKILL), _NAMES)).pk)


@own("PUT", "skills/{skill_id}", takes=SKILL, answers=single(SKILLS))
def update_skill(call: Call, skill_id: int) -> Any:
    """Change a skill."""
    fields = given_fields(call.read(SKILL), _NAMES)
    return changed(call, SKILLS, save_skill(SKILLS.find(call, skill_id), by=call.person, **fields).pk)


@own("DELETE", "skills/{skill_id}")
def delete_skill(call: Call, skill_id: int) -> Answer:
    """Take a skill out of use."""
    remove_skill(SKILLS.find(call, skill_id), by=call.person)
    return NOTHING


@own("GET", "users/{user_id}/skills", answers=_LEVELS)
def show_user_skills(call: Call, user_id: int) -> Json:
    """Show what a colleague can and how well: 1 with help, 2 alone, 3 difficult cases, 4 teaches others."""
    return _levels_of(colleague(call, user_id))


@own("PUT", "users/{user_id}/skills", takes=OF_USER, answers=_LEVELS)
def change_user_skills(call: Call, user_id: int) -> Any:
    """Set levels of skills, 0 for not at all; those that are not named stay as they are."""
    person = colleague(call, user_id)
    wanted = {
        _ID.read("skill_id", one.get("skill_id")): _LEVEL.read("level", one.get("level"))
        for one in unwrap_list(call.body, "skills")
        if isinstance(one, dict)
    }
    known = Skill.objects.filter(deleted_at=None).in_bulk(list(wanted))
    if known.keys() != wanted.keys():
        raise invalid_record("skill_id", "is invalid")
    set_skills(person, {known[pk]: level for pk, level in wanted.items()}, by=call.person)
    return lambda: _levels_of(person)


def _levels_of(person: Person) -> Json:
    rows = PersonSkill.objects.filter(person=person, skill__deleted_at=None).order_by("skill_id")
    return {"skills": [{"skill_id": row.skill_id, "level": row.level} for row in rows]}
