"""Standard rules: a new desk has them, one that exists is offered those of newer versions, once."""

import pytest
from django.urls import reverse

from opora.automation.actions.run_automations import run_automations
from opora.automation.actions.save_rule import delete_rule, save_rule
from opora.automation.actions.standard_rules import (
    add_standard_rules,
    create_standard_rules,
    decline_standard_rules,
    offered,
)
from opora.automation.models import Rule, StandardRule
from opora.automation.presets import STANDARD
from opora.core.refusals import NotAllowed
from opora.events.models import Event
from opora.people.queries import desk
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.tests.conftest import content
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Priority

TRIGGER, AUTOMATION = Rule.Kind.TRIGGER, Rule.Kind.AUTOMATION


def _keys(kind=TRIGGER):
    titles = list(Rule.objects.filter(kind=kind).values_list("title", flat=True))
    return [one.key for one in offered(kind, titles)]


def test_a_new_desk_has_them_all_and_is_offered_none(cast):
    create_standard_rules("uk")
    assert set(StandardRule.objects.values_list("key", flat=True)) == {one.key for one in STANDARD}
    assert _keys() == _keys(AUTOMATION) == []


def test_an_older_desk_is_offered_what_it_has_under_no_title_in_any_language(cast):
    tree = {"all": [{"field": "status", "operator": "is", "value": "new"}], "any": []}
    save_rule(
        by=cast.owner, kind="trigger", title="Подтвердить получение", conditions=tree,
        steps=[{"field": "add_tags", "value": ["x"]}],
    )  # fmt: skip
    assert "confirm_receipt" not in _keys()
    assert _keys() == ["reopened_again", "reminded_answered", "asked_again"]


def test_those_chosen_are_added_switched_off_at_the_end_in_the_desks_language(cast):
    create_standard_rules("en", without=("asked_again", "promise_broken"))
    row = desk()
    row.locale = "uk"
    row.save()
    (made,) = add_standard_rules(["asked_again", "confirm_receipt", "no such"], by=cast.owner)
    assert (made.is_active, made.position, made.title) == (
        False, 6, "Клієнт пише знову, а ми ще не відповіли"
    )  # fmt: skip
    assert _keys() == []
    assert Event.objects.filter(kind="rule.saved", subject_id=made.pk, actor_id=cast.owner.pk).exists()
    delete_rule(made, by=cast.owner)
    assert _keys() == []
    assert add_standard_rules(["asked_again"], by=cast.owner) == []


def test_those_declined_are_offered_no_more_and_the_log_says_who_declined_them(cast):
    create_standard_rules("en", without=("asked_again",))
    decline_standard_rules(["asked_again"], by=cast.owner)
    decline_standard_rules(["asked_again"], by=cast.owner)
    assert _keys() == []
    fact = Event.objects.get(kind="standard_rule.declined")
    assert fact.body["name"] == "The customer asks again before we answered"
    with pytest.raises(NotAllowed):
        decline_standard_rules(["confirm_receipt"], by=cast.agent)


def test_the_list_offers_them_quietly(cast, as_):
    create_standard_rules("en", without=("asked_again", "promise_broken"))
    lead, page = as_(cast.lead), reverse("automation:triggers")
    assert "asked_again" in lead.get(page).content.decode()
    assert "promise_broken" not in lead.get(page).content.decode()
    door = reverse("automation:standard_triggers")
    assert "Choose at least one" in lead.post(door, {}, follow=True).content.decode()
    lead.post(door, {"keys": ["asked_again"]})
    assert not Rule.objects.get(title="The customer asks again before we answered").is_active
    assert "Standard rules of newer" not in lead.get(page).content.decode()
    lead.post(reverse("automation:standard_automations"), {"decline": "1", "shown": ["promise_broken"]})
    assert "Standard rules of newer" not in lead.get(reverse("automation:automations")).content.decode()
    assert as_(cast.agent).post(door, {"keys": ["asked_again"]}).status_code == 403


def test_a_customer_who_asks_again_before_an_answer_is_heard_sooner(cast, make_ticket):
    create_standard_rules("en")
    Rule.objects.filter(title="The customer asks again before we answered").update(is_active=True)
    waits, answered = make_ticket(priority=Priority.NORMAL), make_ticket(priority=Priority.NORMAL)
    add_comment(answered, NewComment(html="<p>Soon</p>", author=cast.agent), by=cast.agent)
    for ticket in (waits, answered):
        add_comment(ticket, NewComment(html="<p>Hello?</p>", author=cast.customer), by=cast.customer)
        ticket.refresh_from_db()
    assert (waits.priority, answered.priority) == (Priority.HIGH, Priority.NORMAL)


def test_a_ticket_with_a_broken_promise_is_marked_once(cast, make_ticket, later):
    create_standard_rules("en")
    Rule.objects.filter(title="Mark tickets with a broken promise").update(is_active=True)
    save_policy(by=cast.owner, name="Everybody", content=content({Metric.FIRST_REPLY: 1}))
    ticket = make_ticket()
    assert run_automations() == 0
    later(3700)
    notice_due_clocks()
    assert run_automations() == 1
    assert list(ticket.tags.values_list("name", flat=True)) == ["promise_broken"]
    assert run_automations() == 0
