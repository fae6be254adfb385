"""Revisions of triggers: what each saving made of one."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from opora.api.nouns.automation import TRIGGERS, rule_action, rule_conditions
from opora.api.nouns.revision_diffs import revision_diff
from opora.api.wire.answers import one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import list_of
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.automation.models import RuleVersion
from opora.automation.policy import may_change_rules
from opora.people.policy import require


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = RuleVersion.objects.in_bulk(ids)
    before = _versions_before(rows.values())
    return [
        _revision(call, rows[pk], before.get((rows[pk].rule_id, rows[pk].number - 1)))
        for pk in ids
        if pk in rows
    ]


def _versions_before(rows: Iterable[RuleVersion]) -> dict[tuple[int, int], RuleVersion]:
    """The versions by rule and number that the given ones changed."""
    wanted = Q(pk=None)
    for row in rows:
        wanted |= Q(rule_id=row.rule_id, number=row.number - 1)
    return {(row.rule_id, row.number): row for row in RuleVersion.objects.filter(wanted)}


def _revision(call: Call, row: RuleVersion, before: RuleVersion | None) -> Json:
    return {
        "id": row.number,
        "url": call.url(f"triggers/{row.rule_id}/revisions/{row.number}"),
        "author_id": row.saved_by_id,
        "author_name": row.saved_by,
        "created_at": stamp(row.saved_at),
        "snapshot": {
            "title": row.title,
            "active": row.is_active,
            "conditions": rule_conditions(row.conditions),
            "actions": [rule_action(step) for step in row.steps],
        },
        "diff": revision_diff(before, row),
    }


REVISIONS = Noun(
    "trigger_revision", "trigger_revisions", "", lambda call: RuleVersion.objects.all(), _present,
    orders={"created_at": "saved_at"},
)  # fmt: skip


@operation("GET", "triggers/{trigger_id}/revisions")
def list_revisions(call: Call, trigger_id: int) -> Json:
    """List what a trigger was after each change, newest first."""
    require(may_change_rules(call.person))
    return list_of(call, REVISIONS, TRIGGERS.find(call, trigger_id).versions.all(), order="-saved_at")


@operation("GET", "triggers/{trigger_id}/revisions/{trigger_revision_id}")
def show_revision(call: Call, trigger_id: int, trigger_revision_id: int) -> Json:
    """Show what a trigger was after one change."""
    require(may_change_rules(call.person))
    found = (
        TRIGGERS.find(call, trigger_id).versions.filter(number=min(trigger_revision_id, 2**31 - 1)).first()
    )
    if found is None:
        raise not_found()
    return one_of(call, REVISIONS, found.pk)
