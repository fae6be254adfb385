"""Options of choices, and their numbers, which stay whatever happens to places, names and values."""

from collections.abc import Mapping, Sequence
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes, kept_attributes
from opora.api.wire.bodies import Json

SPACE = 1_000_003
Numbers = Mapping[str, int]


def kept_numbers(kind: str, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return, by field, the numbers of options whose value has changed since they got them."""
    return kept_attributes(f"{kind}_options", ids)


def option_id(field_id: int, value: str, numbers: Numbers) -> int:
    """Return the number of an option: the one it was given once, else one made of the value."""
    if value in numbers:
        return numbers[value]
    digest = 0
    for letter in value:
        digest = (digest * 131 + ord(letter)) % SPACE
    number = field_id * SPACE + digest
    while number in numbers.values():
        number += 1
    return number


def keep_numbers(
    kind: str, field_id: int, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> None:
    """Let options keep their number when they are sent with it and another value."""
    numbers = kept_numbers(kind, [field_id]).get(field_id, {})
    known = {option_id(field_id, option["value"], numbers): option["value"] for option in before}
    moved = {
        str(one["value"]): one["id"]
        for one in after
        if one.get("value") and known.get(one.get("id") or 0, one["value"]) != one["value"]
    }
    keep_attributes(f"{kind}_options", field_id, moved, moved)


def options_json(field_id: int, options: Sequence[Mapping[str, Any]], numbers: Numbers) -> list[Json]:
    """Return the options of a choice, in their order."""
    return [
        {
            "id": option_id(field_id, option["value"], numbers),
            "name": option["name"],
            "raw_name": option["name"],
            "value": option["value"],
            "position": place,
        }
        for place, option in enumerate(options)
    ]
