import pytest

from opora.core.refusals import NotAllowed
from opora.events.actor import SYSTEM
from opora.people.actions.mark_undeliverable import mark_deliverable, mark_undeliverable
from opora.people.tests.log_of import last_event


def test_mail_that_came_back_marks_the_address_until_somebody_lifts_it(cast):
    identity = cast.customer.identities.get()
    mark_undeliverable(identity, by=SYSTEM, reason="550 no such user")
    assert last_event().body == {"value": identity.value, "reason": "550 no such user"}
    with pytest.raises(NotAllowed):
        mark_deliverable(identity, by=cast.outsider)
    mark_deliverable(identity, by=cast.agent)
    identity.refresh_from_db()
    assert identity.undeliverable_at is None
    assert last_event().kind == "person.deliverable"
