"""The doors that mail comes through: an IMAP folder of a real server, LMTP and SMTP."""

import smtplib
import threading

import pytest

from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.actions.process_mail import process_waiting_mail
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.intake.connecting import imap_of
from opora.channels.email.intake.imap import fetch_new_mail, mark_stored, wait_for_mail
from opora.channels.email.intake.listening import open_doors
from opora.channels.email.models import InboundMail, Mailbox
from opora.channels.email.tests.conftest import write_mail
from opora.channels.email.tests.dovecot import Dovecot, free_port, is_installed
from opora.core.refusals import NotAllowed
from opora.events.actor import SYSTEM
from opora.tickets.models import Comment, Ticket

needs_dovecot = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed")


@pytest.fixture
def server():
    with Dovecot() as running:
        yield running


@pytest.fixture
def watched(mailbox, server):
    return save_mailbox(
        mailbox, by=SYSTEM, incoming=Mailbox.Incoming.IMAP, imap_host="127.0.0.1", imap_port=server.port,
        imap_security=Mailbox.Security.NONE, imap_user="support", imap_password="secret",
    )  # fmt: skip


def fetch(mailbox):
    mailbox = Mailbox.objects.select_related("brand").get(pk=mailbox.pk)
    with imap_of(mailbox) as box:
        return fetch_new_mail(box, mailbox)


@pytest.mark.mailserver
@needs_dovecot
def test_a_folder_is_read_once_and_marked(watched, server):
    server.append(write_mail("One"))
    server.append(write_mail("Two"))
    assert (fetch(watched), fetch(watched)) == (2, 0)
    server.append(write_mail("Three"))
    assert fetch(watched) == 1
    process_waiting_mail()
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["One", "Three", "Two"]
    assert server.unseen() == 0
    watched.refresh_from_db()
    assert (watched.last_uid, watched.last_error) == (3, "")


@pytest.mark.mailserver
@needs_dovecot
def test_old_mail_that_was_read_before_us_is_left_alone(watched, server):
    server.append(write_mail("Old"))
    with server.client() as client:
        client.select("INBOX")
        client.store("1", "+FLAGS", r"(\Seen)")
    server.append(write_mail("New"))
    assert fetch(watched) == 1
    assert fetch(watched) == 0


@pytest.mark.mailserver
@needs_dovecot
def test_a_renumbered_folder_is_compared_and_nothing_is_taken_twice(watched, server):
    server.append(write_mail("One"))
    fetch(watched)
    Mailbox.objects.update(uidvalidity=12345)
    server.append(write_mail("Two"))
    fetch(watched)
    assert InboundMail.objects.count() == 2


@pytest.mark.mailserver
@needs_dovecot
def test_what_a_killed_process_left_unmarked_is_marked_later(watched, server):
    server.append(write_mail("One"))
    fetch(watched)
    with server.client() as client:
        client.select("INBOX")
        client.store("1", "-FLAGS", r"(\Seen)")
    watched.refresh_from_db()
    with imap_of(watched) as box:
        mark_stored(box, watched)
    assert server.unseen() == 0


@pytest.mark.mailserver
@needs_dovecot
def test_new_mail_ends_the_wait_at_once(watched, server):
    with imap_of(watched) as box:
        timer = threading.Timer(0.3, lambda: server.append(write_mail("Now")))
        timer.start()
        wait_for_mail(box, threading.Event())
        timer.join()
        assert fetch_new_mail(box, watched) == 1


@pytest.mark.mailserver
@needs_dovecot
def test_mail_for_an_address_without_a_folder_of_its_own_is_shared_out(watched, server, other_mailbox):
    save_mailbox(other_mailbox, by=SYSTEM, incoming=Mailbox.Incoming.NONE)
    server.append(write_mail("For Beta", to="help@beta.test"))
    server.append(write_mail("For both", to="help@beta.test, support@acme.test"))
    server.append(write_mail("For nobody", to="undisclosed-recipients:;"))
    fetch(watched)
    process_waiting_mail()
    found = sorted(Ticket.objects.values_list("brand__name", "comments__text"))
    assert found == [("Acme", "For both"), ("Acme", "For nobody"), ("Beta", "For Beta"), ("Beta", "For both")]


@pytest.mark.mailserver
@needs_dovecot
def test_the_connection_is_tried_in_sentences(watched, cast, server):
    assert "opened the folder “INBOX”" in check_mailbox(watched, by=cast.owner)[0].sentence
    save_mailbox(watched, by=SYSTEM, imap_folder="Nowhere")
    assert "The folder cannot be opened" in check_mailbox(watched, by=cast.owner)[0].sentence
    save_mailbox(watched, by=SYSTEM, imap_security=Mailbox.Security.SSL)
    assert "does not speak TLS" in check_mailbox(watched, by=cast.owner)[0].sentence
    save_mailbox(watched, by=SYSTEM, imap_host="no-such-host.invalid")
    assert "There is no server called" in check_mailbox(watched, by=cast.owner)[0].sentence


@pytest.mark.mailserver
@needs_dovecot
def test_a_wrong_password_is_named(watched, cast):
    save_mailbox(watched, by=SYSTEM, imap_password="wrong")
    finding = check_mailbox(watched, by=cast.owner)[0]
    assert not finding.is_good
    assert "does not accept this user name and password" in finding.sentence


def test_an_agent_may_not_try_connections(mailbox, cast):
    with pytest.raises(NotAllowed):
        check_mailbox(mailbox, by=cast.agent)


@pytest.fixture
def door(monkeypatch, request):
    """Open one door and return a client connected to it."""
    port = free_port()
    monkeypatch.setenv(request.param, f"127.0.0.1:{port}")
    [opened] = open_doors()
    yield (smtplib.LMTP if "LMTP" in request.param else smtplib.SMTP)("127.0.0.1", port)
    opened.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["OPORA_SMTP_LISTEN", "OPORA_LMTP_LISTEN"], indirect=True)
def test_mail_is_delivered_through_the_door_to_each_brand(mailbox, other_mailbox, door):
    raw = write_mail("Knock", to="support+tag@acme.test, help@beta.test")
    refused = door.sendmail("a@example.com", ["support+tag@acme.test", "help@beta.test", "x@acme.test"], raw)
    assert set(refused) == {"x@acme.test"}
    assert refused["x@acme.test"][0] == 550
    assert sorted(InboundMail.objects.values_list("recipient", flat=True)) == [
        "help@beta.test",
        "support@acme.test",
    ]
    door.quit()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["OPORA_SMTP_LISTEN"], indirect=True)
def test_what_cannot_be_kept_is_not_acknowledged(mailbox, door, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("disk full")

    monkeypatch.setattr("opora.channels.email.intake.listening.deliver_mail", fail)
    with pytest.raises(smtplib.SMTPDataError) as problem:
        door.sendmail("a@example.com", ["support@acme.test"], write_mail("Knock"))
    assert problem.value.smtp_code == 451
    assert not InboundMail.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["OPORA_SMTP_LISTEN"], indirect=True)
def test_a_desk_in_trouble_asks_to_come_again_and_never_refuses_for_good(mailbox, door, monkeypatch):
    def fail():
        raise OSError("no database")

    monkeypatch.setattr("opora.channels.email.intake.listening.our_addresses", fail)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as problem:
        door.sendmail("a@example.com", ["support@acme.test"], write_mail("Knock"))
    assert problem.value.recipients["support@acme.test"][0] == 451
