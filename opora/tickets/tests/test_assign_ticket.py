import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.events.models import Event
from opora.people.actions.save_group import save_group
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.models import Category


def test_assigning_a_new_ticket_opens_it(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.category) == (cast.agent, Category.OPEN)
    kinds = list(Event.objects.filter(subject_id=ticket.pk).order_by("id").values_list("kind", flat=True))
    assert kinds[-2:] == ["ticket.assigned", "ticket.status_changed"]
    assert ticket.metric.assignee_stations == 1


def test_one_save_is_one_update(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    assert len(set(Event.objects.order_by("-id").values_list("update_id", flat=True)[:2])) == 1


def test_a_group_without_the_assignee_takes_the_ticket_off_them(cast, ticket):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    second_line = save_group(by=cast.owner, name="Second line", members=[cast.lead])
    assign_ticket(ticket, by=cast.lead, group=second_line)
    ticket.refresh_from_db()
    assert (ticket.group, ticket.assignee) == (second_line, None)


def test_a_colleague_of_another_group_brings_it_along(cast, ticket):
    second_line = save_group(by=cast.owner, name="Second line", members=[cast.outsider])
    assign_ticket(ticket, by=cast.lead, assignee=cast.outsider)
    ticket.refresh_from_db()
    assert ticket.group == second_line


def test_assigning_to_whom_it_belongs_records_nothing(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    before = Event.objects.count()
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    assert Event.objects.count() == before


def test_a_customer_cannot_be_the_assignee(cast, ticket):
    with pytest.raises(Invalid, match="does not work here"):
        assign_ticket(ticket, by=cast.agent, assignee=cast.customer)


def test_an_outsider_may_not_assign(cast, ticket):
    with pytest.raises(NotAllowed):
        assign_ticket(ticket, by=cast.outsider, assignee=cast.outsider)
