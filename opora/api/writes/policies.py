"""All of a policy from the wire: what v2 has no word for, such as OLA and UC, switches and the chain of escalation."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args, get_type_hints

from opora.api.wire.bodies import FLAG, IDS, WHOLE, Json
from opora.api.wire.problems import invalid_record
from opora.calendars.queries import calendars
from opora.people.models import Group, Person
from opora.sla.content import PRESETS, Content, Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import AGREEMENTS, FALLBACKS, Switches, Target
from opora.sla.lengths import LONGEST
from opora.sla.words import STEPS
from opora.tickets.models import Category, Priority, Status

_PRIORITIES = {member.word: int(member) for member in Priority}
_HINTS = get_type_hints(Switches)
WORDS: Mapping[str, tuple[str, ...]] = {
    name: get_args(_HINTS[name])
    for name in ("priority_change", "reopen", "on_edit", "calendar", "ours_starts")
}
"""Switches that are one of some words."""
FLAGS = ("note_stops", "hold_pauses")
LENGTHS = ("grace", "longest_pause")
"""Switches that are seconds on the wire."""


def content_of(content: Content, given: Json) -> Content:
    """Return the content with what was given; a preset brings its switches, over which those given are laid.

    Raises 422 for what is none of the words, an unknown id, or a time that is no time.
    """
    for name, words in (("agreement", AGREEMENTS), ("source", tuple(FALLBACKS))):
        if given.get(name) is not None:
            content = replace(content, **{name: _word(name, given[name], words)})
    if given.get("preset") is not None:
        preset = _word("preset", given["preset"], tuple(PRESETS))
        content = replace(content, preset=preset, switches=PRESETS[preset])
    if given.get("default_priority") is not None:
        word = _word("default_priority", given["default_priority"], tuple(_PRIORITIES))
        content = replace(content, default_priority=_PRIORITIES[word])
    if given.get("conditions") is not None:
        content = replace(
            content, conditions={part: given["conditions"].get(part, []) for part in ("all", "any")}
        )
    if "calendar_id" in given:
        content = replace(content, calendar_id=_known("calendar_id", given["calendar_id"], calendars()))
    if given.get("targets") is not None:
        content = replace(content, targets=dict(map(_target, given["targets"])))
    if given.get("escalations") is not None:
        content = replace(content, escalations=tuple(map(_escalation, given["escalations"])))
    return replace(
        content, switches=replace(content.switches, **dict(_switches(given.get("switches") or {})))
    )


def _switches(given: Json) -> Iterator[tuple[str, Any]]:
    for name, words in WORDS.items():
        if given.get(name) is not None:
            yield name, _word(f"switches.{name}", given[name], words)
    for name in FLAGS:
        if given.get(name) is not None:
            yield name, FLAG.read(f"switches.{name}", given[name])
    if given.get("grace") is not None:
        yield "grace", _seconds("switches.grace", given["grace"], least=0)
    if "longest_pause" in given:
        pause = given["longest_pause"]
        yield "longest_pause", None if pause is None else _seconds("switches.longest_pause", pause)
    if given.get("pausing_status_ids") is not None:
        ids = IDS.read("switches.pausing_status_ids", given["pausing_status_ids"])
        known = set(Status.objects.filter(category=Category.HOLD, pk__in=ids).values_list("pk", flat=True))
        if set(ids) - known:
            raise invalid_record("switches.pausing_status_ids", "must be statuses on hold")
        yield "pausing_statuses", tuple(sorted(known))


def _target(one: Json) -> tuple[tuple[Metric, int], Target]:
    metric = Metric(_word("targets.metric", one.get("metric"), tuple(Metric)))
    priority = _word("targets.priority", one.get("priority"), tuple(_PRIORITIES))
    around = FLAG.read("targets.around", one.get("around") or False)
    return (metric, _PRIORITIES[priority]), Target(_seconds("targets.seconds", one.get("seconds")), around)


def _escalation(one: Json) -> Escalation:
    percent = WHOLE.read("escalations.percent", one.get("percent"))
    step = _word("escalations.step", one.get("step"), tuple(STEPS))
    if not percent or not 0 < percent <= 100:
        raise invalid_record("escalations.percent", "must be between 1 and 100")
    rows: Any = {
        "assign_group": Group.objects.filter(deleted_at=None),
        "assign_person": Person.objects.colleagues(),
        "notify_person": Person.objects.colleagues(),
    }.get(step)
    if rows is None:
        return Escalation(percent, step)
    value = _known("escalations.value", one.get("value"), rows)
    if value is None:
        raise invalid_record("escalations.value", "must be the id of a group or a user")
    return Escalation(percent, step, value)


def _word(name: str, value: Any, words: tuple[Any, ...]) -> Any:
    if value not in words:
        raise invalid_record(name, f"must be one of {', '.join(words)}")
    return value


def _known(name: str, value: Any, rows: Any) -> int | None:
    row_id = WHOLE.read(name, value) if value is not None else None
    if row_id is not None and not rows.filter(pk=row_id).exists():
        raise invalid_record(name, "is invalid")
    return row_id


def _seconds(name: str, value: Any, *, least: int = 15) -> timedelta:
    seconds = WHOLE.read(name, value) if value is not None else None
    if seconds is None or not least <= seconds <= LONGEST.total_seconds():
        raise invalid_record(name, f"must be at least {least} seconds and at most 366 days")
    return timedelta(seconds=seconds)
