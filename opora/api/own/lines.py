"""Lines: groups that take escalations, and what each wants to know."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import FLAG, LONG_TEXT, OBJECTS, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, own, own_list, own_noun, own_one, single
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.shapes import bounded, chosen, flag, given_fields, many, number, words
from opora.api.writes.values import group_of
from opora.routing.actions.save_line import Item, remove_line, save_line
from opora.routing.escalations import lines
from opora.routing.models import ChecklistItem, Line

_NAMES = {"tier": "tier", "takes_over": "takes_over", "guidance": "guidance"}
LINE = Body("line", {"tier": bounded(1, 9), "takes_over": FLAG, "guidance": LONG_TEXT, "checklist": OBJECTS})
_TITLE, _HINT, _KIND = text(160), text(255), chosen(ChecklistItem.Kind)
_ID = bounded(1, 2**63 - 1)
_ITEM = answer_of(
    {
        "id": {"type": "integer"}, "title": {"type": "string"}, "hint": {"type": "string"},
        "kind": dict(_KIND.schema, nullable=False), "required": {"type": "boolean"},
    }
)  # fmt: skip


def _items(row: Line) -> list[Json]:
    return [
        {"id": one.pk, "title": one.title, "hint": one.hint, "kind": one.kind, "required": one.is_required}
        for one in row.items.all()
    ]


SHAPE = {
    "id": number("pk"), "group_id": number("group_id"), "tier": number("tier", empty=True),
    "takes_over": flag("takes_over"), "guidance": words("guidance"), "checklist": many(_items, _ITEM),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Line]:
    return lines()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Line]:
    return Line.objects.filter(pk__in=ids).prefetch_related("items")


LINES = own_noun(
    "line", path="lines", rows=_rows, load=_load, shape=SHAPE, references={"groups": ("group_id",)}
)
own_list(LINES)
own_one(LINES)


@own("PUT", "groups/{group_id}/line", takes=LINE, answers=single(LINES))
def put_line(call: Call, group_id: int) -> Any:
    """Let a group take escalations, or change how; a `checklist` that is given becomes exactly the group's."""
    given, group = call.read(LINE), group_of(group_id)
    if group is None:
        raise not_found()
    checklist = given.get("checklist")
    items = [_item(one) for one in checklist] if checklist is not None else None
    fields = given_fields(given, _NAMES, keep_empty=("tier",))
    return changed(call, LINES, save_line(group, by=call.person, items=items, **fields).pk)


@own("DELETE", "groups/{group_id}/line")
def delete_line(call: Call, group_id: int) -> Answer:
    """Let a group take no further escalations; those under way go on."""
    found = lines().filter(group=group_id).first()
    if found is None:
        raise not_found()
    remove_line(found, by=call.person)
    return NOTHING


def _item(one: Mapping[str, Any]) -> Item:
    title = str(_TITLE.read("title", one.get("title") or "")).strip()
    if not title:
        raise invalid_record("checklist", "each item needs a title", "BlankValue")
    return Item(
        title=title,
        kind=_KIND.read("kind", one.get("kind") or ChecklistItem.Kind.TEXT),
        hint=_HINT.read("hint", one.get("hint") or ""),
        is_required=FLAG.read("required", one.get("required", True)),
        id=_ID.read("id", one["id"]) if one.get("id") else None,
    )
