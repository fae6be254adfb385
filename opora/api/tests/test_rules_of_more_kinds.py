"""What rules of the vendor ask beside the usual: satisfaction, first words, who sees the ticket, open calendars, breaches."""

import pytest

from opora.automation.actions.run_automations import run_automations
from opora.calendars.queries import calendars
from opora.tickets.actions.rate import rate_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.models import Ticket


def condition(field, operator, value):
    return {"field": field, "operator": operator, "value": value}


def rule(api, path, every, tag="seen"):
    sent = {
        "title": "Rule", "conditions": {"all": every, "any": []}, "actions": [{"field": "current_tags", "value": tag}],
    }  # fmt: skip
    made = api.post(f"{path}.json", {path[:-1]: sent})
    assert made.status_code == 201, made.content
    shown = api.get(f"{path}/{made.data[path[:-1]]['id']}.json").data[path[:-1]]
    assert shown["conditions"] == sent["conditions"] and shown["actions"] == sent["actions"]
    return shown


def tags_of(api, ticket_id):
    return api.get(f"tickets/{ticket_id}.json").data["ticket"]["tags"]


def new_ticket(api, **given):
    body = {"subject": "Parcel", "comment": {"body": "It burns"}} | given
    return api.post("tickets.json", {"ticket": body}).data["ticket"]["id"]


def test_a_trigger_looks_at_the_words_a_ticket_began_with(api):
    rule(api, "triggers", [condition("description_includes_word", "includes", "burns smoke")])
    burning, calm = new_ticket(api), new_ticket(api, comment={"body": "All is well"})
    assert tags_of(api, burning) == ["seen"] and tags_of(api, calm) == []


def test_a_trigger_looks_whether_the_customer_sees_the_ticket(api):
    rule(api, "triggers", [condition("ticket_is_public", "is", "private")])
    public, private = new_ticket(api), new_ticket(api, comment={"body": "Between us", "public": False})
    assert tags_of(api, public) == [] and tags_of(api, private) == ["seen"]


def test_a_trigger_looks_whether_a_calendar_is_open(api, cast):
    calendar = calendars().first()
    if calendar is None:
        made = api.post("business_hours/schedules.json", {"schedule": {"name": "Day", "time_zone": "Kyiv"}})
        number = made.data["schedule"]["id"]
    else:
        number = calendar.pk
    week = [{"start_time": day * 1440, "end_time": (day + 1) * 1440} for day in range(7)]
    api.put(f"business_hours/schedules/{number}/workweek.json", {"workweek": {"intervals": week}})
    rule(api, "triggers", [condition("within_schedule", "is", str(number))], "open")
    rule(api, "triggers", [condition("within_schedule", "is_not", str(number))], "shut")
    assert tags_of(api, new_ticket(api)) == ["open"]


def test_a_trigger_answers_a_bad_rating(api, cast, ticket):
    rule(api, "triggers", [condition("satisfaction_score", "is", "bad_with_comment")])
    rule(api, "triggers", [condition("satisfaction_score", "value", "bad_with_comment")], "turned")
    solve_ticket(ticket, by=cast.agent)
    rate_ticket(Ticket.objects.get(pk=ticket.pk), by=cast.customer, score="good")
    assert tags_of(api, ticket.pk) == []
    rate_ticket(Ticket.objects.get(pk=ticket.pk), by=cast.customer, score="bad", comment="Slow")
    assert tags_of(api, ticket.pk) == ["seen", "turned"]


def test_automations_look_at_ratings(api, cast, make_ticket):
    first, second = make_ticket("first"), make_ticket("second")
    rated = condition("satisfaction_score", "greater_than", "bad_with_comment")
    rule(api, "automations", [rated, condition("SOLVED", "less_than", "48")])
    for one, score in ((first, "good"), (second, "bad")):
        solve_ticket(one, by=cast.agent)
        rate_ticket(Ticket.objects.get(pk=one.pk), by=cast.customer, score=score)
    run_automations()
    assert tags_of(api, first.pk) == ["seen"] and tags_of(api, second.pk) == []


@pytest.mark.parametrize("field", ["sla_next_breach_at", "until_sla_next_breach_at"])
def test_automations_are_kept_that_count_hours_to_and_from_a_breach(api, field):
    rule(api, "automations", [condition("status", "is", "open"), condition(field, "less_than", "2")])


def test_a_calendar_that_a_rule_asks_about_stays(api):
    api.post("business_hours/schedules.json", {"schedule": {"name": "Day", "time_zone": "Kyiv"}})
    night = api.post("business_hours/schedules.json", {"schedule": {"name": "Night", "time_zone": "Kyiv"}})
    number = night.data["schedule"]["id"]
    asking = rule(api, "triggers", [condition("within_schedule", "is", str(number))])
    assert api.delete(f"business_hours/schedules/{number}.json").status_code in {409, 422}
    assert api.delete(f"triggers/{asking['id']}.json").status_code == 204
    assert api.delete(f"business_hours/schedules/{number}.json").status_code == 204


def test_a_calendar_that_is_open_is_asked_of_updates_alone(api):
    calendar = calendars().first()
    asked = condition("within_schedule", "is", str(calendar.pk if calendar else 1))
    sent = {
        "title": "Rule", "conditions": {"all": [asked], "any": []},
        "actions": [{"field": "priority", "value": "low"}],
    }  # fmt: skip
    assert api.post("automations.json", {"automation": sent}).status_code == 422


def test_the_vendors_own_triggers_are_taken_as_they_are(api):
    written = [
        condition("comment_is_public", "is", "requester_can_see_comment"), condition("role", "is_not", "0"),
        condition("current_via_id", "is", "5"), condition("ticket_is_public", "is", "public"),
    ]  # fmt: skip
    rule(api, "triggers", written)
    assert tags_of(api, new_ticket(api)) == ["seen"]


def test_a_rule_puts_a_person_in_copy(api, cast):
    sent = {
        "title": "Copy", "conditions": {"all": [condition("update_type", "is", "Create")], "any": []},
        "actions": [{"field": "cc", "value": str(cast.banker.pk)}],
    }  # fmt: skip
    made = api.post("triggers.json", {"trigger": sent})
    assert made.status_code == 201 and made.data["trigger"]["actions"] == sent["actions"], made.content
    assert api.get(f"tickets/{new_ticket(api)}.json").data["ticket"]["email_cc_ids"] == [cast.banker.pk]


def test_asking_for_a_rating_is_refused_while_the_desk_sends_no_surveys(api):
    sent = {
        "title": "Ask", "conditions": {"all": [condition("status", "is", "solved")], "any": []},
        "actions": [{"field": "satisfaction_score", "value": "offered"}],
    }  # fmt: skip
    refused = api.post("automations.json", {"automation": sent})
    assert refused.status_code == 422 and "satisfaction_score is not supported" in str(refused.data)


@pytest.mark.parametrize(
    ("field", "value"),
    [("satisfaction_score", "good"), ("ticket_is_public", "public"), ("sla_next_breach_at", "2")],
)
def test_a_promise_does_not_depend_on_what_its_clocks_cannot_see(api, field, value):
    operator = "less_than" if field == "sla_next_breach_at" else "is"
    target = {"priority": "high", "metric": "first_reply_time", "target": 60, "business_hours": False}
    policy = {
        "title": "P", "filter": {"all": [condition(field, operator, value)], "any": []}, "policy_metrics": [target],
    }  # fmt: skip
    refused = api.post("slas/policies.json", {"sla_policy": policy})
    assert refused.status_code == 422 and "cannot depend on" in str(refused.data)
