"""What if: a draft of a promise, or another calendar, held against the past."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.answers import Answer
from opora.api.wire.bodies import OBJECT, OBJECTS, WHOLE, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.own import made, own, own_list, own_noun, own_one, single
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import free, moment, number, words
from opora.api.writes.rules import rule_tree
from opora.api.writes.sla_policies import targets_of
from opora.calendars.queries import calendars
from opora.people.policy import require
from opora.sla.actions.ask_what_if import PERIODS, ask_what_if
from opora.sla.actions.save_policy import policies
from opora.sla.content import Content
from opora.sla.models import WhatIf
from opora.sla.policy import may_change

WHAT_IF = Body(
    "what_if",
    {
        "days": WHOLE, "name": text(120), "policy_id": WHOLE, "filter": OBJECT, "policy_metrics": OBJECTS,
        "calendar_id": WHOLE, "instead_of_id": WHOLE,
    },
)  # fmt: skip


def _rows_of(asked: WhatIf) -> list[Json]:
    """What was kept of all that counted, before and after, by one dimension each."""
    return [
        {"by": name, "value": str(value or ""), "before": _share(before), "after": _share(after)}
        for name, value, before, after in (asked.result or {}).get("rows", [])
    ]


def _share(pair: Sequence[int]) -> Json:
    met, total = pair
    return {"met": met, "total": total}


def _changed(asked: WhatIf) -> list[Json]:
    return [
        {"ticket_id": row["ticket"], "clock": row["clock"], "before": row["before"], "after": row["after"]}
        for row in (asked.result or {}).get("changed", [])
    ]


def _state(asked: WhatIf) -> str:
    return "running" if asked.finished_at is None else "failed" if asked.error else "done"


_OBJECTS = {"type": "array", "items": {"type": "object"}}
SHAPE = {
    "id": number("pk"), "days": number(lambda row: row.question["days"]),
    "name": words(lambda row: row.question.get("name", "")),
    "policy_id": number(lambda row: row.question.get("policy_id"), empty=True),
    "calendar_id": number(lambda row: row.question.get("calendar"), empty=True),
    "instead_of_id": number(lambda row: row.question.get("instead_of"), empty=True),
    "state": free(_state, {"type": "string", "enum": ["running", "done", "failed"]}), "error": words("error"),
    "done": number("done"), "total": number("total"), "rows": free(_rows_of, _OBJECTS),
    "changes": number(lambda row: (row.result or {}).get("changes", 0)), "changed": free(_changed, _OBJECTS),
    "asked_by_id": number("asked_by_id"), "asked_at": moment("asked_at"),
    "finished_at": moment("finished_at", empty=True),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[WhatIf]:
    require(may_change(call.person))
    return WhatIf.objects.all()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[WhatIf]:
    return WhatIf.objects.filter(pk__in=ids)


WHAT_IFS = own_noun(
    "what_if", path="what_ifs", rows=_rows, load=_load, shape=SHAPE, references={"users": ("asked_by_id",)}
)
own_list(WHAT_IFS, order="-id")
own_one(WHAT_IFS)


@own("POST", "what_ifs", takes=WHAT_IF, answers=single(WHAT_IFS))
def ask(call: Call) -> Answer:
    """Ask what a draft would have done to the tickets of the last `days` (7, 30, 90 or 365); a worker finds out.

    The draft is a policy in the words of `slas/policies` (`filter`, `policy_metrics`), in the place of `policy_id` or
    beside the others; or a calendar (`calendar_id`) in the place of another (`instead_of_id`).
    """
    given = call.read(WHAT_IF)
    if given.get("days") not in PERIODS:
        raise invalid_record("days", f"must be one of {', '.join(map(str, PERIODS))}")
    about = _calendars(given) if given.get("calendar_id") else _policy(given)
    return made(call, WHAT_IFS, ask_what_if({"days": given["days"], **about}, by=call.person).pk)


def _calendars(given: Json) -> Json:
    for name in ("calendar_id", "instead_of_id"):
        if not calendars().filter(pk=given.get(name) or 0).exists():
            raise invalid_record(name, "is invalid")
    return {"calendar": given["calendar_id"], "instead_of": given["instead_of_id"]}


def _policy(given: Json) -> Json:
    if not given.get("policy_metrics"):
        raise invalid_record("policy_metrics", "cannot be blank", "BlankValue")
    if given.get("policy_id") and not policies().filter(pk=given["policy_id"]).exists():
        raise invalid_record("policy_id", "is invalid")
    tree = rule_tree({"conditions": given.get("filter") or {}}) or {"all": [], "any": []}
    content = Content(conditions=tree, targets=targets_of(given["policy_metrics"]))
    return {
        "content": content.to_json(),
        "policy_id": given.get("policy_id"),
        "name": given.get("name") or "",
    }
