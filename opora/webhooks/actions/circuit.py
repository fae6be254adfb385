"""A webhook whose endpoint keeps failing is paused, tried, and let go on."""

from datetime import datetime, timedelta

from opora.core import clock
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.webhooks.events import WebhookPaused, WebhookResumed
from opora.webhooks.models import Health, Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.sending.circuit import pause_after, tally

TRIAL_LASTS = timedelta(seconds=60)
"""A trial that has not ended by then was left by a killed process, and another may begin."""


def resume_webhook(webhook: Webhook, *, by: ActsAsActor) -> Webhook:
    """Let a paused webhook go on at once, as a person who has mended the endpoint wants it."""
    with update(by):
        require(may_change_webhooks(by))
        _close(webhook, clock.now(), by=by)
        Health.objects.filter(webhook=webhook).update(paused_until=None)
    return webhook


def may_send_now(webhook_id: int) -> bool:
    """Whether a request may go to this webhook now. After a pause of the circuit one may: the trial."""
    now = clock.now()
    health = Health.objects.get(webhook_id=webhook_id)
    if health.paused_until and health.paused_until > now:
        return False
    if health.broken_since is None:
        return True
    trial = Health.objects.filter(pk=health.pk, paused_until=health.paused_until, broken_since__isnull=False)
    return trial.update(paused_until=now + TRIAL_LASTS) == 1


def note_success(webhook: Webhook) -> None:
    """The endpoint took a request: whatever was held against it is over."""
    now = clock.now()
    Health.objects.filter(webhook=webhook).update(last_success_at=now)
    _close(webhook, now, by=SYSTEM)


def note_failure(webhook: Webhook) -> None:
    """The endpoint failed: a trial makes the pause longer, too many failures begin one."""
    now = clock.now()
    health = Health.objects.get(webhook=webhook)
    health.last_failure_at = now
    health.save(update_fields=["last_failure_at"])
    if health.broken_since is not None:
        pause = pause_after(health.pauses + 1)
        Health.objects.filter(pk=health.pk).update(pauses=health.pauses + 1, paused_until=now + pause)
        return
    found = tally(health, now)
    if found.is_too_bad:
        _open(webhook, now, WebhookPaused(name=webhook.name, failed=found.failed, sent=found.sent))


def note_patience(webhook: Webhook, pause: timedelta) -> None:
    """The endpoint asked for time: nothing is sent to it before that is over."""
    Health.objects.filter(webhook=webhook).update(paused_until=clock.now() + pause)


def _open(webhook: Webhook, now: datetime, fact: WebhookPaused) -> None:
    """Of several workers that find it out at once, one says so."""
    whole = Health.objects.filter(webhook=webhook, broken_since__isnull=True)
    if whole.update(broken_since=now, paused_until=now + pause_after(0), pauses=0):
        record(fact, subject_id=webhook.pk, by=SYSTEM)


def _close(webhook: Webhook, now: datetime, *, by: ActsAsActor) -> None:
    broken = Health.objects.filter(webhook=webhook, broken_since__isnull=False)
    if broken.update(broken_since=None, paused_until=None, pauses=0, resumed_at=now):
        record(WebhookResumed(name=webhook.name), subject_id=webhook.pk, by=by)
