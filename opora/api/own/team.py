"""Colleagues at work: presence, capacity and skills, each under the user it is of."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import changed
from opora.api.wire.answers import one_of as one
from opora.api.wire.bodies import TEXTS, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.own import own, own_list, own_noun, single
from opora.api.wire.problems import not_found
from opora.api.wire.shapes import bounded, chosen, flag, many, moment, number, one_of, words
from opora.people.models import Person
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.capacities import capacities_of
from opora.routing.channels import WAYS
from opora.routing.models import ORDINARY, AgentPresence, Capacity

State = AgentPresence.State
_WAY = {"type": "string", "enum": list(WAYS)}
_MOST = bounded(0, 1_000)
PRESENCE = Body("presence", {"state": chosen(State), "reason": text(60), "closed_ways": TEXTS}, ("state",))
CAPACITY = Body("capacity", dict.fromkeys(WAYS, _MOST))
PRESENCE_SHAPE = {
    "user_id": number("pk"), "state": one_of("now.state", State), "chosen": one_of("now.chosen", State),
    "automatic": one_of("now.automatic", AgentPresence.Automatic, empty=True), "reason": words("now.reason"),
    "closed_ways": many("now.closed_ways", _WAY), "since": moment("now.since"),
    "seen_at": moment("now.seen_at", empty=True),
}  # fmt: skip


def _places(way: str) -> Callable[[Any], int]:
    return lambda row: row.settled.get(way, 0) // ORDINARY


CAPACITY_SHAPE = {
    "user_id": number("pk"),
    **{way: number(_places(way)) for way in WAYS},
    "own": flag("has_own"),
}  # fmt: skip


def _colleagues(call: Call) -> QuerySet[Person]:
    return Person.objects.colleagues()


def _load_presences(call: Call, ids: Sequence[int]) -> list[Any]:
    found: list[Any] = list(Person.objects.filter(pk__in=ids))
    known = AgentPresence.objects.in_bulk(ids)
    for person in found:
        person.now = known.get(person.pk) or AgentPresence(person=person)
    return found


def _load_capacities(call: Call, ids: Sequence[int]) -> list[Any]:
    found: list[Any] = list(Person.objects.filter(pk__in=ids))
    settled = capacities_of(found)
    own_rules = set(Capacity.objects.filter(person__in=ids).values_list("person_id", flat=True))
    for person in found:
        person.settled, person.has_own = settled[person.pk], person.pk in own_rules
    return found


PRESENCES = own_noun(
    "presence", path="", rows=_colleagues, load=_load_presences, shape=PRESENCE_SHAPE,
    references={"users": ("user_id",)},
)  # fmt: skip
CAPACITIES = own_noun(
    "capacity", many="capacities", path="", rows=_colleagues, load=_load_capacities, shape=CAPACITY_SHAPE,
    references={"users": ("user_id",)},
)  # fmt: skip
own_list(PRESENCES, "presences")
own_list(CAPACITIES, "capacities")


def colleague(call: Call, user_id: int) -> Person:
    """Return the colleague of this id. Raises 404 for anybody else."""
    found = _colleagues(call).select_related("role").filter(pk=user_id).first()
    if found is None:
        raise not_found()
    return found


def _show(call: Call, noun: Noun, user_id: int) -> Json:
    return one(call, noun, colleague(call, user_id).pk)


@own("GET", "users/{user_id}/presence", answers=single(PRESENCES))
def show_presence(call: Call, user_id: int) -> Json:
    """Show whether a colleague takes new work now."""
    return _show(call, PRESENCES, user_id)


@own("PUT", "users/{user_id}/presence", takes=PRESENCE, answers=single(PRESENCES))
def change_presence(call: Call, user_id: int) -> Any:
    """Set a presence by hand: one's own, or with the right to lead that of a colleague. It holds until it is changed."""
    person, given = colleague(call, user_id), call.read(PRESENCE)
    chosen_now = Chosen(
        state=given.get("state") or State.ONLINE,
        reason=given.get("reason") or "",
        closed_ways=given.get("closed_ways"),
    )
    set_presence(person, chosen_now, by=call.person)
    return changed(call, PRESENCES, person.pk)


@own("GET", "users/{user_id}/capacity", answers=single(CAPACITIES))
def show_capacity(call: Call, user_id: int) -> Json:
    """Show how many ordinary tickets at once a colleague can have, by way of working."""
    return _show(call, CAPACITIES, user_id)


@own("PUT", "users/{user_id}/capacity", takes=CAPACITY, answers=single(CAPACITIES))
def change_capacity(call: Call, user_id: int) -> Any:
    """Set how many at once; null lets the role's or the desk's rule decide."""
    person = colleague(call, user_id)
    save_capacity(person, by=call.person, **call.read(CAPACITY))
    return changed(call, CAPACITIES, person.pk)
