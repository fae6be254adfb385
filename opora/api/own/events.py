"""The log: what happened, to what, by whom and why, as facts that can be followed with a cursor."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.answers import one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, own, own_list, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_attribute, not_found
from opora.api.wire.shapes import free, moment, number, words
from opora.events.delivering import fact_of
from opora.events.models import Event, Seal
from opora.events.registry import FACTS
from opora.events.sealing import first_broken_seal
from opora.people.log import events_of_person
from opora.people.models import Person
from opora.people.policy import may, may_see_people, require
from opora.tickets.queries import ticket_for

LOG = "settings.desk"


def _sentence(row: Event) -> str:
    return str(fact_of(row).sentence()).removeprefix("– ") if row.kind in FACTS else row.kind


SHAPE = {
    "id": number("pk"), "update_id": number("update_id"), "kind": words("kind"),
    "subject": words(lambda row: f"{row.subject_kind}:{row.subject_id}"), "sentence": words(_sentence),
    "actor": free(lambda row: {"kind": row.actor_kind, "id": row.actor_id, "name": row.actor_name}), "via": words("via"),
    "cause_id": number("cause_id", empty=True), "depth": number("depth"), "occurred_at": moment("occurred_at"),
    "recorded_at": moment("recorded_at"), "body": free("body"),
}  # fmt: skip
SEAL_SHAPE = {
    "id": number("pk"), "first_event_id": number("first_event_id"), "last_event_id": number("last_event_id"),
    "events": number("events"), "digest": words("digest"), "sealed_at": moment("sealed_at"),
}  # fmt: skip


def _whole_log(call: Call) -> QuerySet[Event]:
    require(may(call.person, LOG))
    return Event.objects.all()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Event]:
    return Event.objects.filter(pk__in=ids)


def _seals(call: Call) -> QuerySet[Seal]:
    require(may(call.person, LOG))
    return Seal.objects.all()


EVENTS = own_noun("event", path="events", rows=_whole_log, load=_load, shape=SHAPE)
SEALS = own_noun(
    "seal",
    path="seals",
    rows=_seals,
    load=lambda call, ids: Seal.objects.filter(pk__in=ids),
    shape=SEAL_SHAPE,
)
own_list(SEALS)
own_one(SEALS)


@own("GET", "events", answers=listed(EVENTS))
def list_events(call: Call) -> Json:
    """List what happened, oldest first: `subject=ticket:5` to whoever may see it, without it to readers of the log.

    `kind` narrows to one kind (`ticket.solved`); with `page[after]` a program follows what comes.
    """
    kind = call.param("kind")
    rows = _of_subject(call, call.param("subject")) if call.param("subject") else _whole_log(call)
    return list_of(call, EVENTS, rows.filter(kind=kind) if kind else rows)


@own("GET", "events/{event_id}", answers=single(EVENTS))
def show_event(call: Call, event_id: int) -> Json:
    """Show one event."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise not_found()
    if not may(call.person, LOG):
        _of_subject(call, f"{event.subject_kind}:{event.subject_id}")
    return one_of(call, EVENTS, event.pk)


@own("GET", "seals/verification",
     answers=answer_of({"verification": answer_of({"whole": {"type": "boolean"}, "first_broken_seal_id": {"type": "integer", "nullable": True}})}))  # fmt: skip
def verify(call: Call) -> Json:
    """Compare the log with its seals: `whole`, or the first seal that does not fit. Reads all that is sealed."""
    require(may(call.person, LOG))
    broken = first_broken_seal()
    return {"verification": {"whole": broken is None, "first_broken_seal_id": broken.pk if broken else None}}


def _of_subject(call: Call, subject: str) -> QuerySet[Event]:
    """Events of one subject: a ticket to those who see it, a person to colleagues, all else to readers of the log."""
    kind, _colon, written = subject.partition(":")
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise invalid_attribute("subject", "must be a kind and a number, such as ticket:5")
    if kind == "ticket":
        ticket_id = ticket_for(call.person, int(written)).pk
        return Event.objects.filter(subject_kind="ticket", subject_id=ticket_id)
    if kind == "person":
        require(may_see_people(call.person))
        return events_of_person(_person(int(written)))
    return _whole_log(call).filter(subject_kind=kind, subject_id=int(written))


def _person(person_id: int) -> Person:
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise not_found()
    return found
