"""Mailboxes, suspended mail, forwards and drafts under /api/v1."""

import pytest

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.actions.receive_mail import receive_mail
from opora.channels.email.models import Mailbox, SuspendedMail
from opora.channels.email.tests.conftest import write_mail
from opora.events.models import Event
from opora.people.models import Brand
from opora.tickets.models import Draft, Forward

V1 = "/api/v1/"


@pytest.fixture
def mailbox(api):
    body = {
        "address": "Help@Acme.test", "brand_id": Brand.objects.get().pk, "incoming": "smtp", "outgoing": "file",
        "signature": "Acme", "aliases": ["care@acme.test"], "smtp_password": "s3cret",
    }  # fmt: skip
    response = api.post(f"{V1}mailboxes.json", {"mailbox": body})
    assert response.status_code == 201, response.content
    return response.data["mailbox"]


def test_a_mailbox_reads_back_without_its_passwords(api, mailbox):
    assert mailbox["address"] == "help@acme.test" and mailbox["aliases"] == ["care@acme.test"]
    assert mailbox["default"] is True and mailbox["outgoing"] == "file"
    assert not any("password" in name for name in mailbox)
    assert Mailbox.objects.get().smtp_password not in {"", "s3cret"}
    listed = api.get(f"{V1}mailboxes.json?include=brands&page[size]=10").data
    assert [one["id"] for one in listed["mailboxes"]] == [mailbox["id"]] and listed["brands"][0][
        "name"
    ] == "Acme"
    assert api.get(mailbox["url"]).data["mailbox"] == mailbox


def test_a_mailbox_changes_only_in_what_is_given(api, mailbox):
    kept = Mailbox.objects.get().smtp_password
    changed = api.put(f"{V1}mailboxes/{mailbox['id']}", {"mailbox": {"name": "Care", "active": False}}).data[
        "mailbox"
    ]
    assert changed == {**mailbox, "name": "Care", "active": False}
    assert Mailbox.objects.get().smtp_password == kept
    assert Event.objects.filter(kind="mailbox.saved").count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"imap_port": 70_000}, "imap_port"), ({"incoming": "pigeon"}, "incoming"), ({"incoming": "imap"}, "imap_host"),
        ({"address": "no address"}, "address"), ({"address": "x@y.test", "brand_id": 404}, "brand"),
    ],
)  # fmt: skip
def test_a_mailbox_that_makes_no_sense_is_refused_by_its_field(api, mailbox, given, field):
    refused = api.put(f"{V1}mailboxes/{mailbox['id']}", {"mailbox": given})
    assert refused.status_code == 422 and list(refused.data["details"]) == [field]


def test_a_mailbox_is_tried_in_sentences_and_removed(api, mailbox):
    findings = api.post(f"{V1}mailboxes/{mailbox['id']}/trial").data["findings"]
    assert [one["works"] for one in findings] == [True, True] and all(one["sentence"] for one in findings)
    assert api.delete(f"{V1}mailboxes/{mailbox['id']}").status_code == 204
    assert not Mailbox.objects.exists()


def test_mailboxes_are_for_those_who_may_change_them(api_of, cast, mailbox):
    agent = api_of(cast.agent)
    assert agent.get(f"{V1}mailboxes").status_code == 403
    assert agent.put(f"{V1}mailboxes/{mailbox['id']}", {"mailbox": {"name": "x"}}).status_code == 403


def test_suspended_mail_is_listed_released_and_thrown_away(api, api_of, cast, suspended):
    rows = api.get(f"{V1}suspended_mails.json").data["suspended_mails"]
    assert {one["reason"] for one in rows} == {"spam"} and len(rows) == 2
    assert api.get(f"{V1}suspended_mails?reason=bulk").data["suspended_mails"] == []
    released = api.post(f"{V1}suspended_mails/{rows[0]['id']}/release").data["release"]
    assert released["suspended_mail_id"] == rows[0]["id"] and released["ticket_id"]
    assert api.post(f"{V1}suspended_mails/{rows[0]['id']}/release").status_code == 404
    assert api.delete(f"{V1}suspended_mails/{rows[1]['id']}").status_code == 204
    assert not SuspendedMail.objects.filter(released_at=None, deleted_at=None).exists()
    assert api_of(cast.outsider).get(f"{V1}suspended_mails").status_code == 403


@pytest.fixture
def suspended(mailbox):
    stored = Mailbox.objects.get()
    for words in ("Buy now", "Buy more"):
        process_mail(receive_mail(write_mail(words, x_spam_flag="YES"), mailbox=stored))


def test_messages_are_forwarded_and_taken_back(api, ticket, mailbox):
    comment = ticket.comments.get()
    body = {"to": ["bank@partner.test"], "body": "Please look", "comment_ids": [comment.pk]}
    response = api.post(f"{V1}tickets/{ticket.pk}/forwards", {"forward": body})
    assert response.status_code == 201, response.content
    forward = response.data["forward"]
    assert forward["state"] == "waiting" and forward["to"] == [{"name": "", "address": "bank@partner.test"}]
    assert forward["comment_ids"] == [comment.pk] and forward["subject"].startswith("Fwd:")
    assert [one["id"] for one in api.get(f"{V1}tickets/{ticket.pk}/forwards").data["forwards"]] == [
        forward["id"]
    ]
    assert api.delete(f"{V1}forwards/{forward['id']}").status_code == 204
    assert api.get(f"{V1}forwards/{forward['id']}").data["forward"]["state"] == "taken_back"


def test_a_forward_to_nobody_to_ourselves_or_from_a_hidden_ticket_is_refused(
    api, api_of, cast, ticket, mailbox
):
    path = f"{V1}tickets/{ticket.pk}/forwards"
    assert api.post(path, {"forward": {"to": [], "body": "x"}}).status_code == 422
    assert api.post(path, {"forward": {"to": ["care@acme.test"], "body": "x"}}).status_code == 422
    assert api_of(cast.outsider).post(path, {"forward": {"to": ["a@b.test"], "body": "x"}}).status_code == 404
    assert not Forward.objects.exists()


def test_a_draft_stands_in_the_composer_of_whom_it_is_for(api, cast, ticket):
    path = f"{V1}tickets/{ticket.pk}/draft"
    assert api.get(path).status_code == 404
    body = {"draft": {"kind": "reply", "html_body": "<p>Soon</p><script>x()</script>"}}
    made = api.put(path, body, HTTP_X_ON_BEHALF_OF=cast.agent.email).data["draft"]
    assert made["user_id"] == cast.agent.pk and made["html_body"] == "<p>Soon</p>"
    assert Draft.objects.get().person == cast.agent and api.get(path).status_code == 404
    assert (
        api.put(path, {"draft": {"html_body": " "}}, HTTP_X_ON_BEHALF_OF=cast.agent.email).status_code == 204
    )
    assert not Draft.objects.exists()


def test_what_is_made_with_one_key_is_made_once(api, ticket, mailbox):
    body = {"forward": {"to": ["bank@partner.test"], "body": "Once"}}
    first, again = (
        api.post(f"{V1}tickets/{ticket.pk}/forwards", body, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2)
    )
    assert first.data == again.data and again["x-idempotency-lookup"] == "hit"
    assert Forward.objects.count() == 1
