"""The pages of rules: lists, editor, versions, trial, and the account of a firing."""

import pytest
from django.urls import reverse

from opora.automation.actions.try_rule import look_back
from opora.automation.models import Rule, RuleCategory, Trial
from opora.events.models import Event
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.tag import set_tags


@pytest.fixture
def lead(cast, as_):
    return as_(cast.lead)


def sent(**more):
    """What the editor sends for a small trigger."""
    return {
        "title": "Urgent bank", "is_active": "on",
        "conditions-all-0-field": "priority", "conditions-all-0-operator": "value", "conditions-all-0-value": "urgent",
        "steps-steps-0-field": "add_tags", "steps-steps-0-value": "bank",
    } | more  # fmt: skip


def test_a_trigger_is_made_in_the_editor_listed_and_switched_off(lead):
    assert lead.post(reverse("automation:new_trigger"), sent()).status_code == 302
    rule = Rule.objects.get()
    assert rule.steps == [{"field": "add_tags", "value": ["bank"]}]
    assert rule.conditions["all"] == [{"field": "priority", "operator": "value", "value": "urgent"}]
    assert "Urgent bank" in lead.get(reverse("automation:triggers")).content.decode()
    lead.post(reverse("automation:activity", args=[rule.pk]), {"off": "1"})
    rule.refresh_from_db()
    assert (rule.is_active, rule.version) == (False, 2)
    assert Event.objects.filter(kind="rule.saved").count() == 2


def test_a_heading_is_added_by_writing_it_and_taken_again_whatever_its_case(lead):
    lead.post(reverse("automation:new_trigger"), sent(heading="  Banks  and  cards "))
    lead.post(reverse("automation:new_trigger"), sent(title="Second", heading="banks and CARDS"))
    lead.post(reverse("automation:new_trigger"), sent(title="Third", heading=""))
    assert [str(rule.category) for rule in Rule.objects.order_by("id")] == ["Banks and cards"] * 2 + ["None"]
    page = lead.get(Rule.objects.first().get_absolute_url()).content.decode()
    assert 'value="Banks and cards"' in page
    lead.post(Rule.objects.first().get_absolute_url(), sent(heading=""))
    assert Rule.objects.first().category is None
    broken = sent(title="Fourth", heading="Never", **{"steps-steps-0-value": ""})
    assert lead.post(reverse("automation:new_trigger"), broken).status_code == 422
    assert not RuleCategory.objects.filter(name="Never").exists()


def test_a_row_without_sense_is_refused_beside_it(lead):
    answer = lead.post(reverse("automation:new_trigger"), sent(**{"steps-steps-0-value": ""}))
    assert answer.status_code == 422
    assert "Say at least one." in answer.content.decode()
    broken = sent(**{"steps-steps-0-field": "note", "steps-steps-0-value": "{% if %}"})
    assert "cannot be understood" in lead.post(reverse("automation:new_trigger"), broken).content.decode()
    assert not Rule.objects.exists()


def test_letters_are_written_in_the_editor_and_stand_there_again(lead):
    letter = {
        "steps-steps-1-field": "mail_requester",
        "steps-steps-1-subject": "News",
        "steps-steps-1-text": "Hello {{ticket.id}}",
    }
    lead.post(reverse("automation:new_trigger"), sent(**letter))
    rule = Rule.objects.get()
    assert rule.steps[1] == {
        "field": "mail_requester",
        "value": {"subject": "News", "text": "Hello {{ticket.id}}"},
    }
    page = lead.get(reverse("automation:rule", args=[rule.pk])).content.decode()
    assert "Hello {{ticket.id}}" in page
    assert 'value="News"' in page


def test_earlier_versions_are_kept_and_come_back(lead, rule):
    made = rule("First", [("priority", "is", "low")], ("priority", "high"))
    lead.post(reverse("automation:rule", args=[made.pk]), sent())
    page = lead.get(reverse("automation:versions", args=[made.pk])).content.decode()
    assert "Version 2" in page
    assert "Priority is “Low”" in page
    lead.post(reverse("automation:restoration", args=[made.pk, 1]))
    made.refresh_from_db()
    assert (made.title, made.version) == ("First", 3)


def test_rules_move_up_and_down(lead, rule):
    for title in ("One", "Two", "Three"):
        rule(title, [("priority", "is", "low")], ("priority", "high"))
    lead.post(reverse("automation:trigger_order"), {"up": Rule.objects.get(title="Three").pk})
    assert list(Rule.objects.values_list("title", flat=True)) == ["One", "Three", "Two"]


def test_a_rule_is_tried_on_a_ticket_and_the_first_failing_condition_is_named(lead, rule, make_ticket):
    made = rule(
        "Try",
        [("status", "less_than", "solved"), ("priority", "is", "urgent")],
        ("add_tags", ["x"]),
        is_active=False,
    )
    ticket = make_ticket(priority=2)
    page = lead.get(reverse("automation:trial", args=[made.pk]), {"ticket": ticket.pk}).content.decode()
    assert "would not fire" in page
    assert "Priority is “Urgent”</b>. It was: <bdi>Normal</bdi>" in page
    urgent = make_ticket(priority=4)
    assert (
        "would fire"
        in lead.get(reverse("automation:trial", args=[made.pk]), {"ticket": urgent.pk}).content.decode()
    )


def test_a_rule_is_tried_on_the_past_with_the_tickets_as_they_were(cast, lead, rule, make_ticket):
    made = rule(
        "Past",
        [("priority", "value", "urgent"), ("tags", "not_includes", "calm")],
        ("add_tags", ["x"]),
        is_active=False,
    )
    first, second, third = make_ticket("First"), make_ticket("Second"), make_ticket("Third", priority=1)
    change_ticket(first, by=cast.agent, priority=4)
    set_tags(first, ["calm"], by=cast.agent)
    change_ticket(first, by=cast.agent, priority=1)
    set_tags(second, ["calm"], by=cast.agent)
    change_ticket(second, by=cast.agent, priority=4)
    change_ticket(third, by=cast.agent, priority=4)
    lead.post(reverse("automation:trials", args=[made.pk]), {"days": "7"})
    trial = Trial.objects.get()
    look_back.call(trial.pk)
    trial.refresh_from_db()
    assert (trial.state, trial.fired, trial.looked, trial.total) == ("done", 2, 3, 3)
    assert {row["ticket"] for row in trial.found} == {first.pk, third.pk}
    page = lead.get(reverse("automation:trial_state", args=[trial.pk])).content.decode()
    assert "Would have fired 2 times" in page
    assert not first.tags.filter(name="x").exists()


def test_a_firing_opens_its_account_for_whoever_sees_the_ticket(cast, as_, rule, ticket):
    rule("Mark urgent", [("priority", "value", "urgent")], ("add_tags", ["hot"]))
    change_ticket(ticket, by=cast.second, priority=4)
    fired = Event.objects.get(kind="ticket.rule_fired")
    conversation = as_(cast.agent).get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()
    assert reverse("automation:firing", args=[fired.pk]) in conversation
    page = as_(cast.agent).get(reverse("automation:firing", args=[fired.pk])).content.decode()
    assert "Priority changed to “Urgent”" in page
    assert "Add tags: hot" in page
    assert "Borys Second" in page
    assert as_(cast.outsider).get(reverse("automation:firing", args=[fired.pk])).status_code == 404


def test_agents_do_not_make_rules(cast, as_, rule):
    made = rule("X", [("priority", "is", "low")], ("priority", "high"))
    for name, arguments in (
        ("triggers", []),
        ("new_automation", []),
        ("rule", [made.pk]),
        ("trial", [made.pk]),
    ):
        assert as_(cast.agent).get(reverse(f"automation:{name}", args=arguments)).status_code == 403


def test_an_automation_says_what_it_would_do_next(lead, rule, ticket, later):
    made = rule(
        "Late",
        [("hours_created", "greater_than", 1)],
        ("priority", "urgent"),
        kind="automation",
        is_active=False,
    )
    later(7200)
    page = lead.get(reverse("automation:trial", args=[made.pk])).content.decode()
    assert "It would act on 1 ticket." in page
    assert ticket.subject in page
