"""Answers: JSON and headers."""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, side_loads

JSON = "application/json; charset=utf-8"
WORTH_PACKING = 4096


@dataclass(frozen=True)
class Answer:
    """What an operation answers. `body` may be a function: it is called after the call's changes are complete."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


NOTHING = Answer(status=204)


def one_of(call: Call, noun: Noun, row_id: int) -> Json:
    """Return one object under its name, with what is side-loaded."""
    shown = noun.present(call, [row_id])
    return {noun.one: shown[0], **side_loads(call, noun, shown)}


def changed(call: Call, noun: Noun, row_id: int) -> Callable[[], Json]:
    """Return what answers a change: the object as it is when everything that follows at once has happened."""
    return lambda: one_of(call, noun, row_id)


def created(call: Call, noun: Noun, row_id: int) -> Answer:
    """Return what answers a creation: 201, the object, and its address."""
    return Answer(changed(call, noun, row_id), 201, {"Location": call.url(f"{noun.path}/{row_id}")})


def respond(answer: Any, *, request: HttpRequest) -> HttpResponse:
    """Return the response of an answer, or of a plain object that stands for one."""
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    body = answer.body() if callable(answer.body) else answer.body
    text = b"" if answer.status == 204 else encode(body if body is not None else {})
    response = HttpResponse(text, status=answer.status, content_type=JSON, headers=answer.headers)
    if answer.status == 200 and request.method in {"GET", "HEAD"}:
        return packed(_with_tag(response, request), request)
    response.headers.setdefault("Cache-Control", "no-cache")
    return packed(response, request)


def packed(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Compress a long answer for a client that can read it so. Nothing here is signed in by a cookie, so its length tells nobody anything."""
    response.headers["Vary"] = "Accept-Encoding"
    if len(response.content) >= WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, compresslevel=1)
        response["Content-Encoding"] = "gzip"
    return response


def encode(body: Any) -> bytes:
    """Return the JSON of a body, without spaces, in UTF-8."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _with_tag(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    tag = f'W/"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    known = request.headers.get("If-None-Match", "")
    if known.strip() == "*" or tag[2:] in {one.strip().removeprefix("W/") for one in known.split(",")}:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response.headers.setdefault("Cache-Control", "max-age=0, private, must-revalidate")
    return response
