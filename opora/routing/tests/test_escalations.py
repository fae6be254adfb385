import pytest

from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.people.actions.save_group import save_group
from opora.people.models import Role
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.save_line import Item, remove_line, save_line
from opora.routing.actions.withdraw_escalation import withdraw_escalation
from opora.routing.models import ChecklistAnswer, Escalation
from opora.testing.at_once import at_once
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Ticket

Refusal = Escalation.Refusal


@pytest.fixture
def second_line(cast):
    """A line that takes tickets over and wants to know two things."""
    group = save_group(by=SYSTEM, name="Second line", members=[cast.second, cast.lead])
    items = [Item(title="Steps to repeat?"), Item(title="Log", kind="file", is_required=False)]
    return save_line(group, by=SYSTEM, tier=2, takes_over=True, items=items)


@pytest.fixture
def developers(cast):
    """Specialists who may only write notes, and answer without taking the ticket."""
    role = Role.objects.get(kind=Role.Kind.LIGHT_AGENT)
    cast.outsider.role = role
    cast.outsider.save(update_fields=["role"])
    group = save_group(by=SYSTEM, name="Developers", members=[cast.outsider])
    return save_line(group, by=SYSTEM, tier=None, takes_over=False, items=[])


@pytest.fixture
def mine(cast, ticket):
    """A ticket that the agent works on."""
    return assign_ticket(ticket, by=cast.agent, assignee=cast.agent)


@pytest.fixture
def escalated(cast, mine, second_line):
    return escalate_ticket(mine, request_to(second_line), by=cast.agent)


def request_to(line, reason="The bank says no.", **more):
    answers = {item.pk: "Pay twice." for item in line.items.filter(kind="text")}
    return NewEscalation(line=line, reason=reason, **{"answers": answers, **more})


def place_of(ticket):
    fresh = Ticket.objects.select_related("group", "assignee").get(pk=ticket.pk)
    return (fresh.group.name, fresh.assignee)


def kinds_of(ticket):
    events = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, kind__contains="escalation")
    return [event.kind.removeprefix("ticket.escalation_") for event in events.order_by("id")]


def test_the_ticket_moves_to_the_line_that_takes_over(cast, escalated, mine):
    assert place_of(mine) == ("Second line", None)
    assert (escalated.from_group, escalated.from_person) == (cast.group, cast.agent)
    body = Event.objects.get(kind="ticket.escalation_opened").body
    assert (body["tier"], body["to_group_name"], body["answered"]) == (2, "Second line", 1)


def test_the_request_is_an_internal_note_with_the_answers_and_the_files(cast, mine, second_line):
    item = second_line.items.get(kind="file")
    log = upload_attachment([b"boom"], name="gateway.log", content_type="text/plain", uploader=cast.agent)
    escalate_ticket(mine, request_to(second_line, files={item.pk: log}), by=cast.agent)
    note = mine.comments.latest("id")
    assert not note.is_public
    assert "The bank says no." in note.text
    assert "Steps to repeat?: Pay twice." in note.text
    assert [file.name for file in note.attachments.all()] == ["gateway.log"]
    assert ChecklistAnswer.objects.get(kind="file").attachment == log


def test_what_the_line_insists_on_must_be_said(cast, mine, second_line):
    with pytest.raises(Invalid, match="Second line needs to know: Steps to repeat") as refusal:
        escalate_ticket(mine, request_to(second_line, answers={}), by=cast.agent)
    assert refusal.value.field.startswith("item_")
    with pytest.raises(Invalid, match="Say what you need"):
        escalate_ticket(mine, request_to(second_line, reason="  "), by=cast.agent)
    assert not Escalation.objects.exists()


def test_a_group_has_one_escalation_of_a_ticket_at_a_time(cast, mine, developers):
    escalate_ticket(mine, request_to(developers), by=cast.agent)
    with pytest.raises(Conflict, match="has an escalation of this ticket already"):
        escalate_ticket(mine, request_to(developers), by=cast.agent)


def test_a_ticket_is_not_escalated_to_whom_it_belongs_nor_to_a_line_that_is_gone(cast, mine, second_line):
    remove_line(second_line, by=SYSTEM)
    second_line.refresh_from_db()
    with pytest.raises(Invalid, match="takes no escalations"):
        escalate_ticket(mine, request_to(second_line), by=cast.agent)
    own = save_line(cast.group, by=SYSTEM, tier=1)
    with pytest.raises(Conflict, match="is with"):
        escalate_ticket(mine, request_to(own), by=cast.agent)


def test_whoever_accepts_gets_the_ticket(cast, escalated, mine):
    accepted = accept_escalation(escalated, by=cast.second)
    assert (accepted.state, accepted.accepted_by) == ("accepted", cast.second)
    assert place_of(mine) == ("Second line", cast.second)
    assert kinds_of(mine) == ["opened", "accepted"]
    with pytest.raises(Conflict, match="Borys Second has accepted this already"):
        accept_escalation(escalated, by=cast.lead)


def test_only_the_receiving_group_and_leads_answer(cast, escalated):
    for step in (
        lambda: accept_escalation(escalated, by=cast.agent),
        lambda: reject_escalation(escalated, by=cast.agent, refusal=Refusal.NOT_OURS),
        lambda: hand_back(escalated, by=cast.agent, answer="Done."),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_rejected_for_missing_information_it_goes_back_to_the_sender_with_words(cast, escalated, mine):
    with pytest.raises(Invalid, match="Say what is missing"):
        reject_escalation(escalated, by=cast.second, refusal=Refusal.INCOMPLETE)
    rejected = reject_escalation(
        escalated, by=cast.second, refusal=Refusal.INCOMPLETE, words="Which terminal?"
    )
    assert (rejected.state, rejected.refusal) == ("rejected", "incomplete")
    assert place_of(mine) == (cast.group.name, cast.agent)
    assert "Which terminal?" in mine.comments.latest("id").text
    assert Event.objects.get(kind="ticket.escalation_rejected").body["refusal"] == "incomplete"
    with pytest.raises(Conflict, match="This escalation is over"):
        accept_escalation(escalated, by=cast.second)


def test_what_is_accepted_cannot_be_rejected(cast, escalated):
    accept_escalation(escalated, by=cast.second)
    with pytest.raises(Conflict, match="Hand it back"):
        reject_escalation(escalated, by=cast.second, refusal=Refusal.NOT_OURS)


def test_handed_back_the_ticket_returns_with_the_answer(cast, escalated, mine):
    accept_escalation(escalated, by=cast.second)
    done = hand_back(escalated, by=cast.second, answer="The certificate was renewed.")
    assert (done.state, done.closed_by) == ("handed_back", cast.second)
    assert place_of(mine) == (cast.group.name, cast.agent)
    assert "The certificate was renewed." in mine.comments.latest("id").text
    assert kinds_of(mine) == ["opened", "accepted", "handed_back"]
    body = Event.objects.get(kind="ticket.escalation_handed_back").body
    assert body["opened_at"] and body["accepted_at"]


def test_specialists_answer_while_the_ticket_stays_with_its_sender(cast, mine, developers):
    escalation = escalate_ticket(mine, request_to(developers), by=cast.agent)
    assert place_of(mine) == (cast.group.name, cast.agent)
    hand_back(escalation, by=cast.outsider, answer="Fixed in 4.2.")
    assert place_of(mine) == (cast.group.name, cast.agent)
    assert mine.comments.latest("id").author == cast.outsider
    assert kinds_of(mine) == ["opened", "accepted", "handed_back"]


def test_a_ticket_can_go_on_from_line_to_line_and_comes_back_step_by_step(cast, escalated, mine, developers):
    accept_escalation(escalated, by=cast.second)
    further = escalate_ticket(mine, request_to(developers), by=cast.second)
    assert further.from_group.name == "Second line"
    hand_back(further, by=cast.outsider, answer="A bug.")
    hand_back(escalated, by=cast.second, answer="It was a bug.")
    assert place_of(mine) == (cast.group.name, cast.agent)


def test_the_sender_takes_it_back(cast, escalated, mine):
    withdraw_escalation(escalated, by=cast.agent)
    assert place_of(mine) == (cast.group.name, cast.agent)
    assert kinds_of(mine) == ["opened", "withdrawn"]
    with pytest.raises(NotAllowed):
        withdraw_escalation(escalated, by=cast.outsider)


def test_escalations_end_with_the_ticket(cast, mine, developers, work):
    escalation = escalate_ticket(mine, request_to(developers), by=cast.agent)
    solve_ticket(mine, by=cast.agent)
    work()
    escalation.refresh_from_db()
    assert escalation.state == "withdrawn"


def test_solved_by_the_line_that_accepted_it_the_ticket_is_the_answer(cast, escalated, mine, work):
    accept_escalation(escalated, by=cast.second)
    mine.refresh_from_db()
    solve_ticket(mine, by=cast.second)
    work()
    escalated.refresh_from_db()
    assert escalated.state == "handed_back"


def test_a_sender_who_left_gets_nothing_back(cast, escalated, mine):
    cast.agent.is_active = False
    cast.agent.save(update_fields=["is_active"])
    hand_back(escalated, by=cast.second, answer="Done.")
    assert place_of(mine) == (cast.group.name, None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_told(transactional_db, cast, escalated):
    refused = []

    def accept(person):
        try:
            accept_escalation(Escalation.objects.get(pk=escalated.pk), by=person)
        except Conflict as refusal:
            refused.append(refusal.sentence)

    at_once(lambda: accept(cast.second), lambda: accept(cast.lead))
    assert len(refused) == 1
    assert Event.objects.filter(kind="ticket.escalation_accepted").count() == 1
