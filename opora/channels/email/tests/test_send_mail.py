import smtplib
from datetime import timedelta

import pytest

from opora.channels.email.actions.send_mail import send_due_mail, send_mail, send_queued_mail
from opora.channels.email.models import OutboundMail
from opora.core import clock
from opora.events.delivering import run_overdue_deliveries
from opora.people.models import Identity
from opora.tickets.actions.comment import NewComment, add_comment


@pytest.fixture
def queued(bring_in, cast):
    """A reply to Kateryna, with Anna in copy, that waits to be sent."""
    ticket = bring_in(cc="anna@example.com").ticket
    comment = add_comment(ticket, NewComment(html="On its way", author=cast.agent), by=cast.agent)
    run_overdue_deliveries()
    return OutboundMail.objects.get(comment=comment)


@pytest.fixture
def server(monkeypatch):
    """What the mail server does: replace `server.does`; `server.got` are the recipients it was given."""

    class Server:
        got: list = []
        does = staticmethod(lambda recipients: {})

        def take(self, mailbox, message, recipients):
            self.got.append(list(recipients))
            return self.does(recipients)

    made = Server()
    made.got = []
    monkeypatch.setattr("opora.channels.email.actions.send_mail.transmit", made.take)
    return made


def refuse(problem):
    def does(recipients):
        raise problem

    return does


def test_a_mail_is_sent_once(queued, server):
    assert send_mail(queued)
    assert not send_queued_mail.func(mail_id=queued.pk)
    assert send_due_mail() == 0
    queued.refresh_from_db()
    assert queued.state == "sent"
    assert queued.sent_at
    assert server.got == [["kateryna@example.com", "anna@example.com"]]


def test_two_senders_at_once_send_once(queued, server):
    again = OutboundMail.objects.select_related("mailbox__brand").get(pk=queued.pk)
    assert send_mail(queued)
    assert not send_mail(again)


def test_a_lost_line_is_tried_again_later_and_later(queued, server, time_machine):
    server.does = refuse(ConnectionRefusedError())
    pauses = []
    for _attempt in range(4):
        assert send_due_mail() == 0
        queued.refresh_from_db()
        pauses.append(round((queued.due_at - clock.now()).total_seconds() / 60))
        time_machine.move_to(queued.due_at + timedelta(seconds=1))
    assert pauses == [1, 2, 4, 8]
    assert "refuses connections" in queued.last_error
    assert "refuses connections" in queued.mailbox.__class__.objects.get(pk=queued.mailbox_id).last_send_error


def test_a_wrong_password_is_tried_again(queued, server):
    server.does = refuse(smtplib.SMTPAuthenticationError(535, b"no"))
    send_due_mail()
    queued.refresh_from_db()
    assert queued.state == "queued"
    assert "password" in queued.last_error


def test_after_three_days_it_is_given_up_and_the_agents_are_told(queued, server, time_machine):
    server.does = refuse(TimeoutError())
    time_machine.move_to(clock.now() + timedelta(days=3, hours=1))
    send_due_mail()
    queued.refresh_from_db()
    assert queued.state == "failed"
    note = queued.ticket.comments.last()
    assert (note.author_kind, note.is_public) == ("system", False)
    assert "could not be sent" in note.text


def test_a_message_refused_for_good_is_not_tried_again(queued, server):
    server.does = refuse(smtplib.SMTPDataError(554, b"spam"))
    send_due_mail()
    queued.refresh_from_db()
    assert queued.state == "failed"
    assert "spam" in queued.ticket.comments.last().text


def test_recipients_refused_for_now_are_tried_alone(queued, server, time_machine):
    server.does = lambda recipients: {"anna@example.com": (450, b"later")}
    send_due_mail()
    queued.refresh_from_db()
    assert (queued.state, queued.remaining) == ("queued", ["anna@example.com"])
    server.does = lambda recipients: {}
    time_machine.move_to(queued.due_at + timedelta(seconds=1))
    assert send_due_mail() == 1
    assert server.got[-1] == ["anna@example.com"]


def test_a_recipient_refused_for_good_is_marked_and_the_others_have_it(queued, server):
    server.does = lambda recipients: {"anna@example.com": (550, b"no such user")}
    assert send_due_mail() == 1
    queued.refresh_from_db()
    assert queued.state == "sent"
    assert Identity.objects.get(value="anna@example.com").undeliverable_at
    assert "anna@example.com" in queued.ticket.comments.last().text


def test_when_all_are_refused_for_good_it_has_failed(queued, server):
    server.does = refuse(smtplib.SMTPRecipientsRefused(dict.fromkeys(queued.remaining, (550, b"no"))))
    send_due_mail()
    queued.refresh_from_db()
    assert queued.state == "failed"


def test_a_killed_sender_leaves_a_mail_that_is_sent_again_under_the_same_id(queued, server, time_machine):
    OutboundMail.objects.filter(pk=queued.pk).update(state="sending", claimed_at=clock.now(), attempts=1)
    assert send_due_mail() == 0
    time_machine.move_to(clock.now() + timedelta(minutes=11))
    assert send_due_mail() == 1
    assert OutboundMail.objects.get().message_id == queued.message_id
