"""Facts about how work is distributed."""

from opora.events.changes import ConfigurationFact
from opora.events.fact import event


@event("queue.saved")
class QueueSaved(ConfigurationFact):
    """A queue was added, changed or removed."""


@event("skill.saved")
class SkillSaved(ConfigurationFact):
    """A skill was added, changed or removed."""


@event("skill_requirement.saved")
class RequirementSaved(ConfigurationFact):
    """A rule that says which tickets need which skill was added, changed or removed."""


@event("person_skills.saved")
class PersonSkillsSaved(ConfigurationFact):
    """What a colleague can was changed; the subject is the person, before and after are levels by skill."""


@event("capacity.saved")
class CapacitySaved(ConfigurationFact):
    """How much a person, a role or everybody can have at once was changed."""


@event("routing_settings.saved")
class RoutingSettingsSaved(ConfigurationFact):
    """Weights of tickets, idle time or reasons for being away were changed."""


@event("support_line.saved")
class LineSaved(ConfigurationFact):
    """A group that takes escalations, or its checklist, was added, changed or removed."""
