import pytest

from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of
from opora.people.actions.save_group import save_group
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.save_line import save_line
from opora.routing.models import Escalation


@pytest.fixture
def escalation(cast, ticket):
    group = save_group(by=SYSTEM, name="Second line", members=[cast.second, cast.lead])
    line = save_line(group, by=SYSTEM, tier=2)
    return escalate_ticket(ticket, NewEscalation(line=line, reason="Help"), by=cast.agent)


def told(kind):
    run_overdue_deliveries()
    return {row.person.name: sentence_of(row) for row in Notification.objects.filter(kind=kind)}


def test_the_people_of_the_group_are_told_of_an_escalation(escalation):
    sentence = "Escalated to Second line by Andrii Agent"
    assert told("escalated") == {"Borys Second": sentence, "Lesia Lead": sentence}


def test_whoever_asked_is_told_that_it_was_accepted(cast, escalation):
    accept_escalation(escalation, by=cast.second)
    assert told("answer") == {"Andrii Agent": "Borys Second accepted your escalation for Second line"}


def test_whoever_asked_is_told_that_it_was_rejected(cast, escalation):
    reject_escalation(escalation, by=cast.second, refusal=Escalation.Refusal.NOT_OURS)
    assert told("answer") == {"Andrii Agent": "Second line rejected your escalation"}


def test_whoever_asked_is_told_of_the_answer(cast, escalation):
    accept_escalation(escalation, by=cast.second)
    told("answer")
    hand_back(escalation, by=cast.second, answer="Done.")
    run_overdue_deliveries()
    last = Notification.objects.filter(kind="answer").latest("id")
    assert sentence_of(last) == "Second line answered your escalation"
