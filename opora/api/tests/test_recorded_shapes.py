"""The shapes of our answers against those that the vendor's were recorded to have. Shapes alone; no recorded text."""

import json
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "zendesk" / "recordings"
FILES = ("shapes-recorded.json", "shapes-config-endpoints.json")
pytestmark = pytest.mark.skipif(
    not REFERENCE.exists(), reason="SHAPES NOT COMPARED: the recordings are not on this machine."
)

ELSEWHERE = {
    "count", "next_page", "previous_page", "meta", "links", "page",
    "url",
}  # fmt: skip
"""Of one kind of page or the other: recordings of both are counted together."""
NOT_HERE = {
    "macros[].attachments": "only while a macro has files; macros here carry none",
    "triggers[].conditions.any[]": "depends on the rule",
    "views[].execution.columns[].type": "of columns that show custom fields",
    "views[].execution.columns[].url": "of columns that show custom fields",
    "webhooks[].authentication": "of webhooks that sign in",
    "webhooks[].updated_at": "of webhooks that were changed",
    "webhooks[].updated_by": "of webhooks that were changed",
    "organization_fields[].custom_field_options": "of fields that are a choice",
    "ticket_fields[].custom_field_options": "of fields that are a choice",
    "user_fields[].custom_field_options": "of fields that are a choice",
    "user_fields[].tag": "of checkboxes",
    "views[].watchable": "said by newer interfaces of the vendor's alone",
    "users[].permanently_deleted": "said only of people who were erased",
    "definitions.actions[].metadata": "of actions of add-ons",
    "definitions.actions[].values[].format": "of actions of add-ons",
    "definitions.conditions_all[].operators[].format": "of conditions on dates",
    "definitions.conditions_any[].operators[].format": "of conditions on dates",
    "definitions.all[].output_key": "an interface's own",
    "definitions.all[].title_for_field": "an interface's own",
    "definitions.all[].values.css_class": "an interface's own",
    "definitions.any[].output_key": "an interface's own",
    "definitions.any[].title_for_field": "an interface's own",
    "definitions.any[].values.css_class": "an interface's own",
    "sla_policies[].filter.all[].value": "numbers are texts in conditions, as in the other rules",
    "automations[].actions[].value": "a notification is a list",
    "audits[].events[].previous_value": "tags are a list",
}
"""What differs, and why."""
IGNORED = (
    "metadata.system.", "metadata.custom", "user_fields.", "organization_fields.", "via.source.to.", "via.source.from.",
    "photo.", "custom_roles[].configuration.", "values.label", "categories[]", "invocations[]", "conditions.any[]",
)  # fmt: skip
"""Contents that depend on who called from where, on the account's own fields, and on add-ons."""


def kinds_of(value, path, found):
    """Note the type of everything that stands in an answer, by its path."""
    names = {dict: "object", list: "array", str: "str", bool: "bool", int: "int", float: "float"}
    found.setdefault(path, set()).add(names.get(type(value), "null"))
    if isinstance(value, dict):
        for name, inner in value.items():
            kinds_of(inner, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        for inner in value:
            kinds_of(inner, f"{path}[]", found)
    return found


def recorded():
    """Yield (path of the list, its recorded key paths with types) of every GET of one fixed path that is offered."""
    for name in FILES if REFERENCE.exists() else ():
        for title, shape in json.loads((REFERENCE / name).read_text()).items():
            method, path, status = title.split()
            if method == "GET" and status == "200" and "{" not in path and path.startswith("/api/v2/"):
                yield path.removeprefix("/api/v2/"), shape["keys"]


def lacking(recorded_keys, ours):
    """Return the recorded keys that an object of ours has not, and those of another type."""
    for key, types in recorded_keys.items():
        parent = key.rpartition(".")[0]
        if (
            key in NOT_HERE
            or key.endswith("[]")
            or any(part in key for part in IGNORED)
            or key.partition(".")[0] in ELSEWHERE
        ):
            continue
        if key not in ours:
            if "object" in ours.get(parent, set()):
                yield f"{key} is missing"
        else:
            other = ours[key] - {"null"} - set(types.split("|"))
            if other and types != "null":
                yield f"{key} is {other} instead of {types}"


@pytest.fixture
def furnished(api, cast, ticket):
    """A desk with one of most things."""
    for path, name, values in (
        ("organizations", "organization", {"name": "Bank"}),
        ("triggers", "trigger", {"title": "T", "conditions": {"all": [{"field": "status", "operator": "is", "value": "open"}]}, "actions": [{"field": "priority", "value": "low"}]}),
        ("automations", "automation", {"title": "A", "conditions": {"all": [{"field": "OPEN", "operator": "greater_than", "value": "24"}]}, "actions": [{"field": "status", "value": "solved"}]}),
        ("macros", "macro", {"title": "M", "actions": [{"field": "status", "value": "solved"}]}),
        ("views", "view", {"title": "V", "all": [{"field": "status", "operator": "is", "value": "open"}]}),
        ("ticket_fields", "ticket_field", {"title": "F", "type": "text"}),
        ("user_fields", "user_field", {"title": "F", "key": "f", "type": "text"}),
        ("organization_fields", "organization_field", {"title": "F", "key": "f", "type": "text"}),
        ("slas/policies", "sla_policy", {"title": "S", "filter": {"all": []}, "policy_metrics": [{"metric": "first_reply_time", "priority": "low", "target": 5}]}),
        ("business_hours/schedules", "schedule", {"name": "S", "time_zone": "Kyiv"}),
        ("recipient_addresses", "recipient_address", {"name": "S", "email": "help@acme.test"}),
        ("trigger_categories", "trigger_category", {"name": "C"}),
        ("webhooks", "webhook", {"name": "W", "description": "d", "endpoint": "https://example.com/h", "http_method": "POST", "request_format": "json", "status": "active", "subscriptions": ["conditional_ticket_events"]}),
    ):  # fmt: skip
        response = api.post(path, {name: values})
        assert response.status_code == 201, (path, response.data)


QUERIES = {
    "incremental/tickets": "start_time=1",
    "incremental/tickets/cursor": "start_time=1",
    "incremental/users": "start_time=1",
    "incremental/users/cursor": "start_time=1",
    "tickets/show_many": "ids=1",
}
NEEDS_MORE = {"organizations/autocomplete", "organizations/search", "organizations/show_many", "users/show_many", "search/export"}  # fmt: skip
"""Asked for below with ids of their own, or mixing kinds of objects."""


def test_every_recorded_list_has_the_keys_and_types_that_were_recorded(api, furnished):
    found, compared = {}, 0
    for path, keys in recorded():
        if path in NEEDS_MORE:
            continue
        response = api.get(f"{path}?{QUERIES.get(path, '')}")
        if response.status_code == 404:
            continue
        assert response.status_code == 200, (path, response.data)
        compared += 1
        problems = list(lacking(keys, kinds_of(response.data, "", {})))
        if problems:
            found[path] = problems
    assert compared > 35
    assert "\n".join(f"{path}: {problem}" for path, problems in found.items() for problem in problems) == ""


def test_one_ticket_one_person_and_one_organization_have_what_was_recorded(api, furnished, cast, ticket):
    shapes = json.loads((REFERENCE / FILES[0]).read_text())
    organization_id = api.get("organizations").data["organizations"][0]["id"]
    brand_id = api.get("brands").data["brands"][0]["id"]
    for title, path in {
        "GET /api/v2/tickets/{id} 200": f"tickets/{ticket.pk}",
        "GET /api/v2/tickets/{id}/comments 200": f"tickets/{ticket.pk}/comments",
        "GET /api/v2/users/{id} 200": f"users/{cast.customer.pk}",
        "GET /api/v2/organizations/{id} 200": f"organizations/{organization_id}",
        "GET /api/v2/users/show_many 200": f"users/show_many?ids={cast.customer.pk}",
        "GET /api/v2/brands/{id} 200": f"brands/{brand_id}",
    }.items():
        answer = api.get(path).data
        assert list(lacking(shapes[title]["keys"], kinds_of(answer, "", {}))) == [], title
