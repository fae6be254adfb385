"""Fields of a form that depend on other fields: what is there, what must be filled in, which rules make sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.core.refusals import Invalid
from opora.events.models import Event
from opora.people.actions.save_brand import save_brand
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.remove_configuration import remove_field
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.status import change_status
from opora.tickets.form_rules import FieldRule, fields_there, is_circular, kept_rules
from opora.tickets.models import Category, TicketForm
from opora.tickets.queries import active_forms, status_of

OPTIONS = [{"value": "refund", "name": "Refund"}, {"value": "delay", "name": "Delay"}]


@pytest.fixture
def reason(cast):
    return save_field(by=cast.owner, title="Reason", type="tagger", options=OPTIONS)


@pytest.fixture
def amount(cast):
    return save_field(by=cast.owner, title="Amount", type="decimal")


@pytest.fixture
def form(cast, reason, amount):
    rule = FieldRule(reason.pk, "refund", amount.pk, ("solved",))
    return save_form(
        TicketForm.objects.get(),
        by=cast.owner,
        ticket_fields=[reason, amount],
        agent_rules=kept_rules([rule]),
    )


ids = st.integers(1, 6)
rules = st.lists(st.builds(FieldRule, ids, st.sampled_from(["a", "false"]), ids), max_size=8)
values = st.dictionaries(ids, st.lists(st.sampled_from(["a", "b"]), max_size=2))


@given(fields=st.sets(ids), rules=rules, values=values)
def test_a_field_is_there_exactly_when_nothing_asks_for_it_or_a_rule_of_a_field_that_is_there_holds(
    fields, rules, values
):
    there = fields_there(fields, rules, values)
    children = {rule.child for rule in rules}
    assert fields - children <= there <= fields
    for field in fields & children:
        wanted = any(r.child == field and r.parent in there and r.holds(values) for r in rules)
        own_circle = is_circular(rules)
        assert (field in there) == wanted or own_circle


def test_solving_asks_for_a_field_only_while_its_rule_holds(cast, form, ticket, reason, amount):
    set_field_values(ticket, {reason.pk: "refund"}, by=cast.agent)
    with pytest.raises(Invalid, match="Fill in before solving: Amount"):
        solve_ticket(ticket, by=cast.agent)
    set_field_values(ticket, {reason.pk: "delay"}, by=cast.agent)
    solve_ticket(ticket, by=cast.agent)
    assert ticket.is_solved


def test_a_rule_may_ask_in_other_statuses_too(cast, form, ticket, reason, amount):
    always = FieldRule(reason.pk, "refund", amount.pk, ("pending",))
    save_form(form, by=cast.owner, agent_rules=kept_rules([always]))
    set_field_values(ticket, {reason.pk: "refund"}, by=cast.agent)
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    ticket.refresh_from_db()
    with pytest.raises(Invalid, match="Fill in first: Amount"):
        change_status(ticket, status_of(Category.PENDING), by=cast.agent)
    set_field_values(ticket, {amount.pk: "12.50"}, by=cast.agent)
    assert change_status(ticket, status_of(Category.PENDING), by=cast.agent).category == Category.PENDING


def test_a_field_that_depends_on_another_is_on_the_page_when_it_is_needed(
    cast, as_, form, ticket, reason, amount
):
    page = as_(cast.agent)
    name = f'name="field_{amount.pk}"'
    assert name not in page.get(f"/tickets/{ticket.pk}").content.decode()
    answer = page.post(f"/tickets/{ticket.pk}/properties", {f"field_{reason.pk}": "refund"})
    assert name in answer.content.decode()


def test_rules_that_could_never_hold_are_refused(cast, form, reason, amount):
    for rule in (
        FieldRule(reason.pk, "gone", amount.pk),
        FieldRule(amount.pk, "1", reason.pk),
        FieldRule(reason.pk, "refund", reason.pk),
    ):
        with pytest.raises(Invalid):
            save_form(form, by=cast.owner, agent_rules=kept_rules([rule]))
    form.refresh_from_db()
    assert len(form.agent_rules) == 1


def test_a_rule_about_a_choice_that_is_gone_is_forgotten_when_the_form_is_next_saved(cast, form, reason):
    save_field(reason, by=cast.owner, options=OPTIONS[1:])
    save_form(form, by=cast.owner, position=3)
    form.refresh_from_db()
    assert form.agent_rules == [] and form.position == 3


def test_rules_go_with_the_fields_they_are_about(cast, form, reason, amount):
    assert form.agent_rules
    remove_field(amount, by=cast.owner)
    form.refresh_from_db()
    assert form.agent_rules == []
    saved = Event.objects.filter(kind="ticket_form.saved").latest("id")
    assert "agent_rules" in saved.body["changes"]


def test_the_page_of_a_form_adds_conditions_and_takes_them_away(cast, as_, form, reason, amount):
    lead, address = as_(cast.lead), f"/settings/forms/{form.pk}/conditions/customers"
    for field in (reason, amount):
        save_field(field, by=cast.owner, is_shown_to_customers=True)
    given = {"when": f"{reason.pk}:delay", "child": amount.pk, "required": "always"}
    assert lead.post(address, given).status_code == 302
    form.refresh_from_db()
    assert [rule["value"] for rule in form.customer_rules] == ["delay"]
    assert "Reason is “Delay”: Amount is there" in lead.get(f"/settings/forms/{form.pk}").content.decode()
    lead.post(address, {"remove": "0"})
    form.refresh_from_db()
    assert form.customer_rules == []
    assert lead.post(address, {"when": "x", "child": "y", "required": "always"}).status_code == 422


def test_a_checked_box_puts_its_tag_on_the_ticket(cast, ticket):
    box = save_field(by=cast.owner, title="Fraud", type="checkbox", tag="Fraud case")
    set_field_values(ticket, {box.pk: "true"}, by=cast.agent)
    assert [tag.name for tag in ticket.tags.all()] == ["fraud_case"]
    set_field_values(ticket, {box.pk: ""}, by=cast.agent)
    assert not ticket.tags.exists()


def test_customers_fill_in_only_what_they_may(cast, ticket):
    field = save_field(
        by=cast.owner, title="Severity", is_shown_to_customers=True, is_editable_by_customers=False
    )
    with pytest.raises(Invalid, match="filled in by us"):
        set_field_values(ticket, {field.pk: "high"}, by=cast.customer)
    set_field_values(ticket, {field.pk: "high"}, by=cast.agent)
    save_field(field, by=cast.owner, is_editable_by_customers=True)
    set_field_values(ticket, {field.pk: "low"}, by=cast.customer)
    assert ticket.field_values.get().text == "low"


def test_a_field_folds_away_while_it_is_empty(cast, as_, form, ticket, reason, amount):
    save_field(reason, by=cast.owner, is_collapsed=True)
    page = as_(cast.agent)
    assert "folded-fields" in page.get(f"/tickets/{ticket.pk}").content.decode()
    set_field_values(ticket, {reason.pk: "delay"}, by=cast.agent)
    assert "folded-fields" not in page.get(f"/tickets/{ticket.pk}").content.decode()


def test_a_form_of_a_brand_is_offered_on_its_tickets_alone(cast, make_ticket, as_):
    from_shop = save_brand(by=cast.owner, name="Shop")
    returns = save_form(by=cast.owner, name="Returns", brands=[from_shop])
    ours, theirs = make_ticket(), make_ticket(brand=from_shop)
    assert returns not in active_forms(ours.brand_id) and returns in active_forms(theirs.brand_id)
    option = f'<option value="{returns.pk}">Returns</option>'
    page = as_(cast.agent)
    assert option not in page.get(f"/tickets/{ours.pk}").content.decode()
    assert option in page.get(f"/tickets/{theirs.pk}").content.decode()


def test_a_ticket_without_a_form_gets_one_of_its_brand(cast, make_ticket):
    shop, other = save_brand(by=cast.owner, name="Shop"), save_brand(by=cast.owner, name="Other")
    save_form(TicketForm.objects.get(), by=cast.owner, brands=[other])
    returns = save_form(by=cast.owner, name="Returns", brands=[shop])
    assert make_ticket(brand=shop).form == returns
