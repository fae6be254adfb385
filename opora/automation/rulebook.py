"""The rules in use, read once and kept until one is saved: a hundred of them cost an update one small query."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from opora.automation.models import Rule
from opora.core import conditions as engine
from opora.core.conditions import Predicate, Tree
from opora.core.refusals import Invalid
from opora.tickets.conditions import condition_fields, read_conditions

log = logging.getLogger("opora.automation")
Stamp = tuple[int, int | None, datetime | None]


@dataclass(frozen=True)
class ReadyRule:
    """A rule with its conditions understood."""

    rule: Rule
    tree: Tree
    holds: Predicate


_kept: dict[str, tuple[Stamp, list[ReadyRule]]] = {}


def rules_in_use(kind: Rule.Kind) -> list[ReadyRule]:
    """Return the active rules of the kind in their order; those whose conditions make no sense any more are left out."""
    seen = Rule.objects.filter(kind=kind).aggregate(
        count=Count("pk"), newest=Max("pk"), saved=Max("saved_at")
    )
    stamp = (seen["count"], seen["newest"], seen["saved"])
    if kind not in _kept or _kept[kind][0] != stamp:
        _kept[kind] = (stamp, _read(kind))
    return _kept[kind][1]


def ready(rule: Rule) -> ReadyRule:
    """Return one rule with its conditions understood. Raises `Invalid` when they make no sense any more."""
    tree = read_conditions(rule.conditions)
    return ReadyRule(rule, tree, engine.predicate(tree))


def _read(kind: Rule.Kind) -> list[ReadyRule]:
    fields, ready = condition_fields(), []
    for rule in Rule.objects.filter(kind=kind, is_active=True):
        try:
            tree = read_conditions(rule.conditions, fields=fields)
        except Invalid as refusal:
            log.warning("The rule “%s” is left out: %s", rule.title, refusal.sentence)
            continue
        ready.append(ReadyRule(rule, tree, engine.predicate(tree)))
    return ready
