"""Policies with all that they say: promises to customers, between groups and of suppliers; and whether they can be kept.

The Support API shows those to customers under `slas/policies`, without what it has no word for.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import FLAG, OBJECT, OBJECTS, WHOLE, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, made, own, own_list, own_noun, own_one, single
from opora.api.wire.shapes import bounded, flag, free, given_fields, moment, number, words
from opora.api.writes.policies import FLAGS, LENGTHS, WORDS, content_of
from opora.people.policy import may, require
from opora.sla.actions.save_policy import latest_versions, policies, remove_policy, save_policy
from opora.sla.content import Content
from opora.sla.models import SlaPolicy
from opora.sla.policy import READ, may_change
from opora.sla.underpinning import Finding, findings
from opora.tickets.models import Priority

POLICY = Body(
    "policy",
    {
        "name": text(120), "agreement": text(3), "conditions": OBJECT, "targets": OBJECTS, "source": text(20),
        "calendar_id": WHOLE, "default_priority": text(10), "preset": text(20), "switches": OBJECT,
        "escalations": OBJECTS, "active": FLAG, "position": bounded(0, 10_000),
    },
)  # fmt: skip
_NAMES = {"name": "name", "active": "is_active", "position": "position"}
_EVERY: Json = {"all": [], "any": []}
_OBJECTS = {"type": "array", "items": {"type": "object"}}


def _targets(row: Any) -> list[Json]:
    return [
        {"metric": metric.value, "priority": Priority(priority).word,
         "seconds": round(target.length.total_seconds()), "around": target.around}
        for (metric, priority), target in sorted(row.content.targets.items())
    ]  # fmt: skip


def _switches(row: Any) -> Json:
    switches = row.content.switches
    shown = {name: getattr(switches, name) for name in (*WORDS, *FLAGS)}
    lengths = {name: getattr(switches, name) for name in LENGTHS}
    return {
        **shown,
        **{name: None if one is None else round(one.total_seconds()) for name, one in lengths.items()},
        "pausing_status_ids": list(switches.pausing_statuses),
    }


def _escalations(row: Any) -> list[Json]:
    return [{"percent": one.percent, "step": one.step, "value": one.value} for one in row.content.escalations]


SHAPE = {
    "id": number("pk"), "name": words("name"), "agreement": words("content.agreement"),
    "conditions": free("content.conditions"), "targets": free(_targets, _OBJECTS), "source": words("content.source"),
    "calendar_id": number("content.calendar_id", empty=True),
    "default_priority": words(lambda row: Priority(row.content.default_priority).word),
    "preset": words("content.preset"), "switches": free(_switches), "escalations": free(_escalations, _OBJECTS),
    "active": flag("is_active"), "position": number("position"), "version": number("version.number"),
    "created_at": moment("created_at"), "updated_at": moment("version.saved_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[SlaPolicy]:
    require(may_change(call.person))
    return policies()


def _load(call: Call, ids: Sequence[int]) -> list[Any]:
    latest, found = latest_versions(), list(SlaPolicy.objects.filter(pk__in=ids))
    for row in found:
        row.version = latest[row.pk]  # type: ignore[attr-defined]
        row.content = Content.from_json(latest[row.pk].content)  # type: ignore[attr-defined]
    return found


POLICIES = own_noun(
    "policy", path="policies", rows=_rows, load=_load, shape=SHAPE, many="policies",
    orders={"position": "position", "id": "id", "name": "name"},
)  # fmt: skip
own_list(POLICIES, order="position")
own_one(POLICIES)


@own("POST", "policies", takes=POLICY, answers=single(POLICIES))
def create_policy(call: Call) -> Answer:
    """Add a policy; it comes last. Lengths are in seconds; `longest_pause` of the switches is null where a pause may last."""
    given = call.read(POLICY)
    require_text(given, "name")
    content = content_of(Content(conditions=_EVERY, targets={}), given)
    saved = save_policy(by=call.person, content=content, **given_fields(given, _NAMES))
    return made(call, POLICIES, saved.pk)


@own("PUT", "policies/{policy_id}", takes=POLICY, answers=single(POLICIES))
def update_policy(call: Call, policy_id: int) -> Any:
    """Change a policy; targets and escalations that are given replace all there were, of switches those given."""
    row, given = POLICIES.find(call, policy_id), call.read(POLICY)
    content = content_of(Content.from_json(latest_versions()[row.pk].content), given)
    save_policy(row, by=call.person, content=content, **given_fields(given, _NAMES))
    return changed(call, POLICIES, row.pk)


@own("DELETE", "policies/{policy_id}")
def delete_policy(call: Call, policy_id: int) -> Answer:
    """Remove a policy; its clocks go on until their ticket changes."""
    remove_policy(POLICIES.find(call, policy_id), by=call.person)
    return NOTHING


@own("GET", "attainment/feasibility", answers=answer_of({"feasibility": _OBJECTS}))
def show_feasibility(call: Call) -> Json:
    """Show each promise of a solution beside what groups and suppliers take on the way, the tightest first.

    A part's `seconds` are the 80th percentile of the last 90 days where `measured` tickets are at least 20, or else the
    part's own target; a promise `fits` where their sum is no more than `promised`.
    """
    require(may(call.person, READ))
    return {"feasibility": [_finding(one) for one in findings()]}


def _finding(one: Finding) -> Json:
    return {
        "policy_id": one.policy_id,
        "policy": one.policy,
        "metric": one.metric.value,
        "priority": Priority(one.priority).word,
        "promised": one.promised.total_seconds(),
        "needed": one.needed.total_seconds(),
        "fits": one.fits,
        "parts": [
            {"policy": part.name, "cycle": part.cycle, "seconds": part.length.total_seconds(),
             "measured": part.measured, "by_target": not part.is_measured}
            for part in one.parts
        ],
    }  # fmt: skip
