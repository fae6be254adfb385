"""A group begins or ceases to take escalations, and says what it wants to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Group
from opora.people.policy import may, require
from opora.routing.events import LineSaved
from opora.routing.models import ChecklistItem, Line
from opora.routing.policy import SETTINGS


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a checklist as it shall be; `id` of the one it was, if any."""

    title: str
    kind: str = ChecklistItem.Kind.TEXT
    hint: str = ""
    is_required: bool = True
    id: int | None = None


def save_line(
    group: Group, *, by: ActsAsActor, items: Sequence[Item] | None = None, **fields: object
) -> Line:
    """Let the group take escalations, or change how. `items`, if given, become exactly its checklist."""
    with update(by):
        require(may(by, SETTINGS))
        line = Line.objects.filter(group=group).first() or Line(group=group)
        created = line.pk is None
        changes = apply_changes(line, {"deleted_at": None, **fields})
        if changes or created:
            line.save()
        if items is not None:
            changes |= _set_items(line, items)
        if changes or created:
            record(LineSaved(name=group.name, created=created, changes=changes), subject_id=line.pk, by=by)
    return line


def remove_line(line: Line, *, by: ActsAsActor) -> Line:
    """Let the group take no further escalations; those under way go on."""
    return save_line(line.group, by=by, deleted_at=clock.now())


def _set_items(line: Line, items: Sequence[Item]) -> dict[str, Any]:
    before = {item.pk: item for item in line.items.all()}
    told = [_told(item) for item in before.values()]
    kept = []
    for place, wanted in enumerate(items):
        if not wanted.title.strip():
            raise Invalid(_("Each item of the checklist needs words."), field="items")
        item = before.get(wanted.id or 0) or ChecklistItem(line=line)
        item.title, item.kind, item.hint = wanted.title.strip(), wanted.kind, wanted.hint.strip()
        item.is_required, item.position = wanted.is_required, place
        item.save()
        kept.append(item)
    line.items.exclude(pk__in=[item.pk for item in kept]).delete()
    after = [_told(item) for item in kept]
    return {"checklist": [told, after]} if told != after else {}


def _told(item: ChecklistItem) -> str:
    return f"{item.title}{' *' if item.is_required else ''} ({item.kind})"
