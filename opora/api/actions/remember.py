"""A call with an idempotency key is answered the same when it comes again."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from opora.api.models import RememberedAnswer
from opora.api.wire.answers import Answer
from opora.api.wire.call import Call
from opora.api.wire.problems import WireProblem
from opora.api.wire.texts import clean_text
from opora.core import clock

LASTS = timedelta(hours=2)
LOOKUP = "x-idempotency-lookup"
LONGEST_KEY = 255


def remembered(call: Call, make: Callable[[], Answer]) -> Answer:
    """Return what `make` answers, or what it answered to the same key within two hours.

    The answer is kept in the transaction of what it made. Raises 400 for a key that came with another request.
    """
    key = clean_text(call.request.headers.get("Idempotency-Key", "")).strip()
    if not key:
        return make()
    caller, digest = str(call.person.pk), hashlib.sha256(call.request.body).hexdigest()
    known = RememberedAnswer.objects.filter(caller=caller, key=key[:LONGEST_KEY]).first()
    if known and known.created_at > clock.now() - LASTS:
        return _again(known, digest)
    if known:
        known.delete()
    answer = make()
    body = answer.body() if callable(answer.body) else answer.body
    RememberedAnswer.objects.create(
        caller=caller,
        key=key[:LONGEST_KEY],
        request_hash=digest,
        status=answer.status,
        body=body,
        location=answer.headers.get("Location", ""),
    )
    return Answer(body, answer.status, {**answer.headers, LOOKUP: "miss"})


def forget_answers() -> int:
    """Forget answers older than two hours; returns how many."""
    return RememberedAnswer.objects.filter(created_at__lt=clock.now() - LASTS).delete()[0]


def _again(known: RememberedAnswer, digest: str) -> Answer:
    if known.request_hash != digest:
        words = "Idempotency-Key was used with a different request"
        raise WireProblem(400, {"error": "IdempotentRequestError", "description": words})
    location = {"Location": known.location} if known.location else {}
    return Answer(known.body, known.status, {LOOKUP: "hit", **location})
