"""A reaction that failed is tried again."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.delivering import run_deliveries
from opora.events.models import Delivery
from opora.events.recording import record, update
from opora.people.events import DeliveryRetried
from opora.people.policy import may, require


def retry_delivery(delivery: Delivery, *, by: ActsAsActor) -> None:
    """Let a failed delivery run again, with all its attempts. Raises `Conflict` when it has not failed, or no more."""
    with update(by):
        require(may(by, "settings.desk"))
        claimed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED).update(
            state=Delivery.State.PENDING, attempts=0, due_at=clock.now(), claimed_at=None
        )
        if not claimed:
            raise Conflict(_("This one runs again already. Look at the list in a moment."))
        record(DeliveryRetried(reaction=delivery.reaction), subject_id=delivery.pk, by=by)
        run_deliveries.enqueue(update_id=delivery.update_id)
