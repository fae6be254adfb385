"""Work on many objects is taken on, and done by a worker, one object a transaction."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django_tasks import task

from opora.api.models import Job
from opora.api.wire.problems import WireProblem
from opora.core import clock
from opora.core.refusals import NotFound, Refusal
from opora.events.recording import coming_via, update
from opora.people.models import Person

Item = dict[str, Any]
Step = Callable[[Item, Person], Item]
"""Does the work on one item in the name of a person; returns what the result says beside the index."""

STEPS: dict[str, Step] = {}
"""What each kind of job does with one item."""


def job_step(kind: str) -> Callable[[Step], Step]:
    """Declare the function as what jobs of this kind do with each item."""

    def declare(step: Step) -> Step:
        STEPS[kind] = step
        return step

    return declare


def queue_job(kind: str, items: Sequence[Item], *, by: Person) -> Job:
    """Take the work on; the task is a row of the same transaction."""
    job = Job.objects.create(
        key=f"V3-{secrets.token_hex(16)}", kind=kind, person=by, items=list(items), total=len(items)
    )
    run_job.enqueue(job_id=job.pk)
    return job


@task()
def run_job(job_id: int) -> int:
    """Do the job's work; returns how many items succeeded. A job that another worker has taken is left alone."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.WORKING, progress=0, results=[]
    )
    if not claimed:
        return 0
    job = Job.objects.select_related("person__role").get(pk=job_id)
    results: list[Item] = []
    for index, item in enumerate(job.items):
        results.append(_attempt(job, index, item))
        Job.objects.filter(pk=job.pk).update(progress=index + 1, results=results)
    now = clock.now()
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.COMPLETED,
        message=f"Completed at {now:%Y-%m-%d %H:%M:%S} +0000",
        finished_at=now,
        items=[],
    )
    return sum("error" not in result for result in results)


def _attempt(job: Job, index: int, item: Item) -> Item:
    try:
        with coming_via("api"), update(job.person):
            return {"index": index, **STEPS[job.kind](item, job.person)}
    except WireProblem as problem:
        return _failure(job, index, item, _sentences(problem.body))
    except Refusal as refusal:
        return _failure(job, index, item, refusal.sentence, missing=isinstance(refusal, NotFound))


def _failure(job: Job, index: int, item: Item, details: str, *, missing: bool = False) -> Item:
    noun, _dot, verb = job.kind.partition(".")
    word = f"{noun.rstrip('s').capitalize()}{verb.capitalize()}Failed"
    known = item.get("id")
    return {
        "index": index,
        "id": known if isinstance(known, int) else 0,
        "action": verb,
        "success": False,
        "error": "RecordNotFound" if missing else word,
        "details": details,
    }


def _sentences(body: Any) -> str:
    """The sentences of an error's body, as one line."""
    if isinstance(body, dict) and isinstance(body.get("details"), dict):
        found = [one["description"] for entries in body["details"].values() for one in entries]
        return " ".join(found)
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        return str(body["error"].get("message", ""))
    return str(body.get("description", body)) if isinstance(body, dict) else str(body)
