import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.delivering import fact_of, run_overdue_deliveries
from opora.events.models import Delivery, Event
from opora.events.recording import coming_via
from opora.people.actions.change_person import change_person
from opora.people.actions.create_person import create_person
from opora.people.actions.save_organization import save_organization
from opora.people.actions.suspend_person import suspend_person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.remove import delete_ticket
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import Priority
from opora.webhooks.actions.invoke_webhook import invoke_for_event
from opora.webhooks.events import WebhookSaved
from opora.webhooks.models import Invocation
from opora.webhooks.payloads.envelope import sample_body
from opora.webhooks.subscribers import _is_wanted
from opora.webhooks.vocabulary import EVENT_TYPES, FACTS, PREFIX, label_of


@pytest.fixture
def told(make_webhook):
    """A webhook that hears everything, and a function that returns what it was told since it was last asked."""
    make_webhook(subscriptions=list(EVENT_TYPES))
    seen: set[int] = set()

    def since() -> dict[str, dict]:
        run_overdue_deliveries()
        new = list(Invocation.objects.exclude(pk__in=seen).order_by("id"))
        seen.update(one.pk for one in new)
        return {one.event_type.removeprefix(PREFIX): json.loads(one.body) for one in new}

    return since


def test_a_new_ticket_is_told_in_the_common_envelope(told, ticket, cast):
    event = Event.objects.get(kind="ticket.created")
    body = told()["ticket.created"]
    assert set(body) == {
        "account_id", "detail", "event", "id", "subject", "time", "type", "zendesk_event_version",
    }  # fmt: skip
    assert body["type"] == "zen:event-type:ticket.created"
    assert body["subject"] == f"zen:ticket:{ticket.pk}"
    assert body["time"] == event.occurred_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert body["event"]["meta"]["sequence"]["id"] == str(event.update_id)
    detail = body["detail"]
    assert detail["id"] == str(ticket.pk)
    assert detail["actor_id"] == detail["requester_id"] == str(cast.customer.pk)
    assert (detail["status"], detail["subject"]) == ("NEW", "Where is my order?")
    assert detail["description"].startswith("I wait since Monday")


def test_what_happens_on_a_ticket_is_told_with_before_and_after(told, ticket, cast):
    told()
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent, group=cast.group)
    found = told()
    assert found["ticket.agent_assignment_changed"]["event"]["current"] == str(cast.agent.pk)
    assert found["ticket.agent_assignment_changed"]["event"]["previous"] is None
    assert found["ticket.agent_assignment_changed"]["detail"]["actor_id"] == str(cast.lead.pk)

    change_ticket(ticket, by=cast.agent, priority=Priority.URGENT, subject="Lost parcel")
    set_tags(ticket, ["vip"], by=cast.agent)
    found = told()
    assert found["ticket.priority_changed"]["event"]["current"] == "URGENT"
    assert found["ticket.subject_changed"]["event"]["previous"] == "Where is my order?"
    assert found["ticket.tags_changed"]["event"]["tags_added"] == ["vip"]
    assert found["ticket.tags_changed"]["detail"]["tags"] == ["vip"]

    add_comment(ticket, NewComment(html="<p>On its way</p>", author=cast.agent), by=cast.agent)
    author = {"id": str(cast.agent.pk), "is_staff": True, "name": "Andrii Agent"}
    comment = told()["ticket.comment_added"]["event"]["comment"]
    assert (comment["author"], comment["body"], comment["is_public"]) == (author, "On its way", True)

    solve_ticket(ticket, by=cast.agent)
    change = told()["ticket.status_changed"]["event"]
    assert change["current"] == "SOLVED"

    field = save_field(by=cast.owner, title="Order", type="text")
    set_field_values(ticket, {field.pk: "UA-1"}, by=cast.agent)
    change = told()["ticket.custom_field_changed"]["event"]
    assert change["custom_field"] == {"id": str(field.pk), "title": "Order", "type": "text"}
    assert (change["previous"], change["current"]) == (None, "UA-1")


def test_merging_and_deleting_are_told(told, make_ticket, cast):
    first, second = make_ticket(), make_ticket("Again")
    told()
    merge_tickets([second], into=first, by=cast.lead)
    assert told()["ticket.merged"]["event"]["target_ticket_id"] == str(first.pk)
    delete_ticket(first, by=cast.lead)
    assert told()["ticket.soft_deleted"]["subject"] == f"zen:ticket:{first.pk}"


def test_people_and_organizations_are_told(told, cast):
    told()
    person = create_person(by=SYSTEM, name="Nova", email="nova@example.com")
    body = told()["user.created"]
    assert body["subject"] == f"zen:user:{person.pk}"
    assert (body["detail"]["role"], body["detail"]["organization_id"]) == ("end-user", "0")
    change_person(person, by=cast.owner, name="Nova Nowak")
    assert told()["user.name_changed"]["event"] == {"current": "Nova Nowak", "previous": "Nova"}
    suspend_person(person, by=cast.owner)
    assert told()["user.suspended_changed"]["event"] == {"current": True, "previous": False}
    bank = save_organization(by=cast.owner, name="Second Bank")
    assert told()["organization.created"]["detail"]["id"] == str(bank.pk)
    save_organization(bank, by=cast.owner, name="Third Bank")
    assert told()["organization.name_changed"]["event"]["previous"] == "Second Bank"


def test_a_webhook_hears_only_what_it_asked_for(make_webhook, ticket, cast):
    make_webhook(subscriptions=[f"{PREFIX}ticket.priority_changed"])
    change_ticket(ticket, by=cast.agent, priority=Priority.HIGH, subject="Other")
    run_overdue_deliveries()
    assert [one.event_type for one in Invocation.objects.all()] == [f"{PREFIX}ticket.priority_changed"]


def test_one_that_is_switched_off_hears_nothing(make_webhook, make_ticket):
    make_webhook(is_active=False)
    make_ticket()
    assert not Delivery.objects.filter(reaction__startswith="webhooks").exists()


def test_telling_twice_of_one_event_owes_one_request(make_webhook, ticket):
    make_webhook()
    event = Event.objects.get(kind="ticket.created")
    invoke_for_event(fact_of(event), event)
    invoke_for_event(fact_of(event), event)
    assert Invocation.objects.count() == 1


def test_history_that_is_brought_in_is_not_news(make_webhook, make_ticket):
    make_webhook()
    with coming_via("import"):
        make_ticket()
    with clock.at(clock.now().replace(year=2020)):
        yesterday = make_ticket("Old")
    Event.objects.filter(subject_kind="ticket", subject_id=yesterday.pk).update(recorded_at=clock.now())
    run_overdue_deliveries()
    assert not Invocation.objects.exists()


def test_where_nobody_listens_a_fact_costs_one_question_at_most(cast, ticket):
    fact = fact_of(Event.objects.get(kind="ticket.created"))
    assert not _is_wanted(fact)  # reads what is wanted; from then on it asks whether that has changed
    with CaptureQueriesContext(connection) as asked:
        assert not _is_wanted(fact)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert not _is_wanted(WebhookSaved(name="x", changes={}))
    assert len(asked) == 0


def test_every_kind_of_event_has_a_name_words_and_a_sample():
    assert len(EVENT_TYPES) == len({str(kind.label) for kind in EVENT_TYPES.values()}) >= 30
    for name, kind in EVENT_TYPES.items():
        assert name.startswith("zen:event-type:")
        assert kind.domain in {"ticket", "user", "organization"}
        assert label_of(name) == str(kind.label)
    assert FACTS


@pytest.mark.django_db
@pytest.mark.parametrize("short", ["ticket.created", "ticket.status_changed", "user.created"])
def test_a_sample_is_an_envelope(short):
    body = json.loads(sample_body(EVENT_TYPES[PREFIX + short], "2026-11-21T10:00:00Z"))
    assert body["type"] == PREFIX + short
    assert {"account_id", "detail", "event", "id", "subject", "time", "zendesk_event_version"} < set(body)
