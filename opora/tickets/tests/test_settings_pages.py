"""The settings of tickets as they are used: forms in, rows and events out, refusals beside their field."""

import pytest
from django.urls import reverse

from opora.events.models import Event
from opora.people.models import Role
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.actions.save_view import save_view
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import Macro, Status, Tag, TicketField, TicketForm, View


@pytest.fixture
def lead(cast, as_):
    return as_(cast.lead)


@pytest.fixture
def fields(cast):
    return [
        save_field(by=cast.owner, title=title, position=place)
        for place, title in enumerate(["One", "Two", "Three"])
    ]


def titles(rows):
    return [str(row) for row in rows]


def test_a_choice_is_added_with_its_options_one_a_line(lead):
    given = {
        "title": "Reason",
        "type": "tagger",
        "options": "Broken\nwrong_size = Does not fit\n",
        "is_active": "on",
    }
    assert lead.post(reverse("tickets:new_field"), given).status_code == 302
    field = TicketField.objects.get()
    assert field.options == [
        {"value": "broken", "name": "Broken"},
        {"value": "wrong_size", "name": "Does not fit"},
    ]
    page = lead.get(reverse("tickets:field", args=[field.pk])).content.decode()
    assert "Broken\nwrong_size = Does not fit" in page


def test_a_choice_without_options_is_refused_beside_the_options(lead):
    answer = lead.post(reverse("tickets:new_field"), {"title": "Reason", "type": "tagger", "options": ""})
    assert answer.status_code == 422
    assert "Add at least one option" in answer.content.decode()
    assert not TicketField.objects.exists()


def test_fields_move_up_and_down(lead, fields):
    lead.post(reverse("tickets:field_order"), {"up": fields[2].pk})
    assert titles(TicketField.objects.all()) == ["One", "Three", "Two"]
    lead.post(reverse("tickets:field_order"), {"down": fields[0].pk})
    lead.post(reverse("tickets:field_order"), {"up": fields[2].pk})
    assert titles(TicketField.objects.all()) == ["Three", "One", "Two"]
    assert lead.post(reverse("tickets:field_order"), {"up": "999"}).status_code == 422


def test_fields_come_in_the_order_they_were_dragged_to(lead, fields):
    url = reverse("tickets:field_order")
    lead.post(url, {"order": [fields[2].pk, fields[0].pk, fields[1].pk]})
    assert titles(TicketField.objects.all()) == ["Three", "One", "Two"]
    for order in ([fields[0].pk], [fields[0].pk] * 3, [fields[0].pk, fields[1].pk, 999], ["x"]):
        assert lead.post(url, {"order": order}).status_code == 422
    assert titles(TicketField.objects.all()) == ["Three", "One", "Two"]


def test_forms_and_macros_come_in_the_order_they_were_dragged_to(lead, cast):
    forms = [TicketForm.objects.get(), save_form(by=cast.owner, name="Returns")]
    lead.post(reverse("tickets:form_order"), {"order": [forms[1].pk, forms[0].pk]})
    assert list(TicketForm.objects.all()) == [forms[1], forms[0]]
    macros = [save_macro(by=cast.owner, title=title) for title in ("A", "B", "C")]
    lead.post(reverse("tickets:macro_order"), {"order": [macro.pk for macro in reversed(macros)]})
    assert titles(Macro.objects.all()) == ["C", "B", "A"]
    assert Event.objects.latest("id").kind == "macro.saved"


def test_agents_put_only_their_own_macros_in_order(cast, as_):
    shared = [save_macro(by=cast.owner, title=title) for title in ("A", "B")]
    own = [save_macro(by=cast.agent, title=title, owner=cast.agent) for title in ("C", "D")]
    agent, url = as_(cast.agent), reverse("tickets:macro_order")
    assert agent.post(url, {"up": shared[1].pk}).status_code == 403
    assert agent.post(url, {"up": own[1].pk}).status_code == 302
    assert titles(Macro.objects.filter(owner=cast.agent)) == ["D", "C"]


def test_a_form_gets_fields_in_an_order(lead, fields, cast):
    form = save_form(by=cast.owner, name="Returns")
    page = reverse("tickets:form_fields", args=[form.pk])
    for field in fields:
        lead.post(page, {"add": field.pk})
    lead.post(page, {"up": fields[1].pk})
    lead.post(page, {"remove": fields[2].pk})
    assert titles(place.field for place in form.places.all()) == ["Two", "One"]
    assert Event.objects.order_by("-id")[0].kind == "ticket_form.saved"
    assert lead.get(reverse("tickets:form", args=[form.pk])).status_code == 200


def test_two_forms_share_no_name(lead):
    name = TicketForm.objects.get().name
    answer = lead.post(reverse("tickets:new_form"), {"name": name.upper()})
    assert answer.status_code == 422
    assert "There is a form of this name already" in answer.content.decode()


def test_a_status_is_added_to_a_category_and_moved_within_it(lead):
    for name in ("Waiting for the bank", "Waiting for the courier"):
        lead.post(reverse("tickets:new_status"), {"category": "2", "name": name, "is_active": "on"})
    second = Status.objects.get(name="Waiting for the courier")
    lead.post(reverse("tickets:status_order"), {"up": second.pk})
    own = Status.objects.filter(category=2, is_default=False)
    assert titles(own) == ["Waiting for the courier", "Waiting for the bank"]


def test_a_standard_status_may_be_renamed_but_not_switched_off(lead):
    status = Status.objects.get(category=2, is_default=True)
    page = reverse("tickets:status", args=[status.pk])
    assert lead.post(page, {"name": "Waiting"}).status_code == 302
    status.refresh_from_db()
    assert (status.name, status.is_active) == ("Waiting", True)
    assert lead.post(reverse("tickets:status_order"), {"up": status.pk}).status_code == 404


def test_a_tag_is_joined_with_another_of_that_name(lead, cast, make_ticket):
    first, second = make_ticket(), make_ticket()
    set_tags(first, ["delivery"], by=cast.agent)
    set_tags(second, ["shipping"], by=cast.agent)
    tag = Tag.objects.get(name="shipping")
    assert "shipping" in lead.get(reverse("tickets:tags"), {"q": "hip"}).content.decode()
    lead.post(reverse("tickets:tag", args=[tag.pk]), {"name": "Delivery"})
    assert titles(Tag.objects.all()) == ["delivery"]
    assert Tag.objects.get().marks.count() == 2


def macro_values(**more):
    return {"title": "Late", "audience": "everybody", "html": "<p>Sorry</p>", "is_active": "on"} | more


def steps(*rows):
    """The steps as the editor sends them."""
    sent = {}
    for key, (name, value) in enumerate(rows):
        sent |= {f"steps-steps-{key}-field": name, f"steps-steps-{key}-value": value}
    return sent


def test_a_macro_with_a_broken_text_or_step_is_refused_beside_it(lead):
    broken = lead.post(reverse("tickets:new_macro"), macro_values(html="<p>{% if x %}</p>"))
    assert "The placeholders cannot be understood" in broken.content.decode()
    empty = lead.post(reverse("tickets:new_macro"), macro_values(**steps(("add_tags", ""))))
    assert empty.status_code == 422
    assert "Say at least one." in empty.content.decode()
    assert not Macro.objects.exists()


def test_a_macro_keeps_its_text_safe_and_its_changes(lead, cast):
    given = macro_values(
        html='<p onclick="x()">Sorry<script>alert(1)</script></p>',
        **steps(("priority", "high"), ("assignee", "me"), ("add_tags", ["late", "delivery"])),
    )
    assert lead.post(reverse("tickets:new_macro"), given).status_code == 302
    macro = Macro.objects.get()
    assert macro.html == "<p>Sorry</p>"
    assert macro.actions == [
        {"field": "priority", "value": "high"},
        {"field": "assignee", "value": "me"},
        {"field": "add_tags", "value": ["late", "delivery"]},
    ]
    page = lead.get(reverse("tickets:edit_macro", args=[macro.pk])).content.decode()
    assert 'name="steps-steps-2-value" value="delivery"' in page
    assert "{{ticket.requester.first_name}}" in page


def test_nobody_and_none_are_said_with_words_of_their_own(lead):
    lead.post(
        reverse("tickets:new_macro"), macro_values(**steps(("assignee", "nothing"), ("priority", "nothing")))
    )
    assert Macro.objects.get().actions == [
        {"field": "assignee", "value": ""},
        {"field": "priority", "value": ""},
    ]


def test_steps_of_a_kind_that_is_gone_stay(lead, cast):
    strange = {"field": "brand_new", "value": "x"}
    macro = save_macro(by=cast.owner, title="Old", actions=[strange], owner=None)
    lead.post(reverse("tickets:edit_macro", args=[macro.pk]), macro_values())
    assert Macro.objects.get().actions == [strange]


def test_an_agent_makes_macros_for_themselves_alone(cast, as_):
    agent = as_(cast.agent)
    assert agent.post(reverse("tickets:new_macro"), macro_values()).status_code == 422
    assert agent.post(reverse("tickets:new_macro"), macro_values(audience="me")).status_code == 302
    own = Macro.objects.get()
    assert own.owner == cast.agent
    shared = save_macro(by=cast.owner, title="Shared", owner=None)
    assert agent.get(reverse("tickets:edit_macro", args=[shared.pk])).status_code == 403
    assert as_(cast.second).get(reverse("tickets:edit_macro", args=[own.pk])).status_code == 404


def test_views_are_put_in_order_by_who_may(cast, as_, lead):
    views = list(View.objects.filter(owner=None))
    lead.post(reverse("tickets:view_order"), {"up": views[1].pk})
    assert next(iter(View.objects.filter(owner=None))) == views[1]
    agent = as_(cast.agent)
    assert agent.post(reverse("tickets:view_order"), {"down": views[1].pk}).status_code == 403
    own = [
        save_view(by=cast.agent, owner=cast.agent, title=title, conditions={"all": [], "any": []})
        for title in ("A", "B")
    ]
    assert agent.post(reverse("tickets:view_order"), {"up": own[1].pk}).status_code == 302
    assert titles(View.objects.filter(owner=cast.agent)) == ["B", "A"]


def test_the_page_of_a_status_makes_it_the_standard_one(lead, cast):
    lead.post(reverse("tickets:new_status"), {"category": "2", "name": "Waiting", "is_active": "on"})
    status = Status.objects.get(name="Waiting")
    assert "Make it the standard" in lead.get(reverse("tickets:status", args=[status.pk])).content.decode()
    lead.post(reverse("tickets:default_status", args=[status.pk]))
    assert Status.objects.get(category=2, is_default=True) == status
    assert Status.objects.filter(category=2).count() == 2
    assert Event.objects.latest("id").kind == "status.saved"


def test_the_page_of_a_colleague_makes_a_customer_of_them(cast, as_, ticket):
    owner = as_(cast.owner)
    page = owner.get(reverse("people:colleague", args=[cast.second.pk])).content.decode()
    assert "They are a customer from now on" in page
    owner.post(reverse("tickets:make_customer", args=[cast.second.pk]))
    cast.second.refresh_from_db()
    assert cast.second.role is None
    assert Event.objects.filter(kind="person.changed").latest("id").subject_id == cast.second.pk


def test_the_page_of_a_role_removes_one_that_nobody_has(cast, as_):
    role = Role.objects.create(name="Spare")
    owner = as_(cast.owner)
    assert "Remove this role?" in owner.get(reverse("people:role", args=[role.pk])).content.decode()
    owner.post(reverse("people:role_removal", args=[role.pk]))
    assert not Role.objects.filter(pk=role.pk).exists()
    assert Event.objects.latest("id").kind == "role.removed"
