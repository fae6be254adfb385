"""What names a thing of the configuration is shown on its page, and keeps it from being removed."""

import pytest
from django.urls import reverse

from opora.automation.actions.save_rule import save_rule
from opora.calendars.actions.remove_calendar import remove_calendar
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.week_text import WORKING_WEEK
from opora.core.refusals import Conflict
from opora.core.uses import Thing, thing_of, used_by
from opora.events.models import Event
from opora.people.actions.delete_brand import delete_brand
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_group import remove_group, save_group
from opora.people.models import Brand, Group
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.save_requirement import save_requirement
from opora.routing.actions.save_skill import save_skill
from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.tests.conftest import content
from opora.tickets.actions.remove_configuration import remove_field, remove_form
from opora.tickets.actions.rename_tag import rename_tag
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.actions.save_status import save_status
from opora.tickets.actions.save_view import save_view
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import Category, Tag, TicketField, TicketForm, View
from opora.webhooks.actions.delete_webhook import delete_webhook
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Webhook
from opora.webhooks.vocabulary import BY_RULES


def _tree(field, value, operator="is"):
    return {"all": [{"field": field, "operator": operator, "value": value}], "any": []}


def _rule(cast, *, conditions=None, steps=None, title="Rule", **more):
    return save_rule(
        by=cast.owner, kind="trigger", title=title, conditions=conditions or _tree("status", "new"),
        steps=steps or [{"field": "add_tags", "value": ["x"]}], **more,
    )  # fmt: skip


def _users(row):
    return [(str(use.what), use.name) for use in used_by(thing_of(row))]


@pytest.fixture
def group(cast):
    return save_group(by=cast.owner, name="Night shift")


@pytest.mark.parametrize("step", ["group", "tell_group", "mail_group"])
def test_a_group_that_a_rule_reaches_is_not_removed_until_the_rule_is_changed(cast, group, step):
    value = {"subject": "", "text": "Hello", "to": str(group.pk)} if step == "mail_group" else str(group.pk)
    rule = _rule(cast, title="To the night", steps=[{"field": step, "value": value}])
    assert _users(group) == [("Trigger", "To the night")]
    with pytest.raises(Conflict, match="still used: trigger “To the night”"):
        remove_group(group, by=cast.owner)
    assert not Event.objects.filter(
        kind="group.saved", subject_id=group.pk, body__changes__has_key="deleted_at"
    ).exists()
    save_rule(rule, by=cast.owner, steps=[{"field": "add_tags", "value": ["x"]}])
    remove_group(group, by=cast.owner)
    assert Group.objects.get(pk=group.pk).deleted_at


def test_views_macros_policies_and_queues_name_a_group_too(cast, group):
    named = _tree("group", str(group.pk))
    save_view(by=cast.owner, title="Nights", conditions=named, owner=None)
    save_view(by=cast.agent, title="My own nights", conditions=named, owner=cast.agent)
    save_macro(
        by=cast.owner, title="Hand over", owner=None, actions=[{"field": "group", "value": str(group.pk)}]
    )
    chain = (Escalation(100, "assign_group", group.pk),)
    save_policy(by=cast.owner, name="Late", content=content({Metric.FIRST_REPLY: 1}, escalations=chain))
    save_queue(by=cast.owner, name="Of the night", group=group, conditions=_tree("status", "new"))
    assert _users(group) == [
        ("Macro", "Hand over"), ("Policy", "Late"), ("Queue", "Of the night"), ("View", "Nights"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="1 more"):
        remove_group(group, by=cast.owner)


def test_a_webhook_that_rules_call_is_not_removed_and_switching_it_off_is_said(cast, as_):
    webhook = save_webhook(
        by=cast.owner, name="Warehouse", endpoint="https://hook.example/", subscriptions=[BY_RULES]
    )
    call = {"field": "call_webhook", "value": {"webhook": webhook.public_id, "body": "{}"}}
    _rule(cast, title="Tell them", steps=[call])
    with pytest.raises(Conflict):
        delete_webhook(webhook, by=cast.owner)
    owner, page = as_(cast.owner), reverse("webhooks:webhook", args=[webhook.pk])
    shown = owner.get(page).content.decode()
    assert "Used by" in shown and "Tell them" in shown
    assert owner.post(reverse("webhooks:removal", args=[webhook.pk])).status_code == 409
    given = {
        "name": "Warehouse", "endpoint": "https://hook.example/", "connection": "rules", "http_method": "POST",
        "request_format": "json", "authentication": "none",
    }  # fmt: skip
    answer = owner.post(page, given, follow=True)
    assert not Webhook.objects.get().is_active
    assert "switched off and still used: trigger “Tell them”" in answer.content.decode()


def test_a_field_is_named_by_conditions_and_by_places_in_texts(cast):
    field, other = save_field(by=cast.owner, title="Contract"), save_field(by=cast.owner, title="Other")
    _rule(cast, title="Gold", conditions=_tree(f"custom_field_{field.pk}", "gold"))
    words = {"subject": "", "text": f"Your contract: {{{{ticket.ticket_field_{field.pk}}}}}"}
    _rule(cast, title="Letter", steps=[{"field": "mail_requester", "value": words}], is_active=False)
    assert _users(field) == [("Trigger", "Gold"), ("Trigger", "Letter")]
    assert _users(other) == []
    assert used_by(Thing("ticketfield", f"1{field.pk}")) == []
    with pytest.raises(Conflict, match="“Contract” is still used"):
        remove_field(field, by=cast.owner)
    remove_field(other, by=cast.owner)
    assert list(TicketField.objects.filter(title__in=["Contract", "Other"])) == [field]


def test_a_tag_that_rules_ask_for_keeps_its_name(cast, ticket, as_):
    set_tags(ticket, ["vip"], by=cast.agent)
    _rule(cast, title="For VIPs", conditions=_tree("tags", ["vip", "gold"], "includes"))
    tag = Tag.objects.get(name="vip")
    with pytest.raises(Conflict, match="For VIPs"):
        rename_tag(tag, "important", by=cast.owner)
    page = as_(cast.owner).post(reverse("tickets:tag", args=[tag.pk]), {"name": "important"})
    assert page.status_code == 422
    assert "For VIPs" in page.content.decode()
    set_tags(ticket, ["vi"], by=cast.agent)
    assert rename_tag(Tag.objects.get(name="vi"), "six", by=cast.owner).name == "six"


def test_a_calendar_that_a_policy_counts_in_stays(cast):
    calendar = save_calendar(by=cast.owner, name="Nights", hours=WeekHours("UTC", WORKING_WEEK))
    promise = content({Metric.FIRST_REPLY: 1}, source="policy", calendar_id=calendar.pk)
    save_policy(by=cast.owner, name="At night", content=promise)
    with pytest.raises(Conflict, match="policy “At night”"):
        remove_calendar(calendar, by=cast.owner)


def test_brands_forms_statuses_people_and_skills_say_who_names_them(cast, as_):
    brand = save_brand(by=cast.owner, name="Krok")
    form = save_form(by=cast.owner, name="Return", ticket_fields=[])
    held = save_status(by=cast.owner, category=Category.HOLD, name="At the bank")
    skill = save_skill(by=cast.owner, name="Refunds")
    _rule(cast, title="Of Krok", conditions=_tree("brand", str(brand.pk)))
    _rule(cast, title="Returns", conditions=_tree("form", str(form.pk)))
    _rule(cast, title="To the bank", steps=[{"field": "status", "value": str(held.pk)}])
    _rule(cast, title="To Andrii", steps=[{"field": "tell_person", "value": str(cast.agent.pk)}])
    save_requirement(by=cast.owner, skill=skill, level=2, conditions=_tree("tags", ["refund"], "includes"))
    named = {
        reverse("people:brand", args=[brand.pk]): "Of Krok",
        reverse("tickets:form", args=[form.pk]): "Returns",
        reverse("tickets:status", args=[held.pk]): "To the bank",
        reverse("people:colleague", args=[cast.agent.pk]): "To Andrii",
        reverse("routing:skill", args=[skill.pk]): "Refunds",
    }
    owner = as_(cast.owner)
    for page, name in named.items():
        shown = owner.get(page).content.decode().partition("used-by")[2]
        assert name in shown, page
    for refused in (lambda: delete_brand(brand, by=cast.owner), lambda: remove_form(form, by=cast.owner)):
        with pytest.raises(Conflict):
            refused()
    assert Brand.objects.filter(pk=brand.pk).exists() and TicketForm.objects.filter(pk=form.pk).exists()


def test_what_nothing_names_goes_and_says_nothing(cast, group, as_):
    assert "used-by" not in as_(cast.owner).get(reverse("people:group", args=[group.pk])).content.decode()
    remove_group(group, by=cast.owner)
    assert View.objects.exists()
