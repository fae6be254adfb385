"""Standard rules are made for a new desk, added to one that exists, or declined."""

from collections.abc import Collection, Sequence

from django.utils import translation

from opora.automation.actions.save_rule import save_rule
from opora.automation.events import StandardRuleDeclined
from opora.automation.models import Rule, StandardRule
from opora.automation.policy import may_change_rules
from opora.automation.presets import STANDARD, Standard
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.people.queries import desk


def create_standard_rules(locale: str, *, without: Collection[str] = ()) -> list[Rule]:
    """Make the rules of a new desk, in its language; `without` leaves some to be offered."""
    wanted = [one for one in STANDARD if one.key not in without]
    with translation.override(locale), update(SYSTEM, via="setup"):
        return [_make(one, place, by=SYSTEM, is_active=one.is_active) for place, one in enumerate(wanted)]


def offered(kind: Rule.Kind, present: Collection[str]) -> list[Standard]:
    """Return the standard rules of a kind that the desk was not asked about; `present` are the titles of its rules.

    Older desks have no record of what they began with: there a rule of the same title is that rule, in any language.
    """
    settled = set(StandardRule.objects.values_list("key", flat=True))
    left = [one for one in STANDARD if one.kind == kind and one.key not in settled]
    return [one for one in left if not _titles(one) & set(present)]


def add_standard_rules(keys: Collection[str], *, by: ActsAsActor) -> list[Rule]:
    """Add the named ones, in the desk's language, at the end and switched off; those that the desk had are left out."""
    with update(by):
        require(may_change_rules(by))
        found = desk()
        with translation.override(found.locale if found else None):
            first = Rule.objects.count()
            rows = enumerate(_unsettled(keys), start=first)
            return [_make(one, place, by=by, is_active=False) for place, one in rows]


def decline_standard_rules(keys: Collection[str], *, by: ActsAsActor) -> None:
    """Offer the named ones no more."""
    with update(by):
        require(may_change_rules(by))
        for one in _unsettled(keys):
            StandardRule.objects.create(key=one.key)
            record(StandardRuleDeclined(name=one.words()[0]), subject_id=0, by=by)


def _unsettled(keys: Collection[str]) -> Sequence[Standard]:
    settled = set(StandardRule.objects.filter(key__in=keys).values_list("key", flat=True))
    return [one for one in STANDARD if one.key in keys and one.key not in settled]


def _make(one: Standard, place: int, *, by: ActsAsActor, is_active: bool) -> Rule:
    rule = save_rule(by=by, position=place, is_active=is_active, **one.fields())
    StandardRule.objects.create(key=one.key, rule=rule)
    return rule


def _titles(one: Standard) -> set[str]:
    found = set()
    for locale in ("en", "uk", "ru"):
        with translation.override(locale):
            found.add(one.words()[0])
    return found
