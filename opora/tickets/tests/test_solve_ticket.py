import pytest

from opora.core.refusals import Conflict, NotAllowed
from opora.events.models import Event
from opora.tickets.actions.close import close_solved_tickets
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.solve import reopen_ticket, solve_ticket
from opora.tickets.models import Category, Ticket


def kinds(ticket):
    return list(
        Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk).values_list("kind", flat=True)
    )


def test_solving_records_one_fact_and_stops_the_clock(cast, ticket):
    solve_ticket(ticket, by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.category == Category.SOLVED
    assert ticket.solved_at is not None
    assert ticket.assignee == cast.agent
    assert kinds(ticket)[-1] == "ticket.solved"
    assert ticket.metric.first_solved_at is not None


def test_solving_twice_records_nothing_new(cast, ticket):
    solve_ticket(ticket, by=cast.agent)
    before = kinds(ticket)
    solve_ticket(ticket, by=cast.second)
    assert kinds(ticket) == before


def test_an_outsider_may_not_solve(cast, ticket):
    with pytest.raises(NotAllowed):
        solve_ticket(ticket, by=cast.outsider)
    assert kinds(ticket)[-1] != "ticket.solved"


def test_a_customers_answer_reopens(cast, ticket):
    solve_ticket(ticket, by=cast.agent)
    add_comment(ticket, NewComment(html="It broke again", author=cast.customer), by=cast.customer)
    ticket.refresh_from_db()
    assert ticket.category == Category.OPEN
    assert ticket.solved_at is None
    assert ticket.metric.reopens == 1


def test_an_auto_reply_does_not_reopen(cast, ticket):
    solve_ticket(ticket, by=cast.agent)
    away = NewComment(html="I am away", author=cast.customer, is_auto_reply=True)
    add_comment(ticket, away, by=cast.customer)
    ticket.refresh_from_db()
    assert ticket.category == Category.SOLVED


def test_solved_tickets_close_after_four_days_and_stay_closed(cast, ticket, time_machine):
    solve_ticket(ticket, by=cast.agent)
    time_machine.move_to("2027-01-10 10:00Z")
    assert close_solved_tickets() == 1
    ticket.refresh_from_db()
    assert ticket.is_closed
    with pytest.raises(Conflict):
        reopen_ticket(ticket, by=cast.agent)
    assert Ticket.objects.get().is_closed


def test_a_desk_that_is_not_set_up_has_nothing_to_close(db):
    assert close_solved_tickets() == 0
