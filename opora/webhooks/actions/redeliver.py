"""A request of a webhook is sent once more."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.webhooks.events import WebhookRedelivered
from opora.webhooks.models import Invocation
from opora.webhooks.policy import may_change_webhooks

State = Invocation.State


def redeliver(invocation: Invocation, *, by: ActsAsActor) -> Invocation:
    """Let the request go out again at once, under the same id and with the same body; its tries begin anew.

    Raises `Conflict` while it is still on its way or its webhook is switched off.
    """
    with update(by):
        require(may_change_webhooks(by))
        if not invocation.webhook.is_active:
            raise Conflict(_("This webhook is switched off. Switch it on first."))
        again = {"state": State.PENDING, "tries": 0, "due_at": clock.now(), "queued_at": clock.now()}
        over = Invocation.objects.filter(pk=invocation.pk, state__in=[State.DELIVERED, State.FAILED])
        if not over.update(claimed_at=None, finished_at=None, status_code=None, **again):
            raise Conflict(_("This request is still on its way. Wait until it is over."))
        invocation.refresh_from_db()
        fact = WebhookRedelivered(name=invocation.webhook.name, invocation_id=invocation.pk)
        record(fact, subject_id=invocation.webhook_id, by=by)
    return invocation
