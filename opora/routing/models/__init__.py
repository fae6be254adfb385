from opora.routing.models.capacity import ORDINARY, Capacity, RoutingSettings, standard_weights
from opora.routing.models.escalation import ChecklistAnswer, Escalation
from opora.routing.models.line import ChecklistItem, Line
from opora.routing.models.presence import AgentPresence
from opora.routing.models.queue import Queue, Turn, Waiting
from opora.routing.models.skill import Level, PersonSkill, Requirement, Skill

__all__ = [
    "ORDINARY",
    "AgentPresence",
    "Capacity",
    "ChecklistAnswer",
    "ChecklistItem",
    "Escalation",
    "Level",
    "Line",
    "PersonSkill",
    "Queue",
    "Requirement",
    "RoutingSettings",
    "Skill",
    "Turn",
    "Waiting",
    "standard_weights",
]
