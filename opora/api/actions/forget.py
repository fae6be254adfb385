"""What the API kept for a while is forgotten."""

from datetime import timedelta

from opora.api.actions.remember import forget_answers
from opora.api.models import Job
from opora.core import clock

JOBS_LAST = timedelta(days=7)


def forget_old_work() -> int:
    """Forget answers older than two hours and jobs that ended a week ago; returns how many."""
    old_jobs = Job.objects.filter(finished_at__lt=clock.now() - JOBS_LAST)
    return forget_answers() + old_jobs.delete()[0]
