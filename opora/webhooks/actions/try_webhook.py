"""A webhook is tried out: one request goes now, and its answer is shown."""

from opora.core.refusals import Invalid, Refusal
from opora.core.ulid import new_ulid
from opora.events.actor import ActsAsActor
from opora.people.policy import require
from opora.webhooks.models import Attempt, Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.sending.attempting import attempt_request, impossible
from opora.webhooks.sending.request import compose


def try_webhook(webhook: Webhook, *, by: ActsAsActor, body: str = "", query: str = "") -> Attempt:
    """Send one request as the webhook, saved or not, has it, and return the attempt, which is not kept."""
    require(may_change_webhooks(by))
    try:
        request = compose(webhook, invocation=new_ulid(), query=query, body=body)
    except Invalid:
        raise
    except Refusal as problem:
        return impossible(problem)
    return attempt_request(request)
