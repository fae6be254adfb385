"""Whether an answer is what the description says of its operation."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from opora.api.compatibility.learning import form_of
from opora.api.compatibility.openapi import description
from opora.api.wire.routing import find_operation

LEARN = os.environ.get("OPORA_LEARN_ANSWERS", "")
"""A file that the forms of answers are written to instead of being checked; see `compatibility.learning`."""


def assert_described(method: str, address: str, response: Any) -> None:
    """Raise `AssertionError` unless the JSON of a good answer of the API fits the schema of its operation."""
    place = address.partition("?")[0].partition("/api/")[2]
    version, _slash, path = place.partition("/")
    if response.status_code not in {200, 201} or version not in {"v1", "v2"} or not response.content:
        return
    made, _arguments = find_operation(version, method.upper(), path)
    if LEARN and version == "v2" and made.answers is None:
        form = form_of(json.loads(response.content))
        line = json.dumps([f"{made.method} {made.path}", str(response.status_code), form])
        with Path(LEARN).open("a") as written:
            written.write(line + "\n")
        return
    schema = _schemas()[f"/api/{version}/{made.path.replace(':text', '')}"][method.lower()]
    content = schema["responses"][str(response.status_code)].get("content", {}).get("application/json")
    if content is None:
        return
    problems = list(_validator(json.dumps(content["schema"])).iter_errors(json.loads(response.content)))
    assert not problems, (
        f"{method} {address}: {[f'{list(one.instance_path)} {one.message}' for one in problems[:5]]}"
    )


@cache
def _schemas() -> Any:
    return description()["paths"]


@cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": description()["components"]}
    return jsonschema_rs.Draft4Validator(_with_null(whole))


def _with_null(schema: Any) -> Any:
    """The schema in the words of JSON Schema, which says `null` as a type where OpenAPI 3.0 says `nullable`."""
    if isinstance(schema, list):
        return [_with_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _with_null(one) for name, one in schema.items() if name != "nullable"}
    if schema.get("nullable") is True and isinstance(schema.get("type"), str):
        made["type"] = [schema["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return made
