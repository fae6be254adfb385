"""What typed clients expect of answers: sizes of pictures, types of parents, lists where lists stand, and nothing where there is nothing."""

import io

from PIL import Image

from opora.api.nouns.group_sla_policies import wire_filter
from opora.people.models import Group, Organization, Person


def _picture(width: int, height: int) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (width, height)).save(drawn, "PNG")
    return drawn.getvalue()


def _upload(api, name, kind, content):
    sent = api.client.post(
        f"/api/v2/uploads.json?filename={name}", data=content, content_type=kind, **api.headers
    )
    return sent.json()["upload"]["attachment"]


def test_a_picture_says_its_size_and_another_file_says_none(api):
    picture = _upload(api, "a.png", "image/png", _picture(7, 5))
    assert (picture["width"], picture["height"]) == (7, 5)
    broken = _upload(api, "b.png", "image/png", b"\x89PNG but not really")
    text = _upload(api, "c.txt", "text/plain", b"words")
    assert broken["width"] is broken["height"] is text["width"] is None


def test_numbers_of_people_organizations_and_groups_begin_apart(api, cast):
    group = api.post("groups.json", {"group": {"name": "Night"}}).data["group"]
    organization = api.post("organizations.json", {"organization": {"name": "Night"}}).data["organization"]
    person = api.post("users.json", {"user": {"name": "Night"}}).data["user"]
    assert person["id"] > 10_000_000_000 and organization["id"] > 20_000_000_000
    assert group["id"] > 30_000_000_000
    assert Group.objects.filter(pk=group["id"]).exists() and Person.objects.filter(pk=person["id"]).exists()
    assert Organization.objects.filter(pk=organization["id"]).exists()


def test_the_only_group_of_a_promise_stands_in_a_list():
    tree = {"all": [{"field": "group", "operator": "is", "value": "7"}], "any": []}
    assert wire_filter(tree) == {"all": [{"field": "group_id", "operator": "includes", "value": [7]}]}


def test_a_condition_of_a_form_says_the_type_of_its_parent(api):
    def field(title, kind):
        return api.post("ticket_fields.json", {"ticket_field": {"title": title, "type": kind}}).data[
            "ticket_field"
        ]

    parent, child = field("Broken?", "checkbox"), field("What", "text")
    condition = {"parent_field_id": parent["id"], "value": "true", "child_fields": [{"id": child["id"]}]}
    form = {
        "name": "Repairs", "ticket_field_ids": [parent["id"], child["id"]],
        "agent_conditions": [condition], "end_user_conditions": [condition],
    }  # fmt: skip
    made = api.post("ticket_forms.json", {"ticket_form": form}).data["ticket_form"]
    shown = api.get(f"ticket_forms/{made['id']}.json").data["ticket_form"]
    for conditions in (shown["agent_conditions"], shown["end_user_conditions"]):
        assert [one["parent_field_type"] for one in conditions] == ["checkbox"]


def test_the_description_of_a_macro_can_be_taken_away(api):
    written = {
        "title": "Thanks",
        "description": "For everybody",
        "actions": [{"field": "status", "value": "solved"}],
    }
    made = api.post("macros.json", {"macro": written}).data["macro"]
    emptied = api.put(f"macros/{made['id']}.json", {"macro": {"description": None}}).data["macro"]
    assert made["description"] == "For everybody" and not emptied["description"]


def test_an_audit_tells_of_a_due_date_as_tickets_do(api, ticket):
    due = "2027-01-02T03:04:05Z"
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"type": "task", "due_at": due}})
    assert api.get(f"tickets/{ticket.pk}.json").data["ticket"]["due_at"] == due
    events = [
        one for audit in api.get(f"tickets/{ticket.pk}/audits.json").data["audits"] for one in audit["events"]
    ]
    assert [one["value"] for one in events if one.get("field_name") == "due_at"] == [due]


def test_what_failed_in_a_job_says_what_was_tried(api):
    queued = api.post("tickets/create_many.json", {"tickets": [{"subject": "", "comment": {"body": ""}}]})
    (failed,) = api.job(queued)["results"]
    assert (failed["action"], failed["success"], failed["id"]) == ("create", False, 0)
    assert failed["error"] == "TicketCreateFailed" and failed["details"]


def test_an_organization_is_found_by_its_own_number_as_zenpy_asks(api):
    made = api.post("organizations.json", {"organization": {"name": "Night", "external_id": "n-1"}}).data
    asked = api.get("organizations/search.json?external_id=n-1?include=None&page[size]=100").data
    assert [one["id"] for one in asked["organizations"]] == [made["organization"]["id"]]
