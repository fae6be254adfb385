"""A request that is owed to a webhook goes out.

It goes at least once: it is claimed before it is sent and marked after, so only a process that dies in between leaves
a doubt; that request goes again after `CLAIM_LASTS` under the same id, by which the endpoint knows it.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from opora.core import clock
from opora.core.refusals import Refusal
from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.webhooks.actions.circuit import may_send_now, note_failure, note_patience, note_success
from opora.webhooks.models import Attempt, Invocation, Outcome
from opora.webhooks.sending.attempting import attempt_request, impossible
from opora.webhooks.sending.backoff import RETRIED, asked_pause, next_pause
from opora.webhooks.sending.request import Request, compose

log = logging.getLogger("opora.webhooks")

CLAIM_LASTS = timedelta(minutes=2)
"""Longer than any attempt may take; an older claim is taken for a killed process."""

State = Invocation.State


def deliver(
    invocation_id: int,
    *,
    meanwhile: Callable[[], None] = lambda: None,
    send: Callable[[Request], Attempt] = attempt_request,
) -> bool:
    """Send one request if it is due and nobody else does; True if the endpoint took it.

    `meanwhile` is called before the endpoint is spoken to, when nothing is needed of the database; `send` speaks to it.
    """
    invocation = due_invocations().select_related("webhook").filter(pk=invocation_id).first()
    if invocation is None or not may_send_now(invocation.webhook_id) or not _claim(invocation):
        return False
    request = _compose(invocation)
    meanwhile()
    attempt = send(request) if isinstance(request, Request) else request
    _note(invocation, attempt)
    return attempt.is_success


def due_invocations() -> QuerySet[Invocation]:
    """Return what could go out now: what is waiting and due, and what a killed process left."""
    now = clock.now()
    waiting = Q(state=State.PENDING, due_at__lte=now)
    abandoned = Q(state=State.SENDING, due_at__lte=now, claimed_at__lt=now - CLAIM_LASTS)
    return Invocation.objects.filter(waiting | abandoned, webhook__is_active=True)


def _claim(invocation: Invocation) -> bool:
    mine = Invocation.objects.filter(
        pk=invocation.pk, state=invocation.state, tries=invocation.tries, claimed_at=invocation.claimed_at
    )
    claimed = mine.update(state=State.SENDING, claimed_at=clock.now(), tries=F("tries") + 1)
    invocation.tries += claimed
    return claimed == 1


def _compose(invocation: Invocation) -> Request | Attempt:
    try:
        return compose(
            invocation.webhook,
            invocation=invocation.public_id,
            query=invocation.query,
            body=invocation.body,
        )
    except Refusal as problem:
        return impossible(problem)


def _note(invocation: Invocation, attempt: Attempt) -> None:
    """Write the attempt down and decide what becomes of the request and of its webhook."""
    webhook = invocation.webhook
    attempt.invocation, attempt.webhook = invocation, webhook
    with update(SYSTEM, via="webhook"):
        attempt.save()
        asked = _asked(attempt)
        pause = _pause(invocation, attempt, asked)
        if attempt.is_success:
            _finish(invocation, attempt, State.DELIVERED)
            note_success(webhook)
            return
        if pause is None:
            _finish(invocation, attempt, State.FAILED)
        else:
            _put_off(invocation, attempt, pause)
        if attempt.outcome != Outcome.THROTTLED:
            note_failure(webhook)
        if asked is not None:
            note_patience(webhook, asked)
    log.info("Webhook %s, request %s: %s", webhook.pk, invocation.public_id, attempt.outcome)


def _asked(attempt: Attempt) -> timedelta | None:
    """The pause that the endpoint asked for; only statuses that mean "later" may ask (RFC 9110, RFC 6585)."""
    if attempt.status_code not in (429, 503):
        return None
    header = next((value for name, value in attempt.response_headers if name.lower() == "retry-after"), "")
    return asked_pause(header, clock.now())


def _pause(invocation: Invocation, attempt: Attempt, asked: timedelta | None) -> timedelta | None:
    if attempt.outcome not in RETRIED:
        return None
    usual = next_pause(invocation.tries)
    return max(usual, asked or usual) if usual is not None else None


def _finish(invocation: Invocation, attempt: Attempt, state: Invocation.State) -> None:
    Invocation.objects.filter(pk=invocation.pk).update(
        state=state, status_code=attempt.status_code, claimed_at=None, finished_at=clock.now()
    )


def _put_off(invocation: Invocation, attempt: Attempt, pause: timedelta) -> None:
    Invocation.objects.filter(pk=invocation.pk).update(
        state=State.PENDING, status_code=attempt.status_code, claimed_at=None, due_at=clock.now() + pause
    )
