"""Names by which people are known elsewhere, what was mailed of tickets, and small operations about sessions."""

import csv

import pytest

from opora.api.actions.export_view import export_view
from opora.channels.email.models import Mailbox, OutboundMail
from opora.tickets.actions.comment import NewComment, add_comment


@pytest.mark.parametrize(
    "kind",
    [
        "twitter",
        "facebook",
        "google",
        "microsoft",
        "agent_forwarding",
        "any_channel",
        "messaging",
        "sdk",
        "foreign",
    ],
)
def test_a_name_elsewhere_is_kept_changed_and_removed(api, cast, kind):
    path = f"users/{cast.customer.pk}/identities"
    made = api.post(f"{path}.json", {"identity": {"type": kind, "value": "tester84", "primary": True}})
    assert made.status_code == 201, made.content
    shown = api.get(f"{path}/{made.data['identity']['id']}.json").data["identity"]
    assert (shown["type"], shown["value"], shown["primary"], shown["verified"]) == (
        kind,
        "tester84",
        False,
        False,
    )
    one = f"{path}/{shown['id']}"
    assert api.put(f"{one}/verify.json").data["identity"]["verified"] is True
    assert api.put(f"{one}.json", {"identity": {"value": "tester85"}}).data["identity"]["value"] == "tester85"
    assert [row["type"] for row in api.get(f"{path}.json?type[]={kind}").data["identities"]] == [kind]
    assert api.put(f"{one}/make_primary.json").status_code == 422
    assert api.delete(f"{one}.json").status_code == 204
    assert api.get(f"{path}.json?type[]={kind}").data["identities"] == []


def test_a_person_is_created_with_all_their_names(api):
    names = [
        {"type": "email", "value": "second@shop.test"}, {"type": "phone_number", "value": "+380441112233"},
        {"type": "twitter", "value": "tester84"}, {"type": "google", "value": "tester@gmail.test"},
    ]  # fmt: skip
    body = {"name": "Tester", "email": "first@shop.test", "identities": names}
    person = api.post("users.json", {"user": body}).data["user"]
    shown = api.get(f"users/{person['id']}/identities.json").data["identities"]
    assert [{"type": one["type"], "value": one["value"]} for one in shown][1:] == names
    refused = api.post(
        "users.json", {"user": {"name": "X", "identities": [{"type": "telepathy", "value": "x"}]}}
    )
    assert refused.status_code == 422


@pytest.fixture
def mailed(cast, ticket):
    """A reply that was mailed to the customer, with a colleague in copy."""
    comment = add_comment(ticket, NewComment(author=cast.agent, html="<p>On its way</p>"), by=cast.agent)
    mailbox = Mailbox.objects.first() or Mailbox.objects.create(brand=ticket.brand, address="help@desk.test")
    OutboundMail.objects.filter(ticket=ticket).delete()
    return OutboundMail.objects.create(
        kind="reply", mailbox=mailbox, ticket=ticket, comment=comment, message_id="<1@desk.test>",
        to=[["Kateryna", cast.customer.email]], cc=[["", "x@else.test"]], recipients_key="k", subject="Re",
        state="bounced", last_error="No such mailbox",
    )  # fmt: skip


def test_what_was_mailed_of_a_ticket_says_to_whom_and_how_it_fared(api, cast, mailed):
    (shown,) = api.get(f"email_notifications.json?filter[ticket_id]={mailed.ticket_id}").data[
        "email_notifications"
    ]
    assert (shown["ticket_id"], shown["comment_id"]) == (mailed.ticket_id, mailed.comment_id)
    assert shown["message_id"] == "<1@desk.test>"
    known, unknown = shown["recipients"]
    assert (known["user_id"], known["email_address"]) == (cast.customer.pk, cast.customer.email)
    assert known["delivery_status"]["code"] == "bounced"
    assert known["delivery_status"]["message"] == "No such mailbox"
    assert (unknown["user_id"], unknown["email_address"]) == (None, "x@else.test")
    assert api.get(f"email_notifications/{shown['id']}.json").data["email_notification"] == shown
    several = api.get(f"email_notifications/show_many.json?comment_ids={mailed.comment_id}").data
    assert several["email_notifications"] == [shown]
    assert api.get("email_notifications/show_many.json").status_code == 400


@pytest.mark.parametrize("asked", ["filter[ticket_id]={}", "filter=[ticket_id]={}", "filter[comment_id]={}"])
def test_mails_of_other_tickets_are_left_out(api, mailed, asked):
    asked = asked.format(999_999)
    assert api.get(f"email_notifications.json?{asked}").data["email_notifications"] == []


def test_signing_out_with_a_token_ends_nothing(api):
    assert api.delete("users/me/logout.json").status_code == 204
    assert api.get("users/me.json").data["user"]["id"] == api.person.pk
    assert api.get("users/me/session.json").data == {"session": []}


def test_nobody_sets_the_password_of_another(api, api_of, cast):
    body = {"password": "correct-horse-battery-staple"}
    assert api.post(f"users/{cast.agent.pk}/password.json", body).status_code == 403
    assert api_of(cast.agent).post(f"users/{cast.second.pk}/password.json", body).status_code == 403
    assert api.post("users/999999/password.json", body).status_code == 404


def test_there_are_no_reasons_of_ratings_to_choose_from(api):
    assert api.get("satisfaction_reasons.json").data["reasons"] == []
    assert api.get("satisfaction_reasons/1.json").status_code == 404


def test_an_address_is_tried_out(api, ticket):
    mailbox = Mailbox.objects.create(brand=ticket.brand, address="orders@desk.test")
    assert api.put(f"recipient_addresses/{mailbox.pk}/verify.json", {"type": "forwarding"}).status_code in {
        200,
        422,
    }
    assert api.put("recipient_addresses/999999/verify.json").status_code == 404


def test_a_view_is_mailed_as_a_file(api, cast, make_ticket, mailoutbox):
    make_ticket("Where is it?", tags=["vip"])
    make_ticket("=cmd()")
    sent = {
        "title": "All", "all": [{"field": "status", "operator": "less_than", "value": "closed"}],
        "output": {"columns": ["subject", "requester", "status", "tags"]},
    }  # fmt: skip
    view = api.post("views.json", {"view": sent}).data["view"]
    asked = api.get(f"views/{view['id']}/export.json").data["export"]
    assert asked == {"view_id": view["id"], "status": "starting"}
    assert export_view.func(view_id=view["id"], person_id=cast.owner.pk) == 2
    (letter,) = mailoutbox
    assert letter.to == [cast.owner.email] and "2" in letter.body
    ((name, content, kind),) = letter.attachments
    rows = list(csv.reader(content.removeprefix("\ufeff").splitlines()))
    assert (name, kind) == (f"view-{view['id']}.csv", "text/csv")
    assert rows[0] == ["id", "subject", "requester", "status", "tags"]
    assert {tuple(row[1:]) for row in rows[1:]} == {
        ("Where is it?", "Kateryna Customer", "new", "vip"), ("'=cmd()", "Kateryna Customer", "new", ""),
    }  # fmt: skip


def test_no_file_is_sent_of_a_view_that_is_gone(cast, mailoutbox):
    assert export_view.func(view_id=999_999, person_id=cast.owner.pk) == 0 and mailoutbox == []


def test_a_person_changes_and_leaves_organizations_by_their_numbers(api, cast):
    other = api.post("organizations.json", {"organization": {"name": "Other"}}).data["organization"]["id"]
    place = {"user_id": cast.banker.pk, "organization_id": other}
    api.post("organization_memberships.json", {"organization_membership": place})
    path = f"users/{cast.banker.pk}/organizations/{other}"
    rows = api.put(f"{path}/make_default.json").data["organization_memberships"]
    assert [row["organization_id"] for row in rows if row["default"]] == [other]
    assert api.get(f"users/{cast.banker.pk}.json").data["user"]["organization_id"] == other
    assert api.delete(f"{path}.json").status_code == 204
    assert api.get(f"users/{cast.banker.pk}.json").data["user"]["organization_id"] == cast.bank.pk
    assert api.delete(f"{path}.json").status_code == 404


def test_the_comment_of_an_audit_becomes_a_note(api, ticket):
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"comment": {"body": "Oops"}}})
    audit = api.get(f"tickets/{ticket.pk}/audits.json").data["audits"][-1]["id"]
    assert api.put(f"tickets/{ticket.pk}/audits/{audit}/make_private.json").status_code == 200
    assert api.get(f"tickets/{ticket.pk}/comments.json").data["comments"][-1]["public"] is False
    assert api.put(f"tickets/{ticket.pk}/audits/999999/make_private.json").status_code == 404


def test_the_best_language_is_the_callers_where_it_is_offered(api):
    def best(asked):
        return api.get(f"locales/detect_best_locale.json{asked}").data["locale"]["locale"]

    own = best("")
    assert best(f"?available_locales[]=de&available_locales[]={own}") == own
    assert best("?available_locales[]=xx&available_locales[]=de") == "de"
