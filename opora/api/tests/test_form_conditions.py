"""Conditions between fields of a form, its brands, what a field is for customers, private groups: through the API."""

import pytest

from opora.people.actions.save_brand import save_brand


@pytest.fixture
def fields(api):
    options = [{"name": "Refund", "value": "refund"}, {"name": "Delay", "value": "delay"}]
    return [
        api.post("ticket_fields.json", {"ticket_field": body}).data["ticket_field"]["id"]
        for body in (
            {"title": "Reason", "type": "tagger", "custom_field_options": options},
            {"title": "Amount", "type": "decimal"},
            {"title": "Urgent", "type": "checkbox"},
        )
    ]


def child(field, kind, *statuses):
    required = {"type": kind, **({"statuses": list(statuses)} if statuses else {})}
    return {
        "id": field,
        "is_required": kind == "ALL_STATUSES" or "solved" in statuses,
        "required_on_statuses": required,
    }


def test_conditions_read_back_as_they_were_written(api, fields):
    reason, amount, urgent = fields
    conditions = [
        {
            "parent_field_id": reason, "parent_field_type": "tagger", "value": "refund",
            "child_fields": [child(amount, "SOME_STATUSES", "pending", "solved"), child(urgent, "NO_STATUSES")],
        },
        {
            "parent_field_id": urgent, "parent_field_type": "checkbox", "value": "true",
            "child_fields": [child(amount, "ALL_STATUSES")],
        },
    ]  # fmt: skip
    for_customers = [
        {
            "parent_field_id": reason, "parent_field_type": "tagger", "value": "delay",
            "child_fields": [{"id": amount, "is_required": True}],
        }
    ]  # fmt: skip
    body = {
        "name": "Returns", "ticket_field_ids": fields, "agent_conditions": conditions,
        "end_user_conditions": for_customers,
    }  # fmt: skip
    made = api.post("ticket_forms.json", {"ticket_form": body})
    assert made.status_code == 201, made.content
    form = made.data["ticket_form"]
    assert form["agent_conditions"] == conditions and form["end_user_conditions"] == for_customers
    copy = api.post(f"ticket_forms/{form['id']}/clone.json").data["ticket_form"]
    assert copy["agent_conditions"] == conditions
    emptied = api.put(f"ticket_forms/{form['id']}.json", {"ticket_form": {"agent_conditions": []}}).data
    assert emptied["ticket_form"]["agent_conditions"] == []
    assert emptied["ticket_form"]["end_user_conditions"] == for_customers


@pytest.mark.parametrize(
    "condition",
    [
        {"parent_field_id": "x", "value": "refund", "child_fields": []},
        {"parent_field_id": 1, "value": "refund"},
        {"parent_field_id": 1, "value": {"a": 1}, "child_fields": []},
        {"parent_field_id": 1, "value": "refund", "child_fields": ["x"]},
        {"parent_field_id": None, "value": "refund", "child_fields": [{"id": 2}]},
    ],
)
def test_conditions_that_say_nothing_are_refused(api, fields, condition):
    body = {"name": "Returns", "ticket_field_ids": fields, "agent_conditions": [condition]}
    assert api.post("ticket_forms.json", {"ticket_form": body}).status_code in {400, 422}


def test_a_value_that_the_parent_cannot_hold_is_refused(api, fields):
    reason, amount, _urgent = fields
    condition = {"parent_field_id": reason, "value": "gone", "child_fields": [{"id": amount}]}
    body = {"name": "Returns", "ticket_field_ids": fields, "agent_conditions": [condition]}
    assert api.post("ticket_forms.json", {"ticket_form": body}).status_code == 422
    assert not api.get("ticket_forms.json").data["ticket_forms"][1:]


def test_a_form_is_restricted_to_brands_and_freed_again(api, cast):
    shop = save_brand(by=cast.owner, name="Shop")
    body = {"name": "Returns", "in_all_brands": False, "restricted_brand_ids": [shop.pk]}
    form = api.post("ticket_forms.json", {"ticket_form": body}).data["ticket_form"]
    assert form["in_all_brands"] is False and form["restricted_brand_ids"] == [shop.pk]
    brands = {brand["id"]: brand["ticket_form_ids"] for brand in api.get("brands.json").data["brands"]}
    assert [pk for pk, forms in brands.items() if form["id"] in forms] == [shop.pk]
    path = f"ticket_forms/{form['id']}.json"
    assert api.put(path, {"ticket_form": {"restricted_brand_ids": [99]}}).status_code == 422
    freed = api.put(path, {"ticket_form": {"in_all_brands": True}}).data["ticket_form"]
    assert freed["in_all_brands"] is True and freed["restricted_brand_ids"] == []


def test_what_a_field_is_for_customers_reads_back(api):
    body = {
        "title": "Fraud", "type": "checkbox", "tag": "fraud", "title_in_portal": "Was it fraud?",
        "visible_in_portal": True, "editable_in_portal": False, "collapsed_for_agents": True,
    }  # fmt: skip
    field = api.post("ticket_fields.json", {"ticket_field": body}).data["ticket_field"]
    assert {name: field[name] for name in body} == body


def test_a_checked_box_tags_the_ticket(api, ticket):
    body = {"title": "Fraud", "type": "checkbox", "tag": "fraud"}
    field = api.post("ticket_fields.json", {"ticket_field": body}).data["ticket_field"]["id"]
    path = f"tickets/{ticket.pk}.json"
    for value, tags in ((True, ["fraud"]), (False, [])):
        changed = api.put(path, {"ticket": {"custom_fields": [{"id": field, "value": value}]}})
        assert changed.data["ticket"]["tags"] == tags


def test_a_private_group_keeps_its_tickets_to_itself(api, api_of, cast, make_ticket):
    group = api.post("groups.json", {"group": {"name": "Security", "is_public": False}}).data["group"]
    assert group["is_public"] is False
    ticket = make_ticket("Secret")
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"group_id": group["id"]}})
    outside = api_of(cast.agent)
    assert outside.get(f"tickets/{ticket.pk}.json").status_code == 404
    assert ticket.pk not in [one["id"] for one in outside.get("tickets.json").data["tickets"]]
    assert outside.get("search.json?query=type:ticket secret").data["results"] == []
    assert outside.get("incremental/tickets/cursor.json?start_time=0").status_code == 403
    body = {"group_membership": {"user_id": cast.agent.pk, "group_id": group["id"]}}
    assert api.post("group_memberships.json", body).status_code == 201
    assert api_of(cast.agent).get(f"tickets/{ticket.pk}.json").status_code == 200
