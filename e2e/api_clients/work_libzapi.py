"""libzapi at work: its data classes insist on every attribute of an answer."""

import os
import time
from types import SimpleNamespace

from libzapi import Ticketing
from libzapi.application.commands.ticketing.group_cmds import CreateGroupCmd, UpdateGroupCmd

desk = Ticketing(
    base_url=os.environ["OPORA_BASE_URL"],
    email=os.environ["OPORA_EMAIL"],
    api_token=os.environ["OPORA_TOKEN"],
)
UNIQUE = str(time.time_ns())


def tickets_are_created_and_listed():
    made = desk.tickets.create(subject=f"Parcel {UNIQUE}", description="Late.", tags=["parcel"])
    assert (
        made.subject == f"Parcel {UNIQUE}" and made.description == "Late." and list(made.tags) == ["parcel"]
    )
    shown = desk.tickets.get(made.id)
    assert (shown.id == made.id and shown.priority is None) or shown.priority == "None"
    changed = desk.tickets.update(made.id, subject="Other")
    assert changed.subject == "Other"
    assert made.id in {ticket.id for ticket in desk.tickets.list()}


def people_and_configuration_have_every_attribute():
    assert [person.role for person in desk.users.list_all()]
    assert list(desk.organizations.list_all()) is not None
    group = desk.groups.create(
        CreateGroupCmd(name=f"Night {UNIQUE}", description="d", is_public=True, default=False)
    )
    assert group.id in {one.id for one in desk.groups.list_all()}
    desk.groups.delete(group.id)
    for listed in (desk.ticket_forms.list_all, desk.macros.list, desk.suspended_tickets.list_all, desk.user_fields.list_all,
                   desk.ticket_fields.list_all, desk.schedules.list_schedules, desk.support_addresses.list):  # fmt: skip
        list(listed())
    assert desk.users.count().value >= 1 and desk.groups.count().value >= 1 and desk.views.count().value >= 1


def settings_brands_rules_and_fields_have_every_attribute():
    settings = desk.account_settings.get()
    assert settings.active_features.organization_access_enabled and not settings.chat.enabled
    (brand,) = desk.brands.list()
    assert brand.default and desk.brands.get(brand.id).logo.content_url.startswith("http")
    trigger = next(iter(desk.ticket_triggers.list()))
    assert desk.ticket_triggers.get(trigger.id).title == trigger.title
    assert list(desk.ticket_trigger_categories.list()) == []
    assert [rule.title for rule in desk.automations.list_all()]
    me = next(person for person in desk.users.list_all() if person.role == "admin")
    assert desk.groups.count_user(me.id).value == len(list(desk.groups.list_user(me.id)))
    made = desk.tickets.create(
        subject=f"Many {UNIQUE}", description="x", priority="high", ticket_type="problem"
    )
    assert [one.id for one in desk.tickets.show_multiple_tickets([made.id])] == [made.id]
    assert made.id in {one.id for one in desk.tickets.list_problems()}


def groups_and_fields_are_written_and_read_back():
    made = desk.groups.create(CreateGroupCmd(name=f"Day {UNIQUE}", description="All day", is_public=True))
    changed = desk.groups.update(made.id, UpdateGroupCmd(description="Until six"))
    assert (changed.name, changed.description, changed.is_public) == (f"Day {UNIQUE}", "Until six", True)
    ticket = desk.tickets.create(
        subject=f"Grouped {UNIQUE}",
        description="x",
        group_id=made.id,
        priority="low",
        ticket_type="task",
        tags=["t"],
    )
    shown = desk.tickets.get(ticket.id)
    assert (shown.group_id, shown.priority, shown.type, list(shown.tags)) == (made.id, "low", "task", ["t"])
    field = SimpleNamespace(title=f"Size {UNIQUE}", type="text", required=False)
    kept = desk.ticket_fields.create_field(field)
    filled = desk.tickets.update(ticket.id, custom_fields=[{"id": kept.id, "value": "XL"}])
    assert {one.id: one.value for one in filled.custom_fields}[kept.id] == "XL"
    desk.ticket_fields.delete_field(kept.id)


if __name__ == "__main__":
    for work in (
        tickets_are_created_and_listed,
        people_and_configuration_have_every_attribute,
        settings_brands_rules_and_fields_have_every_attribute,
        groups_and_fields_are_written_and_read_back,
    ):
        work()
        print("done", work.__name__)
