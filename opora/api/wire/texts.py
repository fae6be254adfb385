"""What comes in as text: JSON and query parameters, freed of what no database stores."""

import json
from typing import Any

from django.http import QueryDict

from opora.api.wire.problems import unreadable_body

LONGEST_NESTING = 60


def read_json(raw: bytes) -> Any:
    """Return the JSON value of `raw`. Raises a 422 for what is not JSON, or nested deeper than anybody needs."""
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise unreadable_body() from problem
    return clean_value(value, depth=0) if b"\\u" in raw or b"\x00" in raw or b"[[" in raw else value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def clean_value(value: Any, *, depth: int) -> Any:
    """Return the value without null characters and halves of characters in its texts."""
    if depth > LONGEST_NESTING:
        raise unreadable_body("The JSON is nested too deeply")
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_value(item, depth=depth + 1) for item in value]
    if isinstance(value, dict):
        return {clean_text(key): clean_value(item, depth=depth + 1) for key, item in value.items()}
    return value


def clean_text(text: str) -> str:
    """Return the text without null characters and halves of characters, which no database stores."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


def read_query(query: QueryDict) -> dict[str, list[str]]:
    """Return the query parameters by name, each with all its values in order."""
    return {clean_text(name): [clean_text(value) for value in values] for name, values in query.lists()}
