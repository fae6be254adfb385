from opora.events.delivering import run_overdue_deliveries
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of
from opora.notifications.tests.conftest import prefer, told
from opora.tickets.actions.assign import assign_ticket


def test_the_new_assignee_is_told(cast, ticket):
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == [("Andrii", "assigned")]
    notification = Notification.objects.get()
    assert sentence_of(notification) == "Assigned to you by Olena Owner"
    assert notification.place == f"/tickets/{ticket.pk}"


def test_who_takes_a_ticket_is_not_told(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == []


def test_a_new_ticket_with_an_assignee_tells_them(cast, make_ticket):
    make_ticket(assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == [("Andrii", "assigned")]


def test_the_group_is_told_of_a_free_ticket_if_it_wants_to(cast, make_ticket):
    prefer(cast.second, "group", in_app=True, by_mail=False)
    ticket = make_ticket(group=cast.group)
    run_overdue_deliveries()
    assert told() == [("Borys", "group")]
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    assign_ticket(ticket, by=cast.owner, assignee=None)
    run_overdue_deliveries()
    assert told() == [("Andrii", "assigned"), ("Borys", "group"), ("Borys", "group")]
    assert "Support" in sentence_of(Notification.objects.latest("id"))


def test_a_second_delivery_tells_nobody_again(cast, ticket):
    from opora.events.models import Delivery

    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    Delivery.objects.update(state="pending")
    run_overdue_deliveries()
    assert told() == [("Andrii", "assigned")]


def test_one_who_switched_it_off_is_not_told(cast, ticket):
    prefer(cast.agent, "assigned", in_app=False, by_mail=False)
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == []


def test_what_is_wanted_by_mail_only_is_not_shown(cast, ticket):
    prefer(cast.agent, "assigned", in_app=False, by_mail=True)
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    notification = Notification.objects.get()
    assert not notification.is_shown
    assert notification.mail_due_at is not None


def test_one_who_left_is_not_told(cast, ticket):
    assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(is_active=False)
    run_overdue_deliveries()
    assert told() == []


def test_imported_history_tells_nobody(cast, ticket):
    from opora.events.recording import coming_via

    with coming_via("import"):
        assign_ticket(ticket, by=cast.owner, assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == []
