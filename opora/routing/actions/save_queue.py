"""A queue is added, changed or removed."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.routing.events import QueueSaved
from opora.routing.models import Queue, Waiting
from opora.routing.policy import SETTINGS
from opora.tickets.conditions import compile_conditions


def save_queue(queue: Queue | None = None, *, by: ActsAsActor, **fields: object) -> Queue:
    """Add a queue or change one. A new one comes last; conditions that cannot be read raise `Invalid`."""
    with update(by):
        require(may(by, SETTINGS))
        queue = queue or Queue(position=Queue.objects.filter(deleted_at=None).count())
        created = queue.pk is None
        changes = apply_changes(queue, fields)
        _check(queue)
        if changes or created:
            queue.save()
            if not queue.is_active or queue.deleted_at:
                Waiting.objects.filter(queue=queue).delete()
            record(QueueSaved(name=queue.name, created=created, changes=changes), subject_id=queue.pk, by=by)
    return queue


def remove_queue(queue: Queue, *, by: ActsAsActor) -> Queue:
    """Take the queue away. What waited in it is sorted into the others."""
    name = f"{queue.name[:100]} ({queue.pk})"
    return save_queue(queue, by=by, name=name, is_active=False, deleted_at=clock.now())


def _check(queue: Queue) -> None:
    if not queue.name.strip():
        raise Invalid(_("Give the queue a name."), field="name")
    if Queue.objects.filter(name__iexact=queue.name).exclude(pk=queue.pk).exists():
        raise Invalid(_("There is a queue of this name already."), field="name")
    compile_conditions(queue.conditions, by=SYSTEM)
