"""Job statuses."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.models import Job
from opora.api.nouns.jobs import job_json
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import list_of
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.people.policy import may


def _known(call: Call) -> QuerySet[Job]:
    return Job.objects.all() if may(call.person, "settings.desk") else Job.objects.filter(person=call.person)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Job.objects.in_bulk(ids)
    return [job_json(call, rows[pk]) for pk in ids if pk in rows]


JOBS = Noun("job_status", "job_statuses", "job_statuses", _known, _present)


@operation("GET", "job_statuses")
def list_jobs(call: Call) -> Json:
    """List the latest jobs: the caller's own, and for whoever may change the desk everybody's."""
    return list_of(call, JOBS, _known(call), order="-id")


@operation("GET", "job_statuses/{key:text}")
def show_job(call: Call, key: str) -> Json:
    """Show how far a job is."""
    job = _known(call).filter(key=key).first()
    if job is None:
        raise not_found()
    return {"job_status": job_json(call, job)}


@operation("GET", "job_statuses/show_many")
def show_jobs(call: Call) -> Json:
    """Show how far several jobs are."""
    wanted = call.all_of("ids")[:100]
    jobs = {job.key: job for job in _known(call).filter(key__in=wanted)}
    shown = [job_json(call, jobs[key]) for key in wanted if key in jobs]
    return {"job_statuses": shown, "count": len(shown), "next_page": None, "previous_page": None}
