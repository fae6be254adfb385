"""The rules in use, read once and kept until one is saved: a hundred of them cost an update one small query."""

import logging
from dataclasses import dataclass

from opora.automation.models import Rule
from opora.core import conditions as engine
from opora.core.conditions import Predicate, Tree
from opora.core.refusals import Invalid
from opora.core.remembered import Remembered
from opora.tickets.conditions import condition_fields, read_conditions

log = logging.getLogger("opora.automation")


@dataclass(frozen=True)
class ReadyRule:
    """A rule with its conditions understood."""

    rule: Rule
    tree: Tree
    holds: Predicate


_RULES: Remembered[dict[Rule.Kind, list[ReadyRule]]] = Remembered((Rule, "id"), (Rule, "saved_at"))


def rules_in_use(kind: Rule.Kind) -> list[ReadyRule]:
    """Return the active rules of the kind in their order; those whose conditions make no sense any more are left out."""
    return _RULES.get(_read)[kind]


def ready(rule: Rule) -> ReadyRule:
    """Return one rule with its conditions understood. Raises `Invalid` when they make no sense any more."""
    tree = read_conditions(rule.conditions)
    return ReadyRule(rule, tree, engine.predicate(tree))


def _read() -> dict[Rule.Kind, list[ReadyRule]]:
    fields = condition_fields()
    found: dict[Rule.Kind, list[ReadyRule]] = {kind: [] for kind in Rule.Kind}
    for rule in Rule.objects.filter(is_active=True):
        try:
            tree = read_conditions(rule.conditions, fields=fields)
        except Invalid as refusal:
            log.warning("The rule “%s” is left out: %s", rule.title, refusal.sentence)
            continue
        found[Rule.Kind(rule.kind)].append(ReadyRule(rule, tree, engine.predicate(tree)))
    return found
