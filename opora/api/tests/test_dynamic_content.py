"""Texts in several languages through the API."""

import pytest

UK, EN, PL = 1009, 1, 13


@pytest.fixture
def item(api):
    variants = [
        {"locale_id": UK, "content": "З 9 до 18", "default": True, "active": True},
        {"locale_id": EN, "content": "From 9 to 18", "default": False, "active": True},
    ]
    body = {"name": "Working hours", "default_locale_id": UK, "variants": variants}
    made = api.post("dynamic_content/items.json", {"item": body})
    assert made.status_code == 201, made.content
    return made.data["item"]


def test_a_text_reads_back_with_its_languages(api, item):
    assert item["placeholder"] == "{{dc.working_hours}}" and item["default_locale_id"] == UK
    assert [(one["locale_id"], one["content"], one["default"]) for one in item["variants"]] == [
        (UK, "З 9 до 18", True),
        (EN, "From 9 to 18", False),
    ]
    assert api.get("dynamic_content/items.json").data["items"] == [item]
    path = f"dynamic_content/items/{item['id']}"
    assert api.get(f"{path}.json").data["item"] == item
    assert api.get(f"{path}/variants.json").data["variants"] == item["variants"]
    one = item["variants"][1]
    assert api.get(f"{path}/variants/{one['id']}.json").data["variant"] == one
    found = api.get("dynamic_content/items/show_many.json?identifiers=dc.working_hours,x").data["items"]
    assert [row["id"] for row in found] == [item["id"]]


def test_languages_are_added_changed_and_taken_away(api, item):
    path = f"dynamic_content/items/{item['id']}/variants"
    made = api.post(f"{path}.json", {"variant": {"locale_id": PL, "content": "Od 9 do 18"}})
    assert made.status_code == 201, made.content
    polish = made.data["variant"]
    assert api.post(f"{path}.json", {"variant": {"locale_id": PL, "content": "x"}}).status_code == 422
    one = f"{path}/{polish['id']}.json"
    changed = api.put(one, {"variant": {"content": "Od 10", "active": False}}).data["variant"]
    assert (changed["content"], changed["active"]) == ("Od 10", False)
    many = api.put(f"{path}/update_many.json", {"variants": [{"id": polish["id"], "active": True}]})
    assert [row["active"] for row in many.data["variants"]] == [True]
    more = api.post(f"{path}/create_many.json", {"variants": [{"locale_id": 8, "content": "Von 9"}]})
    assert [row["locale_id"] for row in more.data["variants"]] == [8]
    assert api.put(one, {"variant": {"default": True}}).data["variant"]["default"] is True
    assert api.delete(one).status_code == 422
    assert api.delete(f"{path}/{item['variants'][0]['id']}.json").status_code == 204


def test_a_text_is_renamed_and_removed(api, api_of, cast, item):
    path = f"dynamic_content/items/{item['id']}.json"
    assert api.put(path, {"item": {"name": "Hours"}}).data["item"]["placeholder"] == item["placeholder"]
    assert api_of(cast.agent).put(path, {"item": {"name": "Mine"}}).status_code == 403
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"name": "A"},
        {"name": "A", "default_locale_id": 77_777, "variants": []},
        {"name": "A", "default_locale_id": UK, "variants": []},
        {"name": "A", "default_locale_id": UK, "variants": [{"locale_id": UK, "content": ""}]},
        {"name": "A", "default_locale_id": UK, "variants": [{"content": "x"}]},
        {"name": "A", "default_locale_id": UK, "variants": "x"},
    ],
)
def test_a_text_without_sense_is_refused(api, body):
    assert api.post("dynamic_content/items.json", {"item": body}).status_code in {400, 422}
    assert api.get("dynamic_content/items.json").data["items"] == []


def test_a_macro_says_it_in_the_language_of_the_ticket(api, item, make_ticket):
    actions = [{"field": "comment_value", "value": "{{dc.working_hours}}"}]
    macro = api.post("macros.json", {"macro": {"title": "Hours", "actions": actions}}).data["macro"]["id"]
    ticket = make_ticket(locale="en")
    result = api.get(f"tickets/{ticket.pk}/macros/{macro}/apply.json").data["result"]
    assert result["ticket"]["comment"]["body"] == "From 9 to 18"


def test_what_customers_read_of_fields_and_forms_is_said_in_their_language(api, item, cast):
    cast.owner.locale = "en"
    cast.owner.save()
    body = {"title": "Hours", "type": "text", "title_in_portal": item["placeholder"]}
    field = api.post("ticket_fields.json", {"ticket_field": body}).data["ticket_field"]
    assert (field["title_in_portal"], field["raw_title_in_portal"]) == ("From 9 to 18", item["placeholder"])
    form = {"name": "Hours", "display_name": item["placeholder"]}
    shown = api.post("ticket_forms.json", {"ticket_form": form}).data["ticket_form"]
    assert (shown["display_name"], shown["raw_display_name"]) == ("From 9 to 18", item["placeholder"])
