"""python-zendesk at work: generated from the vendor's description, every answer is validated against it."""

import os
import time

from zendesk import Zendesk, models

desk = Zendesk(
    server_url=os.environ["OPORA_BASE_URL"],
    security=models.Security(
        username=f"{os.environ['OPORA_EMAIL']}/token", password=os.environ["OPORA_TOKEN"]
    ),
)
UNIQUE = str(time.time_ns())


def tickets_are_created_and_found():
    made = desk.tickets.create_ticket(
        request={"ticket": {"subject": f"Parcel {UNIQUE}", "comment": {"body": "Late."}, "priority": "high"}}
    )
    ticket = made.result.ticket
    shown = desk.tickets.show_ticket(ticket_id=ticket.id).ticket
    assert (shown.subject, shown.priority) == (f"Parcel {UNIQUE}", "high")
    assert desk.search.count_search_results(query=f"type:ticket {UNIQUE}").count == 1
    assert desk.tickets.count_tickets().count.value >= 1


def every_list_fits_the_description():
    for name, ask in {
        "tickets": desk.tickets.list_tickets, "deleted": desk.tickets.list_deleted_tickets,
        "audits": desk.ticket_audits.list_ticket_audits, "metrics": desk.ticket_metrics.list_ticket_metrics,
        "organizations": desk.organizations.list_organizations, "groups": desk.groups.list_groups,
        "group memberships": desk.group_memberships.list_group_memberships,
        "organization memberships": desk.organization_memberships.list_organization_memberships,
        "views": desk.views.list_views, "active views": desk.views.list_active_views, "macros": desk.macros.list_macros,
        "fields": desk.ticket_fields.list_ticket_fields, "forms": desk.ticket_forms.list_ticket_forms,
        "statuses": desk.custom_ticket_statuses.list_custom_statuses, "brands": desk.brands.list_brands,
        "locales": desk.locales.list_locales, "roles": desk.custom_roles.list_custom_roles,
        "suspended": desk.suspended_tickets.list_suspended_tickets, "requests": desk.requests.list_requests,
        "user fields": desk.user_fields.list_user_fields, "jobs": desk.job_statuses.list_job_statuses,
        "settings": desk.account_settings.show_account_settings, "addresses": desk.support_addresses.list_support_addresses,
        "ratings": desk.satisfaction_ratings.list_satisfaction_ratings,
    }.items():  # fmt: skip
        assert ask() is not None, name


def exports_fit_the_description():
    export = desk.incremental_export
    assert export.incremental_user_export_time(start_time=0).count >= 1
    assert export.incremental_organization_export(start_time=0) is not None
    assert export.incremental_ticket_events(start_time=0).count >= 1


def rules_and_what_macros_do_fit_the_description():
    assert desk.triggers.list_triggers() and desk.trigger_categories.list_trigger_categories() is not None
    assert desk.macros.list_macro_action_definitions() and desk.macros.list_macros_actions()
    assert desk.activity_stream.list_activities() is not None and desk.audit_logs.list_audit_logs()
    assert desk.account_settings.show_account_settings().settings


def what_is_written_to_people_and_tickets_is_read_back():
    twitter = {"type": "twitter", "value": f"reader{UNIQUE}"}
    given = {"name": f"Reader {UNIQUE}", "email": f"reader{UNIQUE}@shop.test", "identities": [twitter]}
    person = desk.users.create_user(user=given).user
    names = desk.user_identities.list_user_identities(user_id=person.id).result.identities
    assert ("twitter", f"reader{UNIQUE}") in {(one.type, one.value) for one in names}
    made = desk.tickets.create_ticket(
        request={
            "ticket": {
                "subject": "Tags",
                "comment": {"body": "x"},
                "tags": ["a", "b"],
                "requester_id": person.id,
            }
        }
    ).result.ticket
    desk.tags.add_ticket_tags(ticket_id=made.id, tags=["c"])
    desk.tags.remove_ticket_tags(ticket_id=made.id, tags=["a"])
    assert set(desk.tags.list_ticket_tags(ticket_id=made.id).tags) == {"b", "c"}
    changed = desk.tickets.update_ticket(
        ticket_id=made.id,
        ticket={"priority": "low", "comment": {"html_body": "<p>Note</p>", "public": False}},
    )
    assert changed.ticket.priority == "low" and changed.audit.events
    said = desk.ticket_comments.list_ticket_comments(ticket_id=made.id).result.comments
    assert [one.public for one in said] == [True, False]
    assert desk.email_notifications.list_email_notifications() is not None
    queued = desk.users.create_many_users(users=[{"name": "x", "email": person.email}]).job_status
    while (
        status := desk.job_statuses.show_job_status(job_status_id=queued.id).job_status
    ).status != "completed":
        time.sleep(0.2)
    assert status.results[0].error == "UserCreateFailed"


if __name__ == "__main__":
    for work in (
        tickets_are_created_and_found,
        every_list_fits_the_description,
        exports_fit_the_description,
        rules_and_what_macros_do_fit_the_description,
        what_is_written_to_people_and_tickets_is_read_back,
    ):
        work()
        print("done", work.__name__)
