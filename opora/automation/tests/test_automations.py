"""Automations: found by time, once while their conditions hold, not in one bite."""

import pytest

from opora.automation.actions.run_automations import run_automations
from opora.automation.actions.standard_rules import create_standard_rules
from opora.automation.models import Firing, Holding, Rule
from opora.automation.tests.test_triggers import tags
from opora.core import clock
from opora.core.refusals import Invalid
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.solve import reopen_ticket, solve_ticket
from opora.tickets.actions.status import change_status
from opora.tickets.actions.tag import remove_tags
from opora.tickets.models import Category, Status, Ticket

HOUR = 3600


def test_an_automation_fires_when_the_time_has_come_and_only_once(cast, rule, ticket, later):
    rule("Old", [("hours_created", "greater_than", 2)], ("priority", "high"), kind="automation")
    assert run_automations() == 0
    later(2 * HOUR + 60)
    assert run_automations() == 1
    change_ticket(ticket, by=cast.agent, priority=1)
    assert run_automations() == 0
    assert Ticket.objects.get(pk=ticket.pk).priority == 1


def test_it_fires_again_when_its_conditions_ceased_and_hold_anew(cast, rule, ticket, later):
    rule("Wait", [("hours_solved", "greater_than", 1)], ("add_tags", ["quiet"]), kind="automation")
    solve_ticket(ticket, by=cast.agent)
    later(2 * HOUR)
    assert run_automations() == 1
    reopen_ticket(ticket, by=cast.agent)
    assert run_automations() == 0
    assert not Holding.objects.exists()
    solve_ticket(ticket, by=cast.agent)
    remove_tags(ticket, ["quiet"], by=cast.agent)
    later(2 * HOUR)
    assert run_automations() == 1
    assert Firing.objects.count() == 2


def test_many_tickets_are_taken_in_bites_with_the_same_questions(
    cast, rule, make_ticket, later, django_assert_num_queries
):
    rule("All", [("hours_created", "greater_than", 1)], ("add_tags", ["old"]), kind="automation")
    for number in range(5):
        make_ticket(f"Ticket {number}")
    later(2 * HOUR)
    assert [run_automations(limit=3), run_automations(limit=3), run_automations(limit=3)] == [3, 2, 0]
    with django_assert_num_queries(3):
        run_automations()


def test_what_an_automation_changes_is_an_update_that_triggers_see(cast, rule, ticket, later):
    rule("Escalated", [("priority", "value", "urgent"), ("role", "is", "rule")], ("add_tags", ["escalated"]))
    rule("Late", [("hours_created", "greater_than", 1)], ("priority", "urgent"), kind="automation")
    later(2 * HOUR)
    run_automations()
    assert list(ticket.tags.values_list("name", flat=True)) == ["escalated"]


def test_deleted_and_closed_tickets_are_left_alone(cast, rule, ticket, later):
    from opora.tickets.actions.remove import delete_ticket

    rule("Late", [("hours_created", "greater_than", 1)], ("priority", "urgent"), kind="automation")
    delete_ticket(ticket, by=cast.owner)
    later(2 * HOUR)
    assert run_automations() == 0


def test_a_new_desk_closes_solved_tickets_after_four_days(cast, ticket, later):
    create_standard_rules("en")
    solve_ticket(ticket, by=cast.agent)
    later(4 * 24 * HOUR - 60)
    assert run_automations() == 0
    later(120)
    assert run_automations() == 1
    assert Ticket.objects.get(pk=ticket.pk).category == Category.CLOSED


def test_an_automation_without_a_time_is_refused(cast, rule):
    with pytest.raises(Invalid, match="condition on time"):
        rule("Always", [("priority", "is", "low")], ("priority", "high"), kind="automation")


def test_an_automation_cannot_ask_about_an_update(cast, rule):
    with pytest.raises(Invalid, match="triggers only"):
        rule(
            "X",
            [("hours_created", "greater_than", 1), ("status", "changed")],
            ("priority", "high"),
            kind="automation",
        )


def test_a_reminded_customer_who_stays_silent_has_the_ticket_solved_and_one_who_answers_does_not(
    cast, make_ticket, later
):
    create_standard_rules("en")
    Rule.objects.filter(title__in=[
        "Remind the customer after three days", "Solve what stays unanswered after the reminder",
    ]).update(is_active=True, saved_at=clock.now())  # fmt: skip
    silent, answers = make_ticket("Silent"), make_ticket("Answers")
    pending = Status.objects.get(category=Category.PENDING, is_default=True)
    for ticket in (silent, answers):
        change_status(ticket, pending, by=cast.agent)
    later(73 * 3600)
    run_automations()
    assert tags(silent) == tags(answers) == {"reminded"}
    add_comment(answers, NewComment(html="<p>Yes</p>", author=cast.customer), by=cast.customer)
    assert tags(answers) == set()
    later(100 * 3600)
    run_automations()
    silent.refresh_from_db()
    answers.refresh_from_db()
    assert silent.category == Category.SOLVED and tags(silent) == set()
    assert answers.category != Category.SOLVED


def test_a_new_desk_starts_with_the_usual_rules_in_its_language(db, client):
    from django.urls import reverse

    from opora.automation.models import Rule

    given = {
        "name": "Обрій", "admin_name": "Олена", "admin_email": "olena@obriy.example", "brand": "Обрій", "locale": "uk",
        "password": "correct-horse-battery", "time_zone": "Europe/Kyiv",
    }  # fmt: skip
    client.post(reverse("web:welcome"), given)
    assert list(Rule.objects.filter(is_active=True).values_list("title", flat=True)) == [
        "Відкривають знову і знову",
        "Закривати вирішені звернення через 4 дні",
        "Клієнт відповів після нагадування",
    ]
    assert Rule.objects.filter(is_active=False).count() == 5
