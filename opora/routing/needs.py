"""What a ticket asks of whoever gets it: the language of its customer, and the skills that rules name."""

from collections.abc import Iterable

from opora.routing.engine.values import Need
from opora.routing.matching import Seen
from opora.routing.models import Level, Queue, Requirement, Skill
from opora.tickets.models import Ticket

LANGUAGE_LEVEL = Level.ALONE
"""Whoever answers in a language can do so alone."""

Row = list[int]


def needs_of(seen: Seen, queue: Queue) -> list[Need]:
    """Return the needs of the ticket in this queue; of two for one skill the harder one counts."""
    found = [*_language(seen.ticket, queue), *_required(seen)]
    hardest: dict[int, Need] = {}
    for need in found:
        known = hardest.get(need.skill_id)
        if known is None or (need.is_firm, need.level) > (known.is_firm, known.level):
            hardest[need.skill_id] = need
    return list(hardest.values())


def as_rows(needs: Iterable[Need]) -> list[Row]:
    """Return the needs as they are kept with a waiting ticket."""
    return [[need.skill_id, need.level, int(need.is_firm)] for need in needs]


def from_rows(rows: Iterable[Row]) -> tuple[Need, ...]:
    return tuple(Need(skill_id, level, bool(is_firm)) for skill_id, level, is_firm in rows)


def _language(ticket: Ticket, queue: Queue) -> Iterable[Need]:
    """The language of the customer, if anybody of the desk is said to speak it."""
    if queue.language == Queue.Language.IGNORED or not ticket.locale:
        return
    locale = ticket.locale.partition("-")[0].lower()
    skill = Skill.objects.filter(kind=Skill.Kind.LANGUAGE, locale=locale, deleted_at=None).first()
    if skill:
        yield Need(skill.pk, LANGUAGE_LEVEL, queue.language == Queue.Language.FIRM)


def _required(seen: Seen) -> Iterable[Need]:
    for rule in Requirement.objects.filter(skill__deleted_at=None):
        if seen.fits(rule.conditions):
            yield Need(rule.skill_id, rule.level, rule.is_firm)
