"""Merges of people: who became whom, and taking one back."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import WHOLE, Body
from opora.api.wire.call import Call
from opora.api.wire.own import made, own, own_list, own_noun, own_one, single
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import flag, moment, number
from opora.people.models import Person, PersonMerge
from opora.people.policy import may, require
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.actions.unmerge_people import unmerge_people

MERGE = Body("user_merge", {"source_id": WHOLE, "into_id": WHOLE}, ("source_id", "into_id"))
SHAPE = {
    "id": number("pk"), "source_id": number("source_id"), "into_id": number("into_id"),
    "event_id": number("event_id", empty=True), "tickets_moved": number(lambda row: len(row.moved.get("requested", ()))),
    "merged_at": moment("merged_at"), "undone_at": moment("undone_at", empty=True),
    "can_be_undone": flag(lambda row: row.undone_at is None),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[PersonMerge]:
    require(may(call.person, "people.merge"))
    return PersonMerge.objects.all()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[PersonMerge]:
    return PersonMerge.objects.filter(pk__in=ids)


MERGES = own_noun(
    "user_merge", path="user_merges", rows=_rows, load=_load, shape=SHAPE,
    references={"users": ("source_id", "into_id")},
)  # fmt: skip
own_list(MERGES, order="-id")
own_one(MERGES)


@own("POST", "user_merges", takes=MERGE, answers=single(MERGES))
def merge(call: Call) -> Answer:
    """Merge the customer `source_id` into `into_id`: addresses, tickets, words and files move."""
    given = call.read(MERGE)
    source, into = _person("source_id", given.get("source_id")), _person("into_id", given.get("into_id"))
    merge_people(source, into=into, by=call.person)
    return made(call, MERGES, PersonMerge.objects.get(source=source, undone_at=None).pk)


@own("DELETE", "user_merges/{user_merge_id}")
def undo(call: Call, user_merge_id: int) -> Answer:
    """Take a merge back; what came after it stays where it came."""
    unmerge_people(MERGES.find(call, user_merge_id).source, by=call.person)
    return NOTHING


def _person(name: str, person_id: int | None) -> Person:
    found = Person.objects.filter(pk=person_id or 0).first()
    if found is None:
        raise invalid_record(name, "is invalid")
    return found
