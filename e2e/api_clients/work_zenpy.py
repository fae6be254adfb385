"""zenpy at work: everything written is read back through it."""

import os
import tempfile
import time
from pathlib import Path

from zenpy import Zenpy
from zenpy.lib.api_objects import (
    Comment,
    Group,
    GroupMembership,
    Identity,
    Macro,
    Organization,
    OrganizationMembership,
    Request,
    SlaPolicy,
    Ticket,
    TicketField,
    Trigger,
    User,
    View,
)
from zenpy.lib.exception import APIException, RecordNotFoundException

EMAIL, TOKEN = os.environ["OPORA_EMAIL"], os.environ["OPORA_TOKEN"]
desk = Zenpy(subdomain="acme", email=EMAIL, token=TOKEN)
UNIQUE = str(time.time_ns())


def afresh():
    """A client that has kept nothing of what it has read."""
    return Zenpy(subdomain="acme", email=EMAIL, token=TOKEN)


def finished(job):
    until = time.monotonic() + 60
    while job.status not in {"completed", "failed"}:
        assert time.monotonic() < until, f"The job {job.id} does not end."
        time.sleep(0.2)
        job = desk.job_status(id=job.id)
    assert job.status == "completed", job.to_dict()
    return job


def tickets_are_created_updated_and_answered():
    audit = desk.tickets.create(
        Ticket(
            subject=f"Parcel {UNIQUE}",
            description="It is late.",
            priority="high",
            tags=["parcel"],
            external_id=UNIQUE,
        )
    )
    ticket = desk.tickets(id=audit.ticket.id)
    assert (ticket.subject, ticket.description, ticket.priority, ticket.tags) == (
        f"Parcel {UNIQUE}", "It is late.", "high", ["parcel"],
    )  # fmt: skip
    assert [found.id for found in desk.tickets(external_id=UNIQUE)] == [ticket.id]
    ticket.status, ticket.comment = "pending", Comment(body="Asked the carrier.", public=False)
    changed = desk.tickets.update(ticket)
    assert changed.ticket.status == "pending"
    words = [(comment.body, comment.public) for comment in desk.tickets.comments(ticket=ticket.id)]
    assert words == [("It is late.", True), ("Asked the carrier.", False)]
    kinds = [[event["type"] for event in audit.events] for audit in desk.tickets.audits(ticket=ticket.id)]
    assert kinds[0][0] == "Comment" and "Change" in kinds[1]


def files_go_up_and_come_down():
    ticket = desk.tickets.create(Ticket(subject="With a file", description="see")).ticket
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invoice.txt"
        path.write_text("forty-two")
        upload = desk.attachments.upload(str(path))
        ticket.comment = Comment(body="here", uploads=[upload.token])
        desk.tickets.update(ticket)
        attachment = list(desk.tickets.comments(ticket=ticket.id))[-1].attachments[0]
        assert attachment.file_name == "invoice.txt" and attachment.size == 9
        got = desk.attachments.download(attachment.id, str(Path(folder) / "back.txt"))
        assert Path(got).read_text() == "forty-two"


def tags_merges_and_the_bin():
    one, two = (desk.tickets.create(Ticket(subject=name, description=name)).ticket for name in ("One", "Two"))
    desk.tickets.set_tags(one.id, ["a"])
    desk.tickets.add_tags(one.id, ["b"])
    desk.tickets.delete_tags(one.id, ["a"])
    assert list(desk.tickets.tags(one.id)) == ["b"]
    finished(desk.tickets.merge(one.id, [two.id], target_comment="took two", source_comment="went to one"))
    desk.tickets.delete(one)
    assert one.id in [ticket.id for ticket in desk.tickets.deleted()]
    desk.tickets.restore(one.id)
    assert afresh().tickets(id=one.id).status == "new"


def many_at_once():
    made = finished(
        desk.tickets.create([Ticket(subject=f"Bulk {n} {UNIQUE}", description="x") for n in range(25)])
    )
    ids = [result.id for result in made.results]
    assert len(set(ids)) == 25
    rows = list(desk.tickets(ids=ids))
    for row in rows:
        row.status = "solved"
    finished(desk.tickets.update(rows))
    assert {row.status for row in afresh().tickets(ids=ids)} == {"solved"}
    finished(desk.tickets.delete(rows))
    assert not list(afresh().search(f"Bulk {UNIQUE}", type="ticket"))


def people_and_organizations():
    organization = desk.organizations.create(
        Organization(name=f"Bank {UNIQUE}", domain_names=[f"b{UNIQUE}.test"])
    )
    person = desk.users.create(
        User(
            name="Ada",
            email=f"ada@b{UNIQUE}.test",
            phone="+380501112233",
            tags=["vip"],
            external_id=f"p{UNIQUE}",
        )
    )
    assert person.organization_id == organization.id and person.role == "end-user" and person.tags == ["vip"]
    assert [found.id for found in desk.organizations.users(organization)] == [person.id]
    person.name = "Ada Byron"
    assert desk.users.update(person).name == "Ada Byron"
    assert desk.users.create_or_update(User(name="Ada B.", email=person.email)).id == person.id
    assert [found.id for found in desk.users.search(query=person.email)] == [person.id]
    desk.users.identities.create(person, Identity(type="email", value=f"second@b{UNIQUE}.test"))
    assert len(list(desk.users.identities(id=person.id))) == 2
    other = desk.organizations.create(Organization(name=f"Other {UNIQUE}"))
    place = desk.organization_memberships.create(
        OrganizationMembership(user_id=person.id, organization_id=other.id)
    )
    assert place.organization_id == other.id
    finished(desk.users.create([User(name=f"P{n}", email=f"p{n}@b{UNIQUE}.test") for n in range(5)]))
    ticket = desk.tickets.create(Ticket(subject="Hers", description="x", requester_id=person.id)).ticket
    assert [found.id for found in desk.users.requested(person)] == [ticket.id]
    desk.users.delete(person)
    desk.organizations.delete(other)
    try:
        desk.organizations(id=other.id)
        raise AssertionError("The organization is still there.")
    except RecordNotFoundException:
        pass


def groups_views_and_macros():
    me = desk.users.me()
    group = desk.groups.create(Group(name=f"Night {UNIQUE}"))
    desk.group_memberships.create(GroupMembership(user_id=me.id, group_id=group.id))
    assert group.id in [found.id for found in desk.users.groups(me)]
    view = desk.views.create(
        View(title=f"V {UNIQUE}", all=[{"field": "group_id", "operator": "is", "value": str(group.id)}])
    )
    ticket = desk.tickets.create(Ticket(subject="Theirs", description="x", group_id=group.id)).ticket
    assert [found.id for found in desk.views.tickets(view)] == [ticket.id]
    assert desk.views.count(view).value == 1
    macro = desk.macros.create(Macro(title=f"M {UNIQUE}", actions=[{"field": "status", "value": "solved"}]))
    effect = desk.tickets.show_macro_effect(ticket, macro)
    assert effect.ticket.status == "solved" and afresh().tickets(id=ticket.id).status == "new"
    for made, api in ((view, desk.views), (macro, desk.macros)):
        api.delete(made)
    field = desk.ticket_fields.create(TicketField(title=f"Order {UNIQUE}", type="text"))
    ticket.custom_fields = [{"id": field.id, "value": "A-1"}]
    shown = desk.tickets.update(ticket).ticket
    assert {"id": field.id, "value": "A-1"} in shown.custom_fields


def searching_and_paging():
    finished(desk.tickets.create([Ticket(subject=f"Needle {UNIQUE} {n}", description="x") for n in range(7)]))
    found = list(desk.search(f"Needle {UNIQUE}", type="ticket", sort_by="created_at", sort_order="asc"))
    assert len(found) == 7
    assert desk.search.count(f"Needle {UNIQUE}", type="ticket") == 7
    assert len(list(desk.search_export(f"Needle {UNIQUE}", type="ticket"))) == 7
    everything = list(desk.tickets())
    assert (
        len({ticket.id for ticket in everything})
        == len(everything)
        == len(desk.tickets(cursor_pagination=False))
    )
    assert [ticket.id for ticket in desk.tickets()[0:3]] == [ticket.id for ticket in everything[:3]]


def exports_have_everything():
    tickets = {ticket.id for ticket in desk.tickets()}
    by_time = {ticket.id for ticket in desk.tickets.incremental(start_time=0) if ticket.status != "deleted"}
    by_cursor = {
        ticket.id
        for ticket in desk.tickets.incremental(start_time=0, paginate_by_time=False)
        if ticket.status != "deleted"
    }
    assert tickets == by_time == by_cursor, (len(tickets), len(by_time), len(by_cursor))
    assert list(desk.users.incremental(start_time=0)) and list(desk.organizations.incremental(start_time=0))
    assert list(desk.tickets.events(start_time=0)) and list(desk.tickets.metrics_incremental(start_time=0))


def requests_and_refusals():
    request = desk.requests.create(Request(subject="Mine", comment=Comment(body="Please.")))
    assert [comment.body for comment in desk.requests.comments(request.id)] == ["Please."]
    try:
        desk.tickets(id=2**40)
        raise AssertionError("There is no such ticket.")
    except RecordNotFoundException:
        pass
    try:
        desk.users.create(User(name="Twice", email=EMAIL))
        raise AssertionError("The address is taken.")
    except APIException as problem:
        assert "DuplicateValue" in str(problem)


def rules_promises_and_addresses():
    me = desk.users.me()
    person = desk.users.create(User(name="Ida", email=f"ida{UNIQUE}@r.test", time_zone="Kyiv", verified=True))
    assert person.time_zone == "Kyiv" and person.iana_time_zone == "Europe/Kyiv" and person.verified
    second = desk.users.identities.create(person, Identity(type="email", value=f"ida2{UNIQUE}@r.test"))
    desk.users.identities.request_verification(person, second)
    desk.users.identities.verify(person, second)
    assert desk.users.identities.show(person, second).verified
    group = desk.groups.create(Group(name=f"Rules {UNIQUE}"))
    assert list(desk.groups.memberships_assignable(group)) == []
    actions = [
        {"field": "notification_user", "value": ["assignee_id", "Look", "At #{{ticket.id}}"]},
        {"field": "notification_user", "value": [str(me.id), "Look", "At it"]},
        {"field": "notification_group", "value": [str(group.id), "Look", "At it"]},
    ]
    conditions = {"all": [{"field": "via_id", "operator": "is", "value": "4"}], "any": []}
    trigger = desk.triggers.create(Trigger(title=f"T {UNIQUE}", conditions=conditions, actions=actions))
    kept = afresh().triggers(id=trigger.id).to_dict()
    assert kept["actions"] == actions and kept["conditions"] == conditions
    desk.triggers.delete(trigger)
    metrics = [{"priority": "urgent", "metric": "requester_wait_time", "target": 10, "business_hours": False}]
    filters = {"all": [{"field": "current_tags", "operator": "includes", "value": f"t{UNIQUE}"}], "any": []}
    title = f"P {UNIQUE}"
    desk.sla_policies.create(
        SlaPolicy(title=title, description="d", filter=filters, policy_metrics=metrics, position=0)
    )
    policy = next(one for one in desk.sla_policies() if one.title == title)
    assert policy.description == "d"
    ticket = desk.tickets.create(
        Ticket(
            subject="Promised",
            description="x",
            priority="urgent",
            tags=[f"t{UNIQUE}"],
            requester_id=person.id,
        )
    ).ticket
    told = [event for event in desk.tickets.metrics_incremental(start_time=0) if event.ticket_id == ticket.id]
    assert "apply_sla" in {event.type for event in told}
    desk.sla_policies.delete(policy)
    field = desk.ticket_fields.create(TicketField(title=f"F {UNIQUE}", type="text", title_in_portal="Yours"))
    assert afresh().ticket_fields(id=field.id).title_in_portal == "Yours"
    for empty in (
        desk.skips(),
        desk.help_center.articles(),
        desk.help_center.categories(),
        desk.users.deleted(),
    ):
        list(empty)


if __name__ == "__main__":
    for work in (
        tickets_are_created_updated_and_answered, files_go_up_and_come_down, tags_merges_and_the_bin, many_at_once,
        people_and_organizations, groups_views_and_macros, searching_and_paging, exports_have_everything,
        requests_and_refusals, rules_promises_and_addresses,
    ):  # fmt: skip
        work()
        print("done", work.__name__)
