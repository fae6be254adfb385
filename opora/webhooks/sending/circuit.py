"""When an endpoint is left alone: thresholds of the circuit breaker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from opora.webhooks.models import Attempt, Health, Outcome

WINDOW = timedelta(minutes=5)
FEWEST = 10
"""Below so many requests in the window a share says nothing."""
SHARE = 0.7
MOST_FAILURES = 1000
"""So many failures in the window are too many whatever their share."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True)
class Tally:
    """What became of the requests of the window; an endpoint that asks for patience (429) does not fail."""

    sent: int
    failed: int

    @property
    def is_too_bad(self) -> bool:
        return self.failed >= MOST_FAILURES or (self.sent >= FEWEST and self.failed / self.sent >= SHARE)


def tally(health: Health, now: datetime) -> Tally:
    """Count the requests of the last five minutes, without those before the endpoint last recovered."""
    since = max(now - WINDOW, health.resumed_at) if health.resumed_at else now - WINDOW
    outcomes = Attempt.objects.filter(webhook_id=health.pk, started_at__gte=since).exclude(
        outcome=Outcome.THROTTLED
    )
    sent = outcomes.count()
    return Tally(sent, sent - outcomes.filter(outcome=Outcome.SUCCESS).count())


def pause_after(pauses: int) -> timedelta:
    """Return how long to wait before the next trial, after so many that failed."""
    return min(FIRST_PAUSE * 2 ** min(pauses, 10), LONGEST_PAUSE)
