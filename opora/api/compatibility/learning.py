"""Schemas of the Support API's answers, learnt from what is answered in the tests and kept in `answers.json`.

`OPORA_LEARN_ANSWERS=FILE pytest opora/api` writes down the form of every good answer, a line each, and
`python -m opora.api.compatibility.learning FILE` merges them. From then on the tests hold every answer against it.
"""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
KEPT = Path(__file__).parent / "answers.json"
NEVER_NULL = {"id", "url", "created_at"}
DEEPEST = 3
"""Objects further inside an object are described as objects alone: their attributes depend on the content."""
_FREE = {
    "user_fields",
    "organization_fields",
    "metadata",
    "system",
    "custom",
    "conditions",
    "request_parameters",
}
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def form_of(value: Any, name: str = "", depth: int = 0) -> Json:
    """Return the schema of one value."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, (int, float)):
        return {"type": "integer" if isinstance(value, int) else "number"}
    if isinstance(value, str):
        return {"type": "string"}
    if isinstance(value, list):
        return {"type": "array", "items": merged([form_of(one, name, depth + 1) for one in value])}
    if depth > DEEPEST or name in _FREE or not all(_NAME.match(key) for key in value):
        return {"type": "object"}
    return {"type": "object", "properties": {key: form_of(one, key, depth + 1) for key, one in value.items()}}


def merged(forms: Iterable[Json]) -> Json:
    """Return the schema that all of these fit: of two types that differ nothing is said."""
    made: Json = {}
    for form in forms:
        made = _both(made, form) if made and form else made or form
    return made


def _both(one: Json, other: Json) -> Json:
    if one.get("type") != other.get("type"):
        numbers = {one.get("type"), other.get("type")} == {"integer", "number"}
        return {"type": "number"} if numbers else {"description": "of several types"}
    if one.get("type") == "array":
        return {"type": "array", "items": merged([one["items"], other["items"]])}
    if "properties" in one and "properties" in other:
        names = one["properties"] | other["properties"]
        properties = {
            name: merged([one["properties"].get(name, {}), other["properties"].get(name, {})])
            for name in names
        }
        return {"type": "object", "properties": properties}
    return {name: value for name, value in one.items() if name != "properties"}


def kept_answers() -> dict[str, dict[str, Json]]:
    """Return the schemas by operation (`GET tickets`) and status, with what may be null."""
    learnt = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    return {
        operation: {status: _with_null(form) for status, form in forms.items()}
        for operation, forms in learnt.items()
    }


def _with_null(form: Json, name: str = "id") -> Json:
    made = dict(form)
    if "items" in made:
        made["items"] = _with_null(made["items"])
    if "properties" in made:
        made["properties"] = {key: _with_null(one, key) for key, one in sorted(made["properties"].items())}
    if name not in NEVER_NULL and "type" in made:
        made["nullable"] = True
    return made


def main(path: str) -> int:
    """Merge the lines of a file into what is kept."""
    learnt: dict[str, dict[str, Json]] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for line in Path(path).read_text().splitlines():
        operation, status, form = json.loads(line)
        known = learnt.setdefault(operation, {}).get(status, {})
        learnt[operation][status] = merged([known, form])
    ordered = {name: dict(sorted(learnt[name].items())) for name in sorted(learnt)}
    KEPT.write_text(json.dumps(ordered, separators=(",", ":"), sort_keys=True).replace('},"', '},\n"') + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
