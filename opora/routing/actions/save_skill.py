"""A skill is added, changed or removed."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.routing.events import SkillSaved
from opora.routing.models import Skill
from opora.routing.policy import SETTINGS


def save_skill(skill: Skill | None = None, *, by: ActsAsActor, **fields: object) -> Skill:
    """Add a skill or change one. A language has its locale, which no other skill may have."""
    with update(by):
        require(may(by, SETTINGS))
        skill = skill or Skill()
        created = skill.pk is None
        changes = apply_changes(skill, fields)
        _check(skill)
        if changes or created:
            skill.save()
            record(SkillSaved(name=skill.name, created=created, changes=changes), subject_id=skill.pk, by=by)
    return skill


def remove_skill(skill: Skill, *, by: ActsAsActor) -> Skill:
    """Take the skill out of use: nothing asks for it any more."""
    name = f"{skill.name[:60]} ({skill.pk})"
    return save_skill(skill, by=by, name=name, deleted_at=clock.now())


def _check(skill: Skill) -> None:
    if not skill.name.strip():
        raise Invalid(_("Give the skill a name."), field="name")
    others = Skill.objects.exclude(pk=skill.pk)
    if others.filter(name__iexact=skill.name).exists():
        raise Invalid(_("There is a skill of this name already."), field="name")
    if skill.kind != Skill.Kind.LANGUAGE:
        skill.locale = ""
    elif not skill.locale:
        raise Invalid(_("Choose which language it is."), field="locale")
    elif others.filter(locale=skill.locale, deleted_at=None).exists():
        raise Invalid(_("There is a skill for this language already."), field="locale")
