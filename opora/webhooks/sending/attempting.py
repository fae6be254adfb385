"""Making one attempt: send a request, and say how it ended. Nothing is written here."""

import time

from opora.core import clock
from opora.core.outbound import Answer, Unanswered, Why, exchange
from opora.core.refusals import Invalid
from opora.core.text import one_line, without_nulls
from opora.webhooks.models import Attempt, Outcome
from opora.webhooks.sending.request import HIDDEN, Request

SECONDS = 10.0
"""The time an endpoint has to answer, from the first look-up of its name to the last byte."""
KEPT_BYTES = 16 * 1024
"""How much of an answer's body is read and kept."""

_OUTCOMES = {
    Why.FORBIDDEN: Outcome.FORBIDDEN,
    Why.UNKNOWN_NAME: Outcome.UNREACHABLE,
    Why.NO_CONNECTION: Outcome.UNREACHABLE,
    Why.BROKEN_OFF: Outcome.UNREACHABLE,
    Why.CERTIFICATE: Outcome.CERTIFICATE,
    Why.TIMEOUT: Outcome.TIMEOUT,
}


def attempt_request(request: Request) -> Attempt:
    """Send the request and return the attempt, unsaved and belonging to no invocation yet."""
    attempt = Attempt(
        started_at=clock.now(),
        method=request.method,
        url=request.url,
        request_headers=[list(header) for header in request.shown_headers],
    )
    began = time.perf_counter()
    try:
        answer = exchange(
            request.method,
            request.url,
            headers=request.headers,
            body=request.body,
            seconds=SECONDS,
            most_bytes=KEPT_BYTES,
        )
    except Unanswered as problem:
        attempt.outcome, attempt.details = _OUTCOMES[problem.why], one_line(problem.details, limit=500)
    except Invalid as refusal:
        attempt.outcome, attempt.details = Outcome.FORBIDDEN, one_line(refusal.sentence, limit=500)
    else:
        _note_answer(attempt, answer)
    attempt.duration_ms = round((time.perf_counter() - began) * 1000)
    return attempt


def impossible(problem: Exception) -> Attempt:
    """Return the attempt at a request that could not even be composed, such as one whose secrets cannot be read."""
    return Attempt(outcome=Outcome.IMPOSSIBLE, method="", url="", details=one_line(str(problem), limit=500))


def outcome_of(status: int) -> Outcome:
    """Return what an HTTP status means for a webhook."""
    if 200 <= status < 300:
        return Outcome.SUCCESS
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    if status == 409:
        return Outcome.CONFLICT
    if status == 429:
        return Outcome.THROTTLED
    if status == 408:
        return Outcome.TIMEOUT
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.REFUSED


def _note_answer(attempt: Attempt, answer: Answer) -> None:
    attempt.outcome = outcome_of(answer.status)
    attempt.status_code = answer.status
    attempt.response_headers = [
        [name, HIDDEN if name.lower() == "set-cookie" else without_nulls(value)]
        for name, value in answer.headers
    ]
    attempt.response_body = without_nulls(answer.body.decode("utf-8", "replace"))
    attempt.is_cut = answer.is_cut
