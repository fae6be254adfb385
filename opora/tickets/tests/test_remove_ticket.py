import pytest

from opora.core.refusals import NotAllowed
from opora.tickets.actions.remove import delete_ticket, mark_spam, restore_ticket
from opora.tickets.models import Ticket


def test_a_deleted_ticket_leaves_the_lists_and_comes_back(cast, ticket):
    delete_ticket(ticket, by=cast.lead)
    assert not Ticket.objects.live().exists()
    restore_ticket(ticket, by=cast.lead)
    assert Ticket.objects.live().get() == ticket


def test_spam_suspends_the_sender_until_it_is_restored(cast, ticket):
    mark_spam(ticket, by=cast.agent)
    cast.customer.refresh_from_db()
    assert cast.customer.suspended_at
    restore_ticket(ticket, by=cast.agent)
    cast.customer.refresh_from_db()
    assert cast.customer.suspended_at is None


def test_an_agent_may_not_delete(cast, ticket):
    with pytest.raises(NotAllowed):
        delete_ticket(ticket, by=cast.agent)
