"""S14: what becomes of clocks when tickets follow, join, leave, or belong to one another."""

import pytest

from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.engine.state import from_json
from opora.sla.models import ClockRow, Promise
from opora.sla.tests.conftest import content
from opora.sla.tests.test_projection import clocks, reply
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.link import link_tickets, unlink_tickets
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.solve import reopen_ticket, solve_ticket
from opora.tickets.actions.split import split_comment
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, TicketType
from opora.tickets.queries import status_of

WAITING, FIRST, NEXT = "sla:requester_wait:1", "sla:first_reply:1", "sla:next_reply:1"


def _asks(ticket, person):
    return add_comment(ticket, NewComment(html="<p>And now?</p>", author=person), by=person)


@pytest.fixture
def answered(promised, make_ticket, cast):
    ticket = make_ticket()
    reply(ticket, cast.agent)
    return ticket


def test_s14_the_survivor_of_a_merge_waits_since_the_oldest_question_that_nobody_answered(
    promised, make_ticket, cast, later
):
    first, second, answered = make_ticket(), make_ticket(), make_ticket()
    reply(answered, cast.agent)
    later(1200)
    asked = _asks(first, cast.customer)
    later(600)
    merge_tickets([first, answered], into=second, by=cast.lead)
    row = ClockRow.objects.get(pk=f"{second.pk}:{FIRST}")
    assert row.started_at == first.comments.order_by("id")[0].created_at < asked.created_at
    assert set(clocks(first).values()) == {"cancelled"}
    assert clocks(answered) == {WAITING: "cancelled", FIRST: "met"}


def test_s14_an_answered_survivor_owes_a_reply_to_the_question_that_came_with_the_merge(
    answered, make_ticket, cast, later
):
    later(60)
    other = make_ticket()
    later(1200)
    assert NEXT not in clocks(answered)
    merge_tickets([other], into=answered, by=cast.lead)
    row = ClockRow.objects.get(pk=f"{answered.pk}:{NEXT}")
    assert (row.state, row.started_at) == ("running", other.comments.get().created_at)


def test_s14_a_follow_up_is_a_ticket_with_promises_of_its_own(answered, cast, later):
    solve_ticket(answered, by=cast.agent)
    change_status(answered, status_of(Category.CLOSED), by=cast.agent)
    before = clocks(answered)
    later(3600)
    new = NewTicket(subject="Again", requester=cast.customer, follow_up_of=answered)
    words = NewComment(html="<p>It is back</p>", author=cast.customer)
    again = create_ticket(new, by=cast.customer, comment=words)
    assert clocks(again) == {FIRST: "running", WAITING: "running"}
    assert ClockRow.objects.get(pk=f"{again.pk}:{WAITING}").started_at >= again.created_at
    assert clocks(answered) == before


def test_s14_a_reopened_ticket_goes_on_with_its_waiting_and_keeps_its_first_outcome(answered, cast, later):
    later(3600)
    solve_ticket(answered, by=cast.agent)
    later(86_400)
    reopen_ticket(answered, by=cast.agent)
    row = ClockRow.objects.get(pk=f"{answered.pk}:{WAITING}")
    assert (row.state, row.first_outcome) == ("running", "met")
    later(3600)
    solve_ticket(answered, by=cast.agent)
    row.refresh_from_db()
    assert 2 * 3600 <= row.elapsed.total_seconds() < 2 * 3600 + 60


def test_s14_what_is_split_off_is_promised_anew_and_the_source_goes_on(answered, cast, later):
    asked = _asks(answered, cast.customer)
    later(600)
    part = split_comment(asked, subject="Another matter", by=cast.lead)
    assert clocks(part) == {FIRST: "running", WAITING: "running"}
    assert clocks(answered)[NEXT] == "running"


def test_s14_incidents_of_a_problem_ticket_keep_their_own_clocks(promised, make_ticket, cast):
    problem, incident = make_ticket(type=TicketType.PROBLEM), make_ticket()
    link_tickets(problem, incident, kind="incident", by=cast.lead)
    solve_ticket(problem, by=cast.agent)
    assert set(clocks(problem).values()) == {"met"}
    assert clocks(incident) == {FIRST: "running", WAITING: "running"}
    reply(incident, cast.agent)
    assert clocks(incident)[FIRST] == "met"
    unlink_tickets(incident, problem, by=cast.lead)
    assert clocks(incident)[WAITING] == "running"


def test_s14_a_ticket_that_becomes_an_incident_is_promised_what_incidents_are(cast, make_ticket):
    tree = {"all": [{"field": "type", "operator": "is", "value": "incident"}], "any": []}
    save_policy(by=cast.owner, name="Incidents", content=content({Metric.REQUESTER_WAIT: 4}, conditions=tree))
    problem, ticket = make_ticket(type=TicketType.PROBLEM), make_ticket()
    assert clocks(ticket) == {}
    link_tickets(problem, ticket, kind="incident", by=cast.lead)
    assert from_json(Promise.objects.get(pk=ticket.pk).state).values["type"] == TicketType.INCIDENT
    assert clocks(ticket) == {WAITING: "running"}
