"""The one door of the API: finds the operation, lets the caller in, carries it out, and says everything in JSON."""

import logging
import secrets
from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from opora.api.sign_in import Permit, permit_of
from opora.api.wire.answers import Answer, encode, respond
from opora.api.wire.call import Call
from opora.api.wire.limits import Allowance, count_call
from opora.api.wire.problems import (
    WireProblem,
    from_refusal,
    not_authenticated,
    restricted,
    scope_missing,
)
from opora.api.wire.routing import Operation, find_operation, methods_at
from opora.core.refusals import Refusal
from opora.events.recording import coming_via, update

log = logging.getLogger("opora.api")
READING = {"GET", "HEAD"}


@csrf_exempt  # nothing here is signed in by a cookie
def gateway(request: HttpRequest, version: str, name: str) -> HttpResponse:
    """Answer one call. The API speaks English and UTC, so that programs can compare what it says."""
    call = Call(request, version=version)
    headers = {"X-Zendesk-Api-Version": version}
    with translation.override("en"), timezone.override("UTC"):
        try:
            response = _answer(call, name, headers)
        except WireProblem as problem:
            response = _problem(problem)
        except Refusal as refusal:
            response = _problem(from_refusal(refusal))
        except Exception:
            response = _failure(request)
    if call.ignored:
        # A name is whatever was sent; a header takes one line of ASCII.
        names = " ".join(", ".join(call.ignored).split())
        response["X-Zendesk-Api-Warn"] = f"Ignored attributes: {names}".encode("ascii", "replace").decode()
    for header, value in headers.items():
        response[header] = value
    return response


def _answer(call: Call, name: str, headers: dict[str, str]) -> HttpResponse:
    if call.request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(methods_at(call.version, name))})
    permit = permit_of(call.request)
    allowance = _counted(call.request, permit)
    headers |= allowance.headers | allowance.named(name)
    method = "GET" if call.request.method == "HEAD" else str(call.request.method)
    if permit is None and not _is_open(call, name.removesuffix(".json")):
        raise not_authenticated()
    asked, arguments = find_operation(call.version, method, name)
    _let_in(asked, permit)
    call.anybody = permit.person if permit else None
    answer = _carry_out(asked, call, arguments)
    return respond(answer, request=call.request)


def _is_open(call: Call, name: str) -> bool:
    """Whether something may be there for callers who did not sign in; the operation itself says so once more.

    Who tries to sign in to the help center and fails is told so, instead of reading less than they expect.
    """
    if name.startswith("help_center/"):
        return "Authorization" not in call.request.headers
    return name in {"users/me", "locales", "locales/public"}


def _counted(request: HttpRequest, permit: Permit | None) -> Allowance:
    return count_call(permit.name if permit else f"address {request.META.get('REMOTE_ADDR')}")


def _let_in(asked: Operation, permit: Permit | None) -> None:
    """Raise unless whoever calls may call this at all: signed in, of the right kind, with the scope."""
    if asked.who == "anybody" or (asked.who == "readers" and permit is None):
        return
    if permit is None:
        raise not_authenticated()
    scope = "read" if asked.method == "GET" else "write"
    if not permit.covers(asked.scope, scope):
        raise scope_missing(scope)
    if asked.who in {"people", "readers"}:
        return
    if not permit.person.is_colleague:
        raise restricted()
    if asked.who == "administrators" and "settings.desk" not in permit.person.allowed:
        raise restricted()


def _carry_out(asked: Operation, call: Call, arguments: dict[str, Any]) -> Any:
    if asked.method == "GET" or not asked.in_update:
        return _complete(asked.run(call, **arguments))
    _ = call.body  # read before the transaction begins: a slow client must not hold the only write lock
    with ExitStack() as inside:
        inside.enter_context(coming_via("api"))
        inside.enter_context(update(call.person))
        answer = asked.run(call, **arguments)
    return _complete(answer)


def _complete(answer: Any) -> Any:
    return Answer(answer()) if callable(answer) else answer


def _problem(problem: WireProblem) -> HttpResponse:
    response = HttpResponse(
        encode(problem.body), status=problem.status, content_type="application/json; charset=utf-8"
    )
    for header, value in problem.headers.items():
        response[header] = value
    response["Cache-Control"] = "no-cache"
    return response


def _failure(request: HttpRequest) -> HttpResponse:
    number = getattr(request, "error_id", "") or secrets.token_hex(4)
    log.exception("API request %s failed: %s %s", number, request.method, request.path)
    words = f"Something went wrong on our side; it is logged as {number}."
    return _problem(WireProblem(500, {"error": "InternalServerError", "description": words}))
