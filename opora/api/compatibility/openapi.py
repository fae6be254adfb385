"""The OpenAPI description of everything that is offered, made from the operations themselves."""

import re
from typing import Any

from opora.api.compatibility.learning import kept_answers
from opora.api.wire.bodies import Body
from opora.api.wire.routing import OPERATIONS, Operation
from opora.api.wire.shapes import SHAPES

Json = dict[str, Any]
_PARAMETER = re.compile(r"\{(\w+)(:text)?\}")
_LISTS = [
    {"name": "page[size]", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 1000}, "description": "Objects on a page by cursor."},
    {"name": "page[after]", "in": "query", "schema": {"type": "string"}, "description": "The cursor that the page follows."},
    {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}, "description": "The page's number."},
    {"name": "per_page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}, "description": "Objects on a numbered page."},
    {"name": "include", "in": "query", "schema": {"type": "string"}, "description": "What to side-load, separated by commas."},
]  # fmt: skip


def description() -> Json:
    """Return the description of both versions as one OpenAPI 3.0 document."""
    paths: dict[str, Json] = {}
    learnt = kept_answers()
    for made in sorted(OPERATIONS, key=lambda made: (made.version, made.path, made.method)):
        path = f"/api/{made.version}/{_PARAMETER.sub(lambda match: '{' + match.group(1) + '}', made.path)}"
        paths.setdefault(path, {})[made.method.lower()] = _operation(
            made, learnt.get(f"{made.method} {made.path}", {})
        )
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Opora API",
            "version": "2",
            "description": "Compatible with the Zendesk Support API v2; every path also answers with `.json` behind it.",
            "license": {"name": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"basic": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic", "description": "`email/token` and an API token"},
                "bearer": {"type": "http", "scheme": "bearer", "description": "an API token, or one got by OAuth 2"},
            },
            "schemas": {"Error": {"type": "object", "properties": {"error": {}, "description": {"type": "string"}, "details": {"type": "object"}}}, **SHAPES},
        },
    }  # fmt: skip


def _operation(made: Operation, learnt: Json) -> Json:
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"} if text else {"type": "integer", "format": "int64"},
        }
        for name, text in _PARAMETER.findall(made.path)
    ]
    is_list = made.method == "GET" and not made.path.endswith("}")
    shown: Json = {
        "operationId": f"{made.version}_{made.method.lower()}_{re.sub(r'[^a-z0-9]+', '_', made.path.lower()).strip('_')}",
        "summary": made.summary,
        "tags": [made.resource.replace("_", " ")],
        "parameters": [*parameters, *(_LISTS if is_list else [])],
        "responses": _responses(made, learnt),
    }
    if made.takes:
        shown["requestBody"] = {"content": {"application/json": {"schema": _schema(made.takes)}}}
    if made.who in {"anybody", "readers"}:
        shown["security"] = [{}, {"basic": []}, {"bearer": []}]
    return shown


def _schema(body: Body) -> Json:
    attributes: Json = {
        "type": "object",
        "properties": {name: dict(kind.schema) for name, kind in body.attributes.items()},
    }
    if body.required:
        attributes["required"] = list(body.required)
    if not body.attributes:
        attributes = {
            "type": "array",
            "items": {"type": "integer" if body.name.endswith("_ids") else "object"},
            "maxItems": 100,
        }
    return {"type": "object", "properties": {body.name: attributes}}


def _responses(made: Operation, learnt: Json) -> Json:
    def answer(status: str) -> Json:
        schema = made.answers or learnt.get(status) or {"type": "object"}
        return {"content": {"application/json": {"schema": schema}}}

    problem = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    good = {"200": {"description": "done", **answer("200")}}
    if made.method == "POST":
        good["201"] = {"description": "created", **answer("201")}
    if made.method == "DELETE":
        good["204"] = {"description": "removed"}
    if made.method == "GET":
        good["304"] = {"description": "not changed since the given ETag"}
    refused = {
        "400": "what was sent has the wrong form", "401": "nobody is signed in", "403": "not allowed",
        "404": "there is none", "409": "changed meanwhile", "413": "too large", "422": "it makes no sense", "429": "too often",
    }  # fmt: skip
    return good | {status: {"description": words, **problem} for status, words in refused.items()}
