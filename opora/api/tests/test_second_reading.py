"""What programs of others stumbled over: small differences between what they wrote and what they read."""

import pytest

from opora.api.wire.forms import read_form
from opora.events.models import Event
from opora.people.models import Identity
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of


@pytest.fixture
def plan(api):
    """A choice of plans as a ticket field."""
    options = [{"name": name.title(), "value": name} for name in ("gold", "silver")]
    given = {"type": "tagger", "title": "Plan", "custom_field_options": options}
    return api.post("ticket_fields", {"ticket_field": given}).data["ticket_field"]


def value_of(ticket, field):
    return next(one["value"] for one in ticket["custom_fields"] if one["id"] == field["id"])


def test_a_choice_is_a_tag_both_ways(api, plan):
    given = {"subject": "s", "comment": {"body": "b"}, "tags": ["x", "gold"]}
    ticket = api.post("tickets", {"ticket": given}).data["ticket"]
    assert ticket["tags"] == ["gold", "x"] and value_of(ticket, plan) == "gold"
    path = f"tickets/{ticket['id']}"
    changed = api.put(path, {"ticket": {"additional_tags": ["silver"]}}).data["ticket"]
    assert changed["tags"] == ["silver", "x"] and value_of(changed, plan) == "silver"
    assert api.get(f"{path}/tags").data["tags"] == ["silver", "x"]
    assert api.post(f"{path}/tags", {"tags": ["y"]}).data["tags"] == ["y"]
    assert value_of(api.get(path).data["ticket"], plan) is None
    named = {"tags": ["gold"], "custom_fields": [{"id": plan["id"], "value": "silver"}]}
    assert value_of(api.put(path, {"ticket": named}).data["ticket"], plan) == "silver", (
        "the field is said outright"
    )
    assert api.put(path, {"ticket": {"remove_tags": ["silver"]}}).data["ticket"]["tags"] == []
    assert list(Ticket.objects.get(pk=ticket["id"]).tags.values_list("name", flat=True)) == []


def test_a_checkbox_puts_its_tag_on_the_ticket_and_takes_it_off(api, ticket):
    field = api.post("ticket_fields", {"ticket_field": {"type": "checkbox", "title": "VIP", "tag": "vip"}}).data["ticket_field"]  # fmt: skip
    for value, tags in ((True, ["vip"]), (False, [])):
        given = {"custom_fields": [{"id": field["id"], "value": value}]}
        assert api.put(f"tickets/{ticket.pk}", {"ticket": given}).data["ticket"]["tags"] == tags


def test_a_copy_gets_the_name_it_was_given_and_the_recipient_can_change(api, ticket):
    given = {"email_ccs": [{"user_email": "new@far.test", "user_name": "Nina", "action": "put"}], "recipient": "help@desk.test"}  # fmt: skip
    shown = api.put(f"tickets/{ticket.pk}", {"ticket": given}).data
    assert api.get(f"users/{shown['ticket']['email_cc_ids'][0]}").data["user"]["name"] == "Nina"
    assert shown["ticket"]["recipient"] == "help@desk.test"
    assert "recipient" in {event.get("field_name") for event in shown["audit"]["events"]}


def test_tickets_are_shown_by_numbers_of_another_system(api):
    made = [api.post("tickets", {"ticket": {"subject": n, "comment": {"body": n}, "external_id": n}}).data["ticket"]["id"] for n in "ab"]  # fmt: skip
    found = api.get("tickets/show_many?external_ids=b,a,c").data["tickets"]
    assert [one["id"] for one in found] == [made[1], made[0]]


def test_customers_put_others_in_copy_of_their_requests(api_of, cast):
    customer = api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)
    given = {"subject": "s", "comment": {"body": "b"}, "collaborators": ["friend@far.test"]}
    request = customer.post("requests", {"request": given}).data["request"]
    assert len(request["email_cc_ids"]) == 1
    more = {"email_ccs": [{"user_email": "other@far.test", "action": "put"}]}
    assert (
        len(customer.put(f"requests/{request['id']}", {"request": more}).data["request"]["email_cc_ids"]) == 2
    )


def test_an_option_keeps_its_number_when_its_value_changes(api, plan):
    path = f"ticket_fields/{plan['id']}"
    first, second = plan["custom_field_options"]
    renamed = [{**first, "value": "platinum"}, second]
    kept = api.put(path, {"ticket_field": {"custom_field_options": renamed}}).data["ticket_field"]
    assert [one["id"] for one in kept["custom_field_options"]] == [first["id"], second["id"]]
    given = {"id": first["id"], "name": "Best", "value": "best"}
    assert (
        api.post(f"{path}/options", {"custom_field_option": given}).data["custom_field_option"]["id"]
        == first["id"]
    )
    again = api.post(
        f"{path}/options", {"custom_field_option": {"name": "Gold", "value": "gold", "position": 0}}
    )
    assert again.data["custom_field_option"]["position"] == 0
    numbers = [one["id"] for one in api.get(f"{path}/options").data["custom_field_options"]]
    assert (
        len(set(numbers)) == 3
        and api.get(f"{path}/options/{first['id']}").data["custom_field_option"]["value"] == "best"
    )


def test_a_corrected_address_keeps_its_number_and_is_not_vouched_for(api, cast):
    path = f"users/{cast.customer.pk}/identities"
    one = api.get(path).data["identities"][0]
    changed = api.put(f"{path}/{one['id']}", {"identity": {"value": "right@far.test"}}).data["identity"]
    assert (changed["id"], changed["value"], changed["verified"]) == (one["id"], "right@far.test", False)
    cast.customer.refresh_from_db()
    assert cast.customer.email == "right@far.test" and Identity.objects.get(pk=one["id"]).is_primary
    kinds = ["person.identity_removed", "person.identity_added", "person.primary_address_changed"]
    assert list(Event.objects.filter(kind__in=kinds).order_by("id").values_list("kind", flat=True)) == kinds
    taken = api.put(f"{path}/{one['id']}", {"identity": {"value": cast.banker.email}})
    assert taken.status_code == 422 and taken.data["details"]["value"][0]["error"] == "DuplicateValue"


def test_rules_read_back_word_for_word_until_they_mean_something_else(api):
    status = str(status_of(Category.OPEN).pk)
    actions = [
        {"field": "comment_value", "value": ["channel:all", "Hello {{ticket.id}}"]},
        {"field": "comment_mode_is_public", "value": "true"},
        {"field": "custom_status_id", "value": status},
        {"field": "subject", "value": "Changed"},
    ]
    macro = api.post("macros", {"macro": {"title": "M", "actions": actions}}).data["macro"]
    assert macro["actions"] == actions == api.get(f"macros/{macro['id']}").data["macro"]["actions"]
    fewer = api.put(f"macros/{macro['id']}", {"macro": {"actions": actions[2:3]}}).data["macro"]
    assert fewer["actions"] == actions[2:3]
    conditions = {"all": [{"field": "via_id", "operator": "is", "value": 4}, {"field": "locale_id", "operator": "is", "value": "1"}], "any": []}  # fmt: skip
    steps = [{"field": "custom_status_id", "value": status}]
    trigger = api.post(
        "triggers", {"trigger": {"title": "T", "conditions": conditions, "actions": steps}}
    ).data["trigger"]
    assert (trigger["conditions"], trigger["actions"]) == (conditions, steps)


def test_a_view_keeps_its_order_and_its_rows_follow_it(api, make_ticket):
    made = [make_ticket(name) for name in "ab"]
    api.put(f"tickets/{made[0].pk}", {"ticket": {"status": "pending"}})
    output = {"columns": ["subject"], "sort_by": "status", "sort_order": "desc", "group_by": "assignee", "group_order": "desc"}  # fmt: skip
    every = [{"field": "status", "operator": "less_than", "value": "solved"}, {"field": "via_id", "operator": "is_not", "value": "4"}]  # fmt: skip
    view = api.post("views", {"view": {"title": "V", "all": every, "output": output}}).data["view"]
    assert {name: view["execution"][name] for name in output if name != "columns"} | {
        "columns": ["subject"]
    } == output
    assert view["conditions"]["all"] == every
    shown = api.get(f"views/{view['id']}/tickets").data["tickets"]
    assert [one["id"] for one in shown] == [made[0].pk, made[1].pk]
    api.put(f"views/{view['id']}", {"view": {"active": False}})
    assert view["id"] in [one["id"] for one in api.get("views").data["views"]]


@pytest.mark.parametrize("order", ["priority", "-priority", "assignee.name", "due_date"])
def test_cursors_go_on_where_a_column_is_empty_and_come_back(api, make_ticket, order):
    made = {make_ticket(str(n)).pk for n in range(7)}
    for pk, priority in zip(sorted(made), ("low", "urgent", "low"), strict=False):
        api.put(f"tickets/{pk}", {"ticket": {"priority": priority, "due_at": "2027-01-01"}})
    pages, address = [], f"tickets?sort={order}&page[size]=2"
    while address:
        page = api.get(address.removeprefix("http://testserver")).data
        pages.append([one["id"] for one in page["tickets"]])
        address = page["links"]["next"]
    assert sorted(pk for page in pages for pk in page) == sorted(made)
    back, address = [], page["links"]["prev"]
    while address:
        page = api.get(address.removeprefix("http://testserver")).data
        back.insert(0, [one["id"] for one in page["tickets"]])
        address = page["links"]["prev"]
    assert back == pages[:-1]


def test_more_is_side_loaded(api, cast, ticket):
    users = api.get("users?include=identities,roles,open_ticket_count").data
    assert {one["user_id"] for one in users["identities"]} >= {cast.customer.pk}
    assert {one["id"] for one in users["roles"]} >= {cast.owner.role_id}
    assert users["open_ticket_count"][str(ticket.requester_id)] == 1
    groups = api.get("groups?include=users").data
    assert {one["id"] for one in groups["users"]} >= {cast.agent.pk}
    tickets = api.get("tickets?include=last_audits,incident_counts,sharing_agreements").data
    assert tickets["last_audits"][0]["ticket_id"] == ticket.pk and tickets["sharing_agreements"] == []
    assert tickets["tickets"][0]["incident_count"] == 0


def test_a_deleted_group_is_gone(api):
    group = api.post("groups", {"group": {"name": "Night"}}).data["group"]
    path = f"groups/{group['id']}"
    assert api.delete(path).status_code == 204
    assert [api.get(path).status_code, api.put(path, {"group": {"name": "x"}}).status_code, api.delete(path).status_code] == [404] * 3  # fmt: skip


def test_audits_and_exports_tell_of_words_taken_away(api, ticket):
    comment = api.get(f"tickets/{ticket.pk}/comments").data["comments"][0]
    path = f"tickets/{ticket.pk}/comments/{comment['id']}"
    api.put(f"{path}/redact", {"text": comment["body"].split()[0]})
    api.put(f"{path}/make_private")
    audits = api.get(f"tickets/{ticket.pk}/audits").data["audits"]
    kinds = [event["type"] for audit in audits[-2:] for event in audit["events"]]
    assert kinds == ["CommentRedactionEvent", "CommentPrivacyChange"]
    events = api.get("incremental/ticket_events?start_time=0&include=comment_events").data["ticket_events"]
    children = [child for event in events for child in event["child_events"]]
    assert (
        children[0]["created_at"] == comment["created_at"]
        and children[-1]["event_type"] == "CommentPrivacyChange"
    )


def test_jobs_are_paged_by_cursor(api):
    for n in range(3):
        api.post("organizations/create_many", {"organizations": [{"name": f"O{n}"}]})
    first = api.get("job_statuses?page[size]=2").data
    rest = api.get(first["links"]["next"].removeprefix("http://testserver")).data
    assert len(first["job_statuses"]) == 2 and len(rest["job_statuses"]) == 1 and not rest["meta"]["has_more"]


def test_forms_carry_lists_and_objects(api, ticket):
    fields = {
        "ticket[subject]": ["s"],
        "ticket[tags][]": ["a", "b"],
        "ticket[custom_fields][][id]": ["1", "2"],
    }
    assert read_form(fields) == {"ticket": {"subject": "s", "tags": ["a", "b"], "custom_fields": [{"id": "1"}, {"id": "2"}]}}  # fmt: skip
    sent = {"data": "tags[]=m&tags[]=n", "content_type": "application/x-www-form-urlencoded", **api.headers}
    assert api.client.put(f"/api/v2/tickets/{ticket.pk}/tags.json", **sent).json() == {"tags": ["m", "n"]}


def test_an_answer_is_known_by_any_of_several_tags(api, ticket):
    path = f"tickets/{ticket.pk}.json"
    tag = api.get(path)["ETag"]
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        assert api.client.get(f"/api/v2/{path}", HTTP_IF_NONE_MATCH=sent, **api.headers).status_code == 304
    assert api.get(path, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_a_token_in_the_address_reads_and_writes_nothing(api, api_of):
    nobody = api_of(None)
    assert nobody.get(f"users/me?access_token={api.secret}").data["user"]["id"] == api.person.pk
    assert nobody.post(f"groups?access_token={api.secret}", {"group": {"name": "x"}}).status_code == 401


def test_endpoints_are_named_in_the_headers_of_the_limit(api):
    said = api.get("search.json?query=x")["Zendesk-RateLimit-search-index"]
    assert said.startswith("total=") and "remaining=" in said and "resets=" in said
    assert api.get("tickets.json/").status_code == 200


def test_groups_are_found_by_name_and_people_by_standing(api, cast):
    def numbers(typed):
        return [one["id"] for one in api.get(f"search?query={typed}").data["results"]]

    assert numbers(f'type:group name:"{cast.group.name}"') == [cast.group.pk]
    assert cast.customer.pk in numbers("type:user is_suspended:false") and cast.customer.pk not in numbers("type:user is_suspended:true")  # fmt: skip
    assert numbers(f"type:user organization_id:{cast.bank.pk}") == [cast.banker.pk]
    assert numbers("type:nonsense") == []


def test_a_holiday_keeps_its_number_when_it_moves(api):
    schedule = api.post("business_hours/schedules", {"schedule": {"name": "Day", "time_zone": "Kyiv"}}).data[
        "schedule"
    ]
    path = f"business_hours/schedules/{schedule['id']}/holidays"
    given = {"name": "Feast", "start_date": "2027-01-06", "end_date": "2027-01-07"}
    number = api.post(path, {"holiday": given}).data["holiday"]["id"]
    for start in ("2027-01-05", "2027-01-04"):
        moved = api.put(f"{path}/{number}", {"holiday": {"start_date": start}}).data["holiday"]
        assert (moved["id"], moved["start_date"], moved["end_date"]) == (number, start, "2027-01-07")
    api.put(f"{path}/{number}", {"holiday": {"end_date": "2027-01-04"}})
    other = api.post(path, {"holiday": {"name": "Rest", "start_date": "2027-01-06", "end_date": "2027-01-06"}}).data["holiday"]  # fmt: skip
    assert other["id"] != number and api.get(f"{path}/{other['id']}").data["holiday"] == other
    assert api.delete(f"{path}/{number}").status_code == 204
    assert [one["name"] for one in api.get(path).data["holidays"]] == ["Rest"]
