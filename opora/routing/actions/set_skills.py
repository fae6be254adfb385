"""What a colleague can, and how well."""

from collections.abc import Mapping

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import may, require
from opora.routing.events import PersonSkillsSaved
from opora.routing.models import PersonSkill, Skill
from opora.routing.policy import SETTINGS


def set_skills(person: Person, levels: Mapping[Skill, int], *, by: ActsAsActor) -> Person:
    """Set the levels of these skills, 0 for not at all; skills that are not named stay as they are."""
    with update(by):
        require(may(by, SETTINGS) and person.role_id is not None)
        before = dict(PersonSkill.objects.filter(person=person).values_list("skill_id", "level"))
        changes = {}
        for skill, level in levels.items():
            known = before.get(skill.pk, 0)
            if known == level:
                continue
            changes[skill.name] = [known, level]
            if level:
                PersonSkill.objects.update_or_create(person=person, skill=skill, defaults={"level": level})
            else:
                PersonSkill.objects.filter(person=person, skill=skill).delete()
        if changes:
            record(PersonSkillsSaved(name=str(person), changes=changes), subject_id=person.pk, by=by)
    return person
