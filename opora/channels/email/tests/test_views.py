import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.channels.email.models import InboundMail, Mailbox
from opora.channels.email.queries import mailbox_with
from opora.core.crypto import decrypt
from opora.events.models import Event
from opora.people.queries import default_brand
from opora.tickets.models import Ticket


@pytest.fixture
def suspended(bring_in):
    return bring_in("I am away", auto_submitted="auto-replied", subject="Out of office")


def given(**fields):
    return {
        "brand": default_brand().pk, "address": "sales@acme.test", "aliases": "shop@acme.test\n", "incoming": "imap",
        "imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none", "imap_user": "u", "imap_password": "secret",
        "imap_folder": "INBOX", "outgoing": "smtp", "smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": "none",
        "is_active": "on", **fields,
    }  # fmt: skip


def test_the_original_is_shown_with_headers_and_can_be_saved(bring_in, as_, cast):
    mail = bring_in("Words")
    html = as_(cast.agent).get(reverse("email:original", args=[mail.pk])).content.decode()
    assert "Message-ID" in html
    assert "Words" in html
    response = as_(cast.agent).get(reverse("email:download", args=[mail.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="message-{mail.pk}.eml"'
    assert b"kateryna@example.com" in response.content


def test_who_may_not_see_the_ticket_may_not_see_its_mails(bring_in, as_, cast, client):
    mail = bring_in("Words")
    for name in ("email:original", "email:download"):
        assert as_(cast.outsider).get(reverse(name, args=[mail.pk])).status_code == 404
        assert as_(cast.customer).get(reverse(name, args=[mail.pk])).status_code == 403
        assert client.get(reverse(name, args=[mail.pk])).status_code == 302


def test_the_queue_lists_reasons_and_filters(suspended, as_, cast):
    html = as_(cast.agent).get(reverse("email:suspended")).content.decode()
    assert "Out of office" in html
    assert "belongs to no ticket" in html
    assert (
        "Out of office"
        not in as_(cast.agent).get(reverse("email:suspended") + "?reason=spam").content.decode()
    )


def test_a_mail_is_looked_at_and_released(suspended, as_, cast):
    page = reverse("email:suspended_mail", args=[suspended.pk])
    assert "I am away" in as_(cast.agent).get(page).content.decode()
    response = as_(cast.agent).post(reverse("email:decision", args=[suspended.pk]), {"decision": "release"})
    assert response.url == Ticket.objects.get().get_absolute_url()
    assert as_(cast.agent).get(page).status_code == 404


def test_many_are_deleted_at_once(bring_in, as_, cast):
    mails = [bring_in(f"Away {n}", auto_submitted="auto-replied") for n in range(3)]
    as_(cast.agent).post(
        reverse("email:decisions"), {"decision": "delete", "mail": [mail.pk for mail in mails]}
    )
    assert InboundMail.objects.filter(state="rejected").count() == 3


def test_an_unknown_decision_is_refused(suspended, as_, cast):
    response = as_(cast.agent).post(reverse("email:decision", args=[suspended.pk]), {"decision": "eat"})
    assert response.status_code == 422


def test_only_those_with_the_right_enter(suspended, mailbox, as_, cast):
    places = {
        reverse("email:suspended"): cast.agent, reverse("email:suspended_mail", args=[suspended.pk]): cast.agent,
        reverse("email:mailboxes"): cast.owner, reverse("email:new_mailbox"): cast.owner,
        reverse("email:mailbox", args=[mailbox.pk]): cast.owner,
    }  # fmt: skip
    for place, allowed in places.items():
        assert as_(allowed).get(place).status_code == 200, place
        assert as_(cast.outsider).get(place).status_code == 403, place
    assert as_(cast.agent).post(reverse("email:trial", args=[mailbox.pk])).status_code == 403


def test_a_mailbox_is_added_and_its_password_is_never_shown(as_, cast):
    owner = as_(cast.owner)
    response = owner.post(reverse("email:new_mailbox"), given())
    mailbox = Mailbox.objects.get()
    assert response.url == reverse("email:mailbox", args=[mailbox.pk])
    assert decrypt(mailbox.imap_password) == "secret"
    assert (mailbox.aliases, mailbox.is_default) == (["shop@acme.test"], False)
    assert "secret" not in owner.get(response.url).content.decode()
    assert "secret" not in str(Event.objects.get(kind="mailbox.saved").body)
    owner.post(response.url, given(imap_password="", name="Acme sales"))
    mailbox = mailbox_with(mailbox.pk)
    assert (decrypt(mailbox.imap_password), mailbox.name) == ("secret", "Acme sales")


def test_an_address_of_two_mailboxes_is_refused_in_a_sentence(as_, cast, mailbox):
    response = as_(cast.owner).post(reverse("email:new_mailbox"), given(aliases="support@acme.test"))
    assert response.status_code == 422
    assert "belongs to another mailbox" in response.content.decode()


def test_a_server_is_required_where_one_is_chosen(as_, cast):
    html = as_(cast.owner).post(reverse("email:new_mailbox"), given(imap_host="")).content.decode()
    assert "Name the server that mail is collected from." in html


def test_the_trial_reports_in_sentences_and_saves_nothing(as_, cast):
    html = as_(cast.owner).post(reverse("email:new_trial"), given()).content.decode()
    assert html.count("127.0.0.1 refuses connections on port 1") == 2
    assert "Incoming does not work." in html
    assert "Outgoing does not work." in html
    assert not Mailbox.objects.exists()
    html = as_(cast.owner).post(reverse("email:new_trial"), given(address="")).content.decode()
    assert "Complete the form first" in html


def test_a_stored_password_does_not_go_to_another_server(as_, cast, monkeypatch):
    tried = []
    monkeypatch.setattr(
        "opora.channels.email.views.mailboxes.check_mailbox",
        lambda mailbox, by: tried.append((decrypt(mailbox.imap_password), mailbox.imap_host)) or [],
    )
    owner = as_(cast.owner)
    owner.post(reverse("email:new_mailbox"), given())
    trial = reverse("email:trial", args=[Mailbox.objects.get().pk])
    owner.post(trial, given(imap_password=""))
    owner.post(trial, given(imap_password="", imap_host="evil.test"))
    assert tried == [("secret", "127.0.0.1"), ("", "evil.test")]


def test_the_original_sender_becomes_the_requester(bring_in, as_, cast):
    forwarded = "See\n\n---------- Forwarded message ---------\nFrom: Petro <petro@example.net>\nDate: x\nSubject: Cup\n\nBroken"
    ticket = bring_in(forwarded, subject="Fwd: Cup").ticket
    assert as_(cast.agent).post(reverse("email:original_sender", args=[ticket.pk])).status_code == 302
    ticket.refresh_from_db()
    assert ticket.requester.email == "petro@example.net"


def test_the_queue_does_not_ask_more_as_it_grows(bring_in, as_, cast):
    def questions(first, last):
        for number in range(first, last):
            bring_in(f"Away {number}", auto_submitted="auto-replied", from_=f"r{number}@example.org")
        agent = as_(cast.agent)
        with CaptureQueriesContext(connection) as asked:
            assert agent.get(reverse("email:suspended")).status_code == 200
        return len(asked)

    questions(0, 1)
    assert questions(1, 2) == questions(2, 12)
