"""Calls about many objects at once: at most a hundred, each read and checked before the job begins."""

from collections.abc import Mapping
from typing import Any

from opora.api.wire.bodies import WHOLE, Body, Json, unwrap_list
from opora.api.wire.call import MOST_IDS, Call
from opora.api.wire.nouns import Noun
from opora.api.wire.problems import missing_parameter, too_many_values


def bulk_list(call: Call, name: str, body: Body) -> list[Json]:
    """Return the objects of a list that shall be created, each as it was given (checked against `body`)."""
    given = unwrap_list(call.body, name)
    if len(given) > MOST_IDS:
        raise too_many_values(MOST_IDS, name)
    for one in given:
        call.read_one(one, body)
    return given


def rows_to_change(call: Call, noun: Noun, body: Body) -> list[tuple[Any, Json]]:
    """Return the rows that the list names by their ids, each with its change. Raises 404 when one is not there."""
    given = bulk_list(call, noun.many, body)
    numbers = [WHOLE.read("id", one.get("id")) or 0 for one in given]
    return [
        (noun.find(call, number), call.read_one(one, body))
        for number, one in zip(numbers, given, strict=True)
    ]


def bulk_changes(call: Call, body: Body, name: str, *, also: Mapping[str, Any] | None = None) -> list[Json]:
    """Return what shall change of which object: a list with ids under `name`, or one change for all of `?ids=`.

    `?external_ids=` names them by their own ids.
    """
    if isinstance(call.body, dict) and isinstance(call.body.get(name), list):
        return bulk_list(call, name, body)
    given = call.body.get(body.name) if isinstance(call.body, dict) else None
    if given is None:
        raise missing_parameter(body.name)
    call.read_one(given, body)
    if "external_ids" in call.query or "external_ids[]" in call.query:
        wanted = call.all_of("external_ids")
        if len(wanted) > MOST_IDS:
            raise too_many_values(MOST_IDS, "external_ids")
        return [{**given, "external_id": external} for external in wanted]
    return [{**given, **(also or {}), "id": pk} for pk in ids_of_many(call, name)]


def ids_of_many(call: Call, name: str) -> list[int]:
    """Return the ids of `?ids=`, or those of the objects in the body (some clients send both)."""
    ids = call.ids() or [pk for pk in (_id_of(one) for one in _listed(call, name)) if pk]
    if not ids:
        raise missing_parameter("ids")
    if len(ids) > MOST_IDS:
        raise too_many_values(MOST_IDS, "ids")
    return list(dict.fromkeys(ids))


def _listed(call: Call, name: str) -> list[Any]:
    found = call.body.get(name) or call.body.get("ids") if isinstance(call.body, dict) else None
    return found if isinstance(found, list) else []


def _id_of(one: Any) -> int | None:
    return WHOLE.read("ids", one.get("id") if isinstance(one, dict) else one)
