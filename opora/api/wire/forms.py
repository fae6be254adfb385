"""Bodies written as forms: `ticket[subject]=…`, `ticket[tags][]=…`, `ticket[custom_fields][][id]=…`, as Rails reads them."""

import re
from typing import Any

_STEP = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 8


def read_form(fields: dict[str, list[str]]) -> dict[str, Any]:
    """Return the fields as an object of objects and lists; what is nested deeper than eight levels is left out."""
    found: dict[str, Any] = {}
    for name, values in fields.items():
        outer, steps = name.partition("[")[0], _STEP.findall(name)
        if outer and len(steps) <= DEEPEST:
            for value in values:
                _put(found, [outer, *steps], value)
    return found


def _put(place: dict[str, Any], steps: list[str], value: str) -> None:
    """Put the value where the steps lead. An empty step is a list; its objects begin anew when a name comes again."""
    name, rest = steps[0], steps[1:]
    if not rest:
        place[name] = value
    elif rest[0] == "":
        listed = place.setdefault(name, [])
        if isinstance(listed, list):
            _append(listed, rest[1:], value)
    else:
        inner = place.setdefault(name, {})
        if isinstance(inner, dict):
            _put(inner, rest, value)


def _append(listed: list[Any], rest: list[str], value: str) -> None:
    if not rest:
        listed.append(value)
        return
    if not listed or not isinstance(listed[-1], dict) or rest[0] in listed[-1]:
        listed.append({})
    _put(listed[-1], rest, value)
