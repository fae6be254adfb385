"""Job statuses."""

from opora.api.models import Job
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call


def job_json(call: Call, job: Job) -> Json:
    """Return a job as clients watch it."""
    return {
        "id": job.key,
        "url": call.url(f"job_statuses/{job.key}"),
        "total": job.total,
        "progress": job.progress,
        "status": job.state,
        "message": job.message or None,
        "results": job.results,
        "job_type": job.kind,
    }
