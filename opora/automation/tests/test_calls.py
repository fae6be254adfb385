"""Rules call webhooks: JSON with places to fill in, escaped, sent after the commit, once for each firing."""

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from opora.automation.calls import clean_call
from opora.automation.models import Rule
from opora.core.liquid import fill_json
from opora.core.refusals import Invalid
from opora.events.delivering import run_overdue_deliveries
from opora.events.models import Event
from opora.tickets.actions.change import change_ticket
from opora.tickets.steps import sentences_of
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Invocation
from opora.webhooks.vocabulary import BY_RULES

BODY = '{"ticket": {{ticket.id}}, "about": "{{ticket.title}}", "who": "{{ticket.requester.name}}"}'
URGENT = [("priority", "changed", ""), ("priority", "is", "urgent")]


@pytest.fixture
def webhook(cast):
    def make(**fields):
        given = {"name": "Warehouse", "endpoint": "https://erp.example.com/in", "subscriptions": [BY_RULES]}
        return save_webhook(by=cast.owner, **(given | fields))

    return make


def _step(webhook, body=BODY):
    return ("call_webhook", {"webhook": webhook.public_id, "body": body})


def test_a_trigger_calls_a_webhook_after_the_commit_with_values_escaped(cast, rule, webhook, make_ticket):
    rule("Tell the warehouse", URGENT, _step(webhook()), ("add_tags", ["told"]))
    ticket = make_ticket('Said "broken"\\ by post')
    change_ticket(ticket, by=cast.agent, priority=4)
    assert not Invocation.objects.exists()
    run_overdue_deliveries()
    sent = Invocation.objects.get()
    assert json.loads(sent.body) == {
        "ticket": ticket.pk,
        "about": 'Said "broken"\\ by post',
        "who": "Kateryna Customer",
    }
    assert (sent.ticket_id, sent.actor_name) == (ticket.pk, "Tell the warehouse")
    fired = Event.objects.get(kind="ticket.rule_fired")
    assert sent.event_id == fired.pk
    assert [step["field"] for step in fired.body["sends"]] == ["call_webhook"]
    run_overdue_deliveries()
    assert Invocation.objects.count() == 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_whatever_is_filled_in_the_body_stays_json_and_says_the_same(text):
    assert json.loads(fill_json('{"a": "x {{ticket}} y"}', {"ticket": text})) == {"a": f"x {text} y"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "Write the body"),
        ('{"a": 1', "is no JSON in line 1"),
        ('{"a": {{ticket.title}}}', "is no JSON"),
        ('{"a": {{ticket.assignee.id}}}', "is no JSON"),
        ('{"a": "{{ticket.title"}', "placeholders cannot be understood"),
    ],
)
def test_a_body_that_would_not_be_json_is_refused_when_it_is_saved(cast, webhook, body, said):
    with pytest.raises(Invalid) as refusal:
        clean_call({"webhook": webhook().public_id, "body": body})
    assert said in refusal.value.sentence


def test_only_webhooks_of_rules_that_take_json_can_be_called(cast, webhook):
    of_events = webhook(name="Events", subscriptions=["zen:event-type:ticket.created"])
    of_forms = webhook(name="Forms", request_format="form_encoded")
    for one in (of_events, of_forms):
        with pytest.raises(Invalid):
            clean_call({"webhook": one.public_id, "body": "{}"})
    asks = webhook(name="Asks", http_method="GET")
    assert clean_call({"webhook": asks.public_id, "body": " "})["body"] == ""
    with pytest.raises(Invalid):
        clean_call({"webhook": asks.public_id, "body": "{}"})


def test_a_rule_calls_one_webhook_once(cast, rule, webhook):
    one = webhook()
    with pytest.raises(Invalid) as refusal:
        rule("Twice", URGENT, _step(one), _step(one, '{"b": 1}'))
    assert "once" in refusal.value.sentence


@pytest.mark.parametrize("gone", [True, False])
def test_a_webhook_that_is_gone_or_off_is_not_called_and_the_ticket_says_so(
    cast, rule, webhook, ticket, gone
):
    one = webhook()
    rule("Tell the warehouse", URGENT, _step(one))
    if gone:
        save_webhook(one, by=cast.owner, subscriptions=["zen:event-type:ticket.created"])
    else:
        save_webhook(one, by=cast.owner, is_active=False)
    change_ticket(ticket, by=cast.agent, priority=4)
    run_overdue_deliveries()
    assert not Invocation.objects.exists()
    refused = Event.objects.get(kind="ticket.rule_refused")
    assert ("not there any more" if gone else "switched off") in refused.body["reason"]


def test_the_step_is_written_in_the_editor_said_in_words_and_tried(cast, as_, webhook, ticket):
    owner, one = as_(cast.owner), webhook()
    page = reverse("automation:new_trigger")
    given = {
        "title": "Tell the warehouse", "is_active": "on",
        "conditions-all-0-field": "priority", "conditions-all-0-operator": "is", "conditions-all-0-value": "urgent",
        "steps-steps-0-field": "call_webhook", "steps-steps-0-value": one.public_id, "steps-steps-0-body": "{",
    }  # fmt: skip
    answer = owner.post(page, given)
    assert answer.status_code == 422
    assert "is no JSON in line 1" in answer.content.decode()
    assert owner.post(page, given | {"steps-steps-0-body": BODY}).status_code == 302
    made = Rule.objects.get(title="Tell the warehouse")
    assert sentences_of(made.steps) == ["Call a webhook: Warehouse"]
    assert "ticket.requester.name" in owner.get(made.get_absolute_url()).content.decode()
    tried = owner.get(reverse("automation:trial", args=[made.pk]), {"ticket": ticket.pk}).content.decode()
    assert "It would send to <b>Warehouse</b>" in tried
    assert "&quot;who&quot;: &quot;Kateryna Customer&quot;" in tried
    assert not Invocation.objects.exists()
