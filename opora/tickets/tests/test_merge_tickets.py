import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.events.models import Event
from opora.tickets.actions.link import link_tickets, unlink_tickets
from opora.tickets.actions.merge import merge_tickets, unmerge_ticket
from opora.tickets.actions.split import split_comment
from opora.tickets.models import TicketLink, TicketType
from opora.tickets.queries import conversation_of


def test_merged_conversations_are_shown_together_and_the_requester_is_copied(cast, make_ticket):
    first, second = make_ticket("One"), make_ticket("Two", requester=cast.banker)
    merge_tickets([second], into=first, by=cast.agent)
    second.refresh_from_db()
    assert second.is_closed
    assert {comment.author for comment in conversation_of(first)} == {cast.customer, cast.banker}
    assert [row.person for row in first.collaborations.filter(kind="cc")] == [cast.banker]


def test_a_merge_can_be_undone(cast, make_ticket):
    first, second = make_ticket("One"), make_ticket("Two")
    status = second.status_id
    merge_tickets([second], into=first, by=cast.agent)
    unmerge_ticket(second, by=cast.agent, status_before=status)
    second.refresh_from_db()
    assert (second.merged_into, second.status_id) == (None, status)
    assert conversation_of(first).count() == 1
    assert Event.objects.filter(subject_id=second.pk).latest("id").kind == "ticket.unmerged"


def test_a_chain_of_merges_ends_at_the_last(cast, make_ticket):
    first, second, third = make_ticket("1"), make_ticket("2"), make_ticket("3")
    merge_tickets([first], into=second, by=cast.agent)
    merge_tickets([second], into=third, by=cast.agent)
    first.refresh_from_db()
    assert first.merged_into == third
    assert conversation_of(third).count() == 3


def test_a_ticket_cannot_be_merged_into_itself_or_twice(cast, make_ticket):
    first, second, third = make_ticket("1"), make_ticket("2"), make_ticket("3")
    with pytest.raises(Invalid):
        merge_tickets([first], into=first, by=cast.agent)
    merge_tickets([first], into=second, by=cast.agent)
    with pytest.raises(Invalid):
        merge_tickets([first], into=third, by=cast.agent)
    with pytest.raises(Invalid):
        merge_tickets([third], into=first, by=cast.agent)


def test_an_outsider_may_not_merge(cast, make_ticket):
    with pytest.raises(NotAllowed):
        merge_tickets([make_ticket("1")], into=make_ticket("2"), by=cast.outsider)


def test_a_comment_becomes_a_ticket_of_its_own(cast, ticket):
    comment = ticket.comments.get()
    new = split_comment(comment, subject="Another matter", by=cast.agent)
    assert new.requester == cast.customer
    assert new.comments.get().text == comment.text
    assert TicketLink.objects.get().source == ticket
    assert Event.objects.filter(kind="ticket.comment_split").get().body["new_ticket_id"] == new.pk


def test_links_are_known_on_both_sides_and_removed_on_both(cast, make_ticket):
    first, second = make_ticket("1"), make_ticket("2")
    link_tickets(first, second, kind="child", by=cast.agent)
    link_tickets(first, second, kind="child", by=cast.agent)
    assert TicketLink.objects.count() == 1
    assert {event.body["how"] for event in Event.objects.filter(kind="ticket.linked")} == {"child", "parent"}
    unlink_tickets(second, first, by=cast.agent)
    assert not TicketLink.objects.exists()


def test_incidents_hang_on_a_problem(cast, make_ticket):
    problem, incident = make_ticket("Gateway down", type=TicketType.PROBLEM), make_ticket("Cannot pay")
    link_tickets(problem, incident, kind="incident", by=cast.agent)
    incident.refresh_from_db()
    assert (incident.problem, incident.type) == (problem, TicketType.INCIDENT)
    with pytest.raises(Invalid, match="not a problem"):
        link_tickets(incident, problem, kind="incident", by=cast.agent)
