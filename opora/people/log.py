"""The log as people read it: who, what, about whom, when; newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from opora.core.pagination import Page, keyset_page
from opora.events.delivering import fact_of
from opora.events.field_words import field_word
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people import log_words
from opora.people.events import PersonMerged
from opora.people.models import Person, PersonMerge

PAGE_SIZE = 50
_DISORDER = 10_000
"""Ids follow time closely but not exactly: transactions overlap. So many ids more are looked at on each side of a day."""


@dataclass(frozen=True)
class LogLine:
    """One event as a line: the sentence's subject, what can be opened, and fields with before and after."""

    event: Event
    sentence: str
    subject: str
    url: str
    changes: list[tuple[str, Any, Any]]
    can_unmerge: bool = False

    @property
    def actor(self) -> str:
        return log_words.actor(self.event)

    @property
    def what(self) -> str:
        """The sentence as it stands by itself: in some languages a dash leads from the name to it."""
        return self.sentence.removeprefix("– ")

    @property
    def via(self) -> str:
        """The way it came, in words."""
        return log_words.way(self.event)

    @property
    def by_person(self) -> bool:
        return self.event.actor_kind in {"agent", "customer"}


def log_page(
    *, kind: str = "", person_id: int | None = None, day: date | None = None, cursor: str = ""
) -> Page[Event]:
    """Return one page of the log. `kind` is a whole kind ("brand.saved") or its subject ("brand"); days are local."""
    events = Event.objects.all()
    if kind:
        events = events.filter(kind=kind) if "." in kind else events.filter(kind__in=_kinds_of(kind))
    if person_id is not None:
        events = events.filter(actor_id=person_id)
    if day is not None:
        events = _of_day(events, day)
    return keyset_page(events, order=["-id"], size=PAGE_SIZE, cursor=cursor)


def events_of_person(person: Person) -> QuerySet[Event]:
    """Return what happened to the person, and to those merged into them."""
    merged = Person.objects.filter(merged_into=person).values_list("pk", flat=True)
    return Event.objects.filter(subject_kind="person", subject_id__in=[person.pk, *merged])


def lines_of(events: Sequence[Event]) -> list[LogLine]:
    """Return the events as lines, in a constant number of queries."""
    ids = {event.subject_id for event in events if event.subject_kind == "person"}
    names = {person.pk: str(person) for person in Person.objects.filter(pk__in=ids).only("name", "email")}
    lines = [_line(event, names) for event in events]
    merges = [event.pk for event in events if event.kind == PersonMerged.kind]
    active = PersonMerge.objects.filter(event__in=merges, undone_at=None) if merges else ()
    undoable = {merge.event_id for merge in active}
    return [replace(line, can_unmerge=True) if line.event.pk in undoable else line for line in lines]


def kinds() -> list[str]:
    """Return every kind of event there is, in order."""
    return sorted(FACTS)


def _line(event: Event, names: dict[int, str]) -> LogLine:
    known = FACTS.get(event.kind)
    sentence = str(fact_of(event).sentence()) if known else event.kind
    subject = str(event.body.get("name") or log_words.subject(event.subject_kind))
    if event.subject_kind == "ticket":
        subject = f"#{event.subject_id}"
    elif event.subject_kind == "person":
        subject = names.get(event.subject_id, f"#{event.subject_id}")
    url = known.link(event.subject_id) if known else ""
    return LogLine(event, sentence, subject, url, _changes(event))


def _changes(event: Event) -> list[tuple[str, Any, Any]]:
    changes = event.body.get("changes")
    if not isinstance(changes, dict):
        return []
    return [
        (field_word(name, of=event.subject_kind), *pair)
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _kinds_of(subject: str) -> list[str]:
    return [kind for kind in FACTS if kind.partition(".")[0] == subject]


def _of_day(events: QuerySet[Event], day: date) -> QuerySet[Event]:
    zone = timezone.get_current_timezone()
    start = datetime.combine(day, time.min, tzinfo=zone)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    within = events.filter(recorded_at__gte=start, recorded_at__lt=end)
    return within.filter(id__gte=_first_id_at(start) - _DISORDER, id__lte=_first_id_at(end) + _DISORDER)


def _first_id_at(moment: datetime) -> int:
    """Return the id from which events are as late as `moment`, found by halving: the log has no index on time."""
    low, high = 0, (Event.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = Event.objects.filter(id__gt=middle).order_by("id").values_list("id", "recorded_at").first()
        if found is None or found[1] >= moment:
            high = middle
        else:
            low = found[0]
    return low
