"""Views, macros, fields, forms, statuses, brands and addresses through the API."""

from opora.tickets.models import TicketField


def test_a_view_reads_back_and_shows_its_tickets(api, make_ticket):
    made = [make_ticket(priority=4).pk, make_ticket().pk]
    body = {
        "title": "Urgent ones",
        "all": [{"field": "priority", "operator": "is", "value": "urgent"}],
        "output": {"columns": ["subject", "created"], "sort_by": "created", "sort_order": "asc"},
    }
    response = api.post("views.json", {"view": body})
    assert response.status_code == 201, response.content
    view = response.data["view"]
    assert view["conditions"]["all"] == body["all"] and view["title"] == "Urgent ones"
    assert [column["id"] for column in view["execution"]["columns"]] == ["subject", "created"]
    path = f"views/{view['id']}"
    assert [one["id"] for one in api.get(f"{path}/tickets.json").data["tickets"]] == made[:1]
    assert [one["id"] for one in api.get(f"{path}/tickets?page[size]=10").data["tickets"]] == made[:1]
    executed = api.get(f"{path}/execute.json").data
    assert executed["rows"][0]["ticket"]["id"] == made[0] and executed["view"]["id"] == view["id"]
    assert api.get(f"{path}/count.json").data["view_count"]["value"] == 1
    assert api.get(f"views/count_many.json?ids={view['id']}").data["view_counts"][0]["value"] == 1
    preview = api.post("views/preview.json", {"view": body}).data
    assert preview["count"] == 1 and len(preview["rows"]) == 1
    assert (
        api.put(f"{path}.json", {"view": {"title": "Renamed", "active": False}}).data["view"]["active"]
        is False
    )
    assert view["id"] not in [one["id"] for one in api.get("views/active.json").data["views"]]
    assert api.delete(f"{path}.json").status_code == 204 and api.get(f"{path}.json").status_code == 404


def test_conditions_that_mean_nothing_are_refused(api):
    for every in (
        [{"field": "colour", "operator": "is", "value": "red"}],
        [{"field": "status", "operator": "smells", "value": "x"}],
        [],
    ):
        assert api.post("views.json", {"view": {"title": "x", "all": every}}).status_code == 422
    assert api.post("views.json", {"view": {"title": "x", "all": "status"}}).status_code == 400


def test_a_macro_reads_back_and_says_what_it_would_do(api, cast, ticket):
    actions = [
        {"field": "status", "value": "solved"}, {"field": "priority", "value": "high"},
        {"field": "current_tags", "value": "a b"}, {"field": "assignee_id", "value": "current_user"},
        {"field": "comment_value", "value": "Dear {{ticket.requester.first_name}}"},
    ]  # fmt: skip
    response = api.post("macros.json", {"macro": {"title": "Close", "actions": actions, "description": "d"}})
    assert response.status_code == 201, response.content
    macro = response.data["macro"]
    assert macro["actions"] == actions and macro["active"] is True and macro["restriction"] is None
    result = api.get(f"tickets/{ticket.pk}/macros/{macro['id']}/apply.json").data["result"]
    assert (result["ticket"]["status"], result["ticket"]["priority"], result["ticket"]["tags"]) == (
        "solved",
        "high",
        ["a", "b"],
    )
    assert result["ticket"]["comment"]["body"] == "Dear Kateryna"
    assert api.get(f"tickets/{ticket.pk}.json").data["ticket"]["status"] == "new"
    assert (
        api.get(f"macros/{macro['id']}/apply.json").data["result"]["ticket"]["assignee_id"] == cast.owner.pk
    )
    assert (
        api.put(f"macros/{macro['id']}.json", {"macro": {"title": "Close it"}}).data["macro"]["title"]
        == "Close it"
    )
    assert api.delete(f"macros/{macro['id']}.json").status_code == 204


def test_fields_and_their_options(api):
    options = [{"name": "Red", "value": "red"}, {"name": "Blue", "value": "blue"}]
    response = api.post(
        "ticket_fields.json",
        {"ticket_field": {"title": "Colour", "type": "tagger", "custom_field_options": options}},
    )
    assert response.status_code == 201, response.content
    field = response.data["ticket_field"]
    assert [(one["name"], one["value"]) for one in field["custom_field_options"]] == [
        ("Red", "red"),
        ("Blue", "blue"),
    ]
    path = f"ticket_fields/{field['id']}/options"
    added = api.post(f"{path}.json", {"custom_field_option": {"name": "Green", "value": "green"}})
    assert added.status_code == 201
    number = added.data["custom_field_option"]["id"]
    assert api.get(f"{path}/{number}.json").data["custom_field_option"]["name"] == "Green"
    renamed = api.post(
        f"{path}.json", {"custom_field_option": {"id": number, "name": "Lime", "value": "green"}}
    )
    assert renamed.status_code == 200 and api.get(f"{path}.json").data["count"] == 3
    assert api.delete(f"{path}/{number}.json").status_code == 204
    assert (
        api.put(f"ticket_fields/{field['id']}.json", {"ticket_field": {"title": "Shade"}}).data[
            "ticket_field"
        ]["title"]
        == "Shade"
    )
    assert {"subject", "status", "priority", "assignee", "tagger"} <= {
        one["type"] for one in api.get("ticket_fields.json").data["ticket_fields"]
    }
    assert (
        api.delete(f"ticket_fields/{field['id']}.json").status_code == 204
        and not TicketField.objects.exists()
    )


def test_forms_have_fields_in_order(api):
    field = api.post("ticket_fields.json", {"ticket_field": {"title": "A", "type": "text"}}).data[
        "ticket_field"
    ]
    form = api.post(
        "ticket_forms.json",
        {"ticket_form": {"name": "Refund", "end_user_visible": True, "ticket_field_ids": [field["id"]]}},
    ).data["ticket_form"]
    assert form["ticket_field_ids"][-1] == field["id"] and form["end_user_visible"] is True
    assert (
        api.put(f"ticket_forms/{form['id']}.json", {"ticket_form": {"name": "Refunds"}}).data["ticket_form"][
            "name"
        ]
        == "Refunds"
    )
    assert api.delete(f"ticket_forms/{form['id']}.json").status_code == 204


def test_statuses_of_the_desk(api, ticket):
    made = api.post(
        "custom_statuses.json",
        {
            "custom_status": {
                "status_category": "pending",
                "agent_label": "Waiting for bank",
                "end_user_label": "In progress",
            }
        },
    )
    status = made.data["custom_status"]
    assert (
        made.status_code == 201
        and status["status_category"] == "pending"
        and status["end_user_label"] == "In progress"
    )
    shown = api.put(f"tickets/{ticket.pk}.json", {"ticket": {"custom_status_id": status["id"]}}).data[
        "ticket"
    ]
    assert (shown["status"], shown["custom_status_id"]) == ("pending", status["id"])
    assert (
        api.put(f"custom_statuses/{status['id']}.json", {"custom_status": {"agent_label": "Bank"}}).data[
            "custom_status"
        ]["agent_label"]
        == "Bank"
    )


def test_brands_and_their_addresses(api):
    brand = api.post("brands.json", {"brand": {"name": "Shop", "subdomain": "shop"}}).data["brand"]
    assert brand["subdomain"] == "shop" and brand["active"] is True and brand["default"] is False
    address = api.post(
        "recipient_addresses.json",
        {"recipient_address": {"email": "help@shop.test", "brand_id": brand["id"], "name": "Help"}},
    )
    assert address.status_code == 201 and address.data["recipient_address"]["brand_id"] == brand["id"]
    assert api.delete(f"brands/{brand['id']}.json").status_code == 422
    assert (
        api.delete(f"recipient_addresses/{address.data['recipient_address']['id']}.json").status_code == 204
    )
    assert api.delete(f"brands/{brand['id']}.json").status_code == 204


def test_profile_fields_come_and_go_with_their_values(api, cast):
    field = api.post(
        "organization_fields.json",
        {
            "organization_field": {
                "key": "plan",
                "title": "Plan",
                "type": "dropdown",
                "custom_field_options": [{"name": "Gold", "value": "gold"}],
            }
        },
    ).data["organization_field"]
    path = f"organizations/{cast.bank.pk}.json"
    assert api.put(path, {"organization": {"organization_fields": {"plan": "gold"}}}).data["organization"][
        "organization_fields"
    ] == {"plan": "gold"}
    assert api.put(path, {"organization": {"organization_fields": {"plan": "lead"}}}).status_code == 422
    taken = api.post("organization_fields.json", {"organization_field": {"key": "plan", "title": "Plan"}})
    assert taken.status_code == 422 and taken.data["details"]["key"][0]["error"] == "DuplicateValue"
    assert api.delete(f"organization_fields/{field['id']}.json").status_code == 204
    assert api.get(path).data["organization"]["organization_fields"] == {}


def test_schedules_speak_in_minutes_from_sunday_and_holidays_in_dates(api):
    made = api.post(
        "business_hours/schedules.json", {"schedule": {"name": "Kyiv", "time_zone": "Europe/Kyiv"}}
    )
    assert made.status_code == 201, made.content
    schedule = made.data["schedule"]
    assert schedule["time_zone"] == "Europe/Kyiv" and schedule["intervals"][0] == {
        "start_time": 1980,
        "end_time": 2460,
    }
    path = f"business_hours/schedules/{schedule['id']}"
    weeks = [{"start_time": 0, "end_time": 60}, {"start_time": 3000, "end_time": 5000}]
    assert api.put(f"{path}/workweek.json", {"workweek": {"intervals": weeks}}).status_code == 200
    shown = api.get(f"{path}.json").data["schedule"]["intervals"]
    assert sum(one["end_time"] - one["start_time"] for one in shown) == 2060 and shown[0] == weeks[0]
    crossing = [{"start_time": 10, "end_time": 5}]
    assert api.put(f"{path}/workweek.json", {"workweek": {"intervals": crossing}}).status_code == 422
    holiday = api.post(
        f"{path}/holidays.json",
        {"holiday": {"name": "New Year", "start_date": "2026-12-30", "end_date": "2027-01-02"}},
    )
    assert holiday.status_code == 201 and holiday.data["holiday"]["id"] == 20261230
    moved = api.put(
        f"{path}/holidays/20261230.json",
        {"holiday": {"name": "Winter", "start_date": "2027-01-05", "end_date": "2027-01-05"}},
    )
    assert moved.data["holiday"] == {
        "id": 20261230,
        "name": "Winter",
        "start_date": "2027-01-05",
        "end_date": "2027-01-05",
    }
    assert api.delete(f"{path}/holidays/20261230.json").status_code == 204
    assert api.get(f"{path}/holidays.json").data["holidays"] == []
