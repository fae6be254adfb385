"""libzapi at work: its data classes insist on every attribute of an answer."""

import os
import time

from libzapi import Ticketing
from libzapi.application.commands.ticketing.group_cmds import CreateGroupCmd

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


if __name__ == "__main__":
    for work in (tickets_are_created_and_listed, people_and_configuration_have_every_attribute):
        work()
        print("done", work.__name__)
