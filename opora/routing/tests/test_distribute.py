from datetime import timedelta

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.people.actions.deactivate_colleague import deactivate_colleague
from opora.people.actions.save_group import save_group
from opora.routing.actions.distribute import distribute
from opora.routing.actions.return_ticket import return_ticket
from opora.routing.actions.save_queue import remove_queue, save_queue
from opora.routing.actions.save_requirement import save_requirement
from opora.routing.actions.save_skill import save_skill
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.actions.set_skills import set_skills
from opora.routing.actions.sort_unassigned import sort_unassigned
from opora.routing.models import AgentPresence, Turn, Waiting
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.solve import reopen_ticket, solve_ticket
from opora.tickets.models import Category, Priority, Ticket


def owner_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).assignee


def routed(ticket):
    event = Event.objects.filter(kind="ticket.routed", subject_id=ticket.pk).order_by("id").last()
    return event.body if event else None


def why_left_out(ticket):
    return {row[1]: row[2] for row in routed(ticket)["left_out"]}


def test_a_new_ticket_goes_to_whoever_is_free_and_says_why(cast, queue, be, make_ticket, work):
    be("online", cast.agent)
    ticket = make_ticket()
    assert work() == 1
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.category) == (cast.agent, Category.OPEN)
    body = routed(ticket)
    assert (body["queue_name"], body["assignee_name"]) == ("All", "Andrii Agent")
    assert [row[1] for row in body["fitting"]] == ["Andrii Agent"]
    assert why_left_out(ticket) == {
        "Olena Owner": "offline",
        "Lesia Lead": "offline",
        "Borys Second": "offline",
    }
    assert not Waiting.objects.exists()


def test_the_author_of_the_assignment_is_the_queue(cast, queue, be, make_ticket, work):
    be("online", cast.agent)
    ticket = make_ticket()
    work()
    event = Event.objects.get(kind="ticket.routed", subject_id=ticket.pk)
    assigned = Event.objects.get(kind="ticket.assigned", subject_id=ticket.pk)
    assert (event.actor_kind, event.actor_name, event.via) == ("rule", "All", "rule")
    assert event.update_id == assigned.update_id


def test_without_anybody_online_a_ticket_waits_until_somebody_comes(cast, queue, be, make_ticket, work):
    be("away", cast.agent)
    ticket = make_ticket()
    assert work() == 0
    assert owner_of(ticket) is None
    assert Waiting.objects.get().queue == queue
    assert Event.objects.filter(kind="ticket.queued", subject_id=ticket.pk).count() == 1
    be("online", cast.second)
    work()
    assert owner_of(ticket) == cast.second


def test_without_queues_nothing_is_routed(cast, be, make_ticket, work):
    be("online", cast.agent)
    ticket = make_ticket()
    work()
    assert owner_of(ticket) is None
    assert not Waiting.objects.exists()


def test_nobody_gets_more_than_their_capacity_and_a_solved_ticket_makes_room(
    cast, queue, be, can_have, make_ticket, work
):
    be("online", cast.agent)
    can_have(2, cast.agent)
    tickets = [make_ticket(f"Ticket {number}") for number in range(3)]
    work()
    assert [owner_of(ticket) for ticket in tickets] == [cast.agent, cast.agent, None]
    solve_ticket(tickets[0], by=cast.agent)
    work()
    assert owner_of(tickets[2]) == cast.agent


def test_the_most_urgent_goes_first_then_the_longest_waiting(cast, queue, be, can_have, make_ticket, work):
    can_have(2, cast.agent)
    low = make_ticket("Low", priority=Priority.LOW)
    first = make_ticket("First")
    make_ticket("Second")
    urgent = make_ticket("High", priority=Priority.HIGH)
    work()
    be("online", cast.agent)
    work()
    # 150 of 200 are taken by the high one; 50 are left, for which nothing ordinary is light enough.
    assert owner_of(urgent) == cast.agent
    assert owner_of(first) is None
    assert owner_of(low) is None


def test_pending_tickets_weigh_little(cast, queue, be, can_have, make_ticket, work):
    be("online", cast.agent)
    can_have(2, cast.agent)
    for number in range(4):
        held = make_ticket(f"Pending {number}", assignee=cast.agent)
        Ticket.objects.filter(pk=held.pk).update(category=Category.PENDING)
    ticket = make_ticket()
    work()
    assert owner_of(ticket) == cast.agent


def test_a_closed_way_of_working_gets_nothing(cast, queue, be, make_ticket, work):
    be("online", cast.agent, closed_ways=["mail"])
    be("online", cast.second)
    ticket = make_ticket()
    work()
    assert owner_of(ticket) == cast.second
    assert why_left_out(ticket)["Andrii Agent"] == "closed"


def test_in_turn_everybody_gets_the_same_number(cast, queue, be, make_ticket, work):
    save_queue(queue, by=SYSTEM, strategy="round_robin")
    be("online", cast.agent, cast.second, cast.lead)
    tickets = [make_ticket(f"Ticket {number}") for number in range(7)]
    work()
    shares = [
        sum(owner_of(ticket) == person for ticket in tickets)
        for person in (cast.agent, cast.second, cast.lead)
    ]
    assert sorted(shares) == [2, 2, 3]
    assert sorted(Turn.objects.values_list("number", flat=True)) == [5, 6, 7]


def test_the_language_of_the_customer_is_a_skill_and_gives_way_in_time(
    cast, queue, be, make_ticket, work, later
):
    save_queue(queue, by=SYSTEM, language="wanted", relax_minutes=10)
    polish = save_skill(by=SYSTEM, name="Polish", kind="language", locale="pl")
    set_skills(cast.second, {polish: 2}, by=SYSTEM)
    be("online", cast.agent)
    ticket = make_ticket(locale="pl")
    work()
    assert owner_of(ticket) is None
    later(11 * 60)
    assert distribute() == 0
    later(11 * 60)
    assert distribute() == 1
    assert owner_of(ticket) == cast.agent
    assert routed(ticket)["step"] == 2


def test_whoever_speaks_the_language_gets_the_ticket(cast, queue, be, make_ticket, work):
    save_queue(queue, by=SYSTEM, language="firm")
    polish = save_skill(by=SYSTEM, name="Polish", kind="language", locale="pl")
    set_skills(cast.second, {polish: 3}, by=SYSTEM)
    be("online", cast.agent, cast.second)
    ticket = make_ticket(locale="pl")
    work()
    assert owner_of(ticket) == cast.second
    assert why_left_out(ticket)["Andrii Agent"] == "skill"


def test_a_rule_says_which_tickets_need_which_skill(cast, queue, be, make_ticket, work):
    refunds = save_skill(by=SYSTEM, name="Refunds")
    condition = {"all": [{"field": "tags", "operator": "includes", "value": "refund"}]}
    save_requirement(by=SYSTEM, skill=refunds, level=2, conditions=condition, is_firm=True)
    set_skills(cast.second, {refunds: 2}, by=SYSTEM)
    be("online", cast.agent, cast.second)
    ticket, other = make_ticket(tags=["refund"]), make_ticket("Other")
    work()
    assert owner_of(ticket) == cast.second
    assert owner_of(other) == cast.agent


def test_the_customer_comes_back_to_whoever_knows_them(cast, queue, be, make_ticket, work):
    save_queue(queue, by=SYSTEM, is_sticky=True)
    known = make_ticket("Known", assignee=cast.second)
    be("online", cast.agent, cast.second)
    ticket = make_ticket()
    work()
    assert owner_of(known) == owner_of(ticket) == cast.second
    assert routed(ticket)["knows_customer"] is True


def test_the_first_queue_whose_conditions_hold_takes_the_ticket_to_its_group(
    cast, queue, be, make_ticket, work
):
    second_line = save_group(by=SYSTEM, name="Second line", members=[cast.second])
    urgent = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}]}
    save_queue(by=SYSTEM, name="Urgent", conditions=urgent, group=second_line, position=0)
    save_queue(queue, by=SYSTEM, position=1)
    be("online", cast.agent, cast.second)
    ticket = make_ticket(priority=Priority.URGENT)
    work()
    ticket.refresh_from_db()
    assert (ticket.group, ticket.assignee) == (second_line, cast.second)


def test_a_ticket_whose_priority_changes_changes_its_queue(cast, queue, make_ticket, work):
    urgent = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}]}
    fast = save_queue(by=SYSTEM, name="Urgent", conditions=urgent, position=0)
    save_queue(queue, by=SYSTEM, position=1)
    ticket = make_ticket()
    work()
    assert Waiting.objects.get(pk=ticket.pk).queue == queue
    change_ticket(ticket, by=cast.agent, priority=Priority.URGENT)
    work()
    assert Waiting.objects.get(pk=ticket.pk).queue == fast


def test_a_ticket_that_loses_its_assignee_is_given_to_somebody(cast, queue, be, ticket, work):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    work()
    be("online", cast.second)
    assign_ticket(ticket, by=cast.lead, assignee=None)
    work()
    assert owner_of(ticket) == cast.second


def test_put_back_by_hand_it_goes_to_somebody_else(cast, queue, be, ticket, work):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    be("online", cast.agent)
    return_ticket(ticket, by=cast.agent)
    work()
    assert owner_of(ticket) is None
    be("online", cast.second)
    work()
    assert owner_of(ticket) == cast.second
    assert why_left_out(ticket)["Andrii Agent"] == "returned"


def test_a_reopened_ticket_leaves_whoever_is_offline_when_somebody_is_free(cast, queue, be, ticket, work):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    solve_ticket(ticket, by=cast.agent)
    be("online", cast.second)
    work()
    reopen_ticket(ticket, by=cast.lead)
    work()
    assert owner_of(ticket) == cast.second
    assert Event.objects.get(kind="ticket.returned").body["why"] == "absent"


def test_a_reopened_ticket_stays_with_whoever_knows_it_while_nobody_is_free(cast, queue, ticket, work):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    solve_ticket(ticket, by=cast.agent)
    reopen_ticket(ticket, by=cast.lead)
    work()
    assert owner_of(ticket) == cast.agent


def test_work_of_somebody_who_leaves_goes_to_others(cast, queue, be, ticket, work):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    be("online", cast.second)
    deactivate_colleague(cast.agent, by=cast.owner)
    work()
    assert owner_of(ticket) == cast.second


def test_solved_while_it_waits_a_ticket_is_given_to_nobody(cast, queue, be, ticket, work):
    work()
    solve_ticket(ticket, by=cast.agent)
    Ticket.objects.filter(pk=ticket.pk).update(assignee=None)
    be("online", cast.second)
    work()
    assert owner_of(ticket) is None


def test_a_new_queue_takes_what_nobody_has_and_a_removed_one_gives_it_back(cast, be, ticket, work):
    be("online", cast.agent)
    work()
    made = save_queue(by=SYSTEM, name="Late", language="ignored")
    sort_unassigned.call()
    assert owner_of(ticket) == cast.agent
    remove_queue(made, by=SYSTEM)
    assert not Waiting.objects.filter(queue=made).exists()


def test_whoever_may_not_answer_customers_gets_nothing(cast, queue, be, ticket, work):
    save_group(cast.group, by=SYSTEM, members=[cast.outsider])
    set_presence(cast.outsider, Chosen(state=AgentPresence.State.ONLINE), by=cast.outsider)
    work()
    assert owner_of(ticket) is None


def test_a_place_in_the_queue_is_kept_while_the_ticket_changes(cast, queue, make_ticket, work, later):
    ticket = make_ticket()
    work()
    since = Waiting.objects.get(pk=ticket.pk).since
    later(300)
    change_ticket(ticket, by=cast.agent, subject="Another subject")
    work()
    assert Waiting.objects.get(pk=ticket.pk).since == since < clock.now() - timedelta(seconds=200)
