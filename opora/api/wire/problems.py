"""What the API answers when it cannot do what was asked: bodies and statuses as clients of the Support API expect.

Shapes: the vendor's documentation of errors, and recorded answers (see `docs/zendesk-compatibility.md`).
"""

from typing import Any

from opora.core.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal, TooMany

RESTRICTED = "Access to this resource is restricted. Please contact the account administrator for assistance."
"""Word for word what clients compare."""


_TAKEN = "has already been taken"
"""What clients look for when a name is there already."""


class WireProblem(Exception):
    """An answer that is an error: status, JSON body and headers."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def not_found() -> WireProblem:
    return WireProblem(404, {"error": "RecordNotFound", "description": "Not found"})


def unknown_endpoint() -> WireProblem:
    return WireProblem(404, {"error": "InvalidEndpoint", "description": "Not found"})


def not_authenticated() -> WireProblem:
    challenge = {"WWW-Authenticate": 'Basic realm="Opora API"'}
    return WireProblem(401, {"error": "Couldn't authenticate you"}, challenge)


def restricted() -> WireProblem:
    return WireProblem(403, {"error": {"title": "Forbidden", "message": RESTRICTED}})


def scope_missing(scope: str) -> WireProblem:
    words = f"Missing the following required scopes: {scope}"
    return WireProblem(403, {"error": "Forbidden", "description": words})


def invalid_attribute(name: str, why: str) -> WireProblem:
    """An argument of the wrong type: nothing was looked at further."""
    message = f"You passed an invalid value for the {name} attribute. Invalid parameter: {name} {why}"
    return WireProblem(400, {"error": {"title": "Invalid attribute", "message": message}})


def missing_parameter(name: str) -> WireProblem:
    words = f"param is missing or the value is empty: {name}"
    return WireProblem(400, {"error": "ParameterMissing", "description": words})


def unreadable_body(why: str = "Server could not parse JSON") -> WireProblem:
    return WireProblem(422, {"error": "Unprocessable Entity", "message": why})


def too_many_values(most: int, name: str = "") -> WireProblem:
    words = f"Parameter {name} cannot specify more than {most} values"
    return WireProblem(400, {"error": "TooManyValues", "description": words, "max_count": most})


def too_large(most: int) -> WireProblem:
    words = f"The request body is larger than {most} bytes"
    return WireProblem(413, {"error": "PayloadTooLarge", "description": words})


def invalid_page(name: str, why: str = "is not valid") -> WireProblem:
    detail = {"code": "InvalidPaginationParameter", "title": f"{name} {why}", "source": {"parameter": name}}
    return WireProblem(
        400, {"error": "InvalidPaginationParameter", "description": f"{name} {why}", "errors": [detail]}
    )


def invalid_record(field: str, words: str, reason: str = "InvalidValue") -> WireProblem:
    """A value that makes no sense for this record, as one entry of `details`."""
    label = "" if field == "base" else f"{field.replace('_', ' ').capitalize()}: "
    details = {field: [{"description": f"{label}{words}", "error": reason}]}
    body = {"error": "RecordInvalid", "description": "Record validation errors", "details": details}
    return WireProblem(422, body)


def search_too_long() -> WireProblem:
    """More of a search than can be paged through; clients compare `error`."""
    words = "Invalid search: Requested response size was greater than Search Response Limits"
    return WireProblem(422, {"error": "invalid", "description": words})


def listed_error(status: int, code: str, title: str, detail: str = "") -> WireProblem:
    """An error as newer parts of the wire say it: a list of errors, each with a code and a title."""
    error = {"code": code, "title": title, **({"detail": detail} if detail else {})}
    return WireProblem(status, {"errors": [error]})


def update_conflict() -> WireProblem:
    words = "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again."
    return WireProblem(409, {"error": "UpdateConflict", "description": words})


def rate_limited(seconds: int) -> WireProblem:
    words = "Number of allowed API requests per minute exceeded"
    return WireProblem(
        429, {"error": "APIRateLimitExceeded", "description": words}, {"Retry-After": str(seconds)}
    )


def from_refusal(refusal: Refusal) -> WireProblem:
    """Say an action's refusal on the wire."""
    if isinstance(refusal, NotFound):
        return not_found()
    if isinstance(refusal, NotAllowed):
        return restricted()
    if isinstance(refusal, TooMany):
        return rate_limited(60)
    if isinstance(refusal, (Invalid, Conflict)):
        words = _TAKEN if refusal.reason == "DuplicateValue" else refusal.sentence
        return invalid_record(refusal.field or "base", words, refusal.reason or "InvalidValue")
    return WireProblem(refusal.status, {"error": type(refusal).__name__, "description": refusal.sentence})
