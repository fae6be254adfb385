import pytest

from opora.channels.email.models import InboundMail, OutboundMail
from opora.channels.email.queries import delivery_states
from opora.events.models import Event
from opora.people.models import Identity
from opora.tickets import delivery
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category
from opora.tickets.queries import status_of


def report(message_id, *, recipient="kateryna@example.com", status="5.1.1", action="failed"):
    return (
        "From: Mail Delivery System <mailer-daemon@mx.example.com>\n"
        "To: support@acme.test\nSubject: Undelivered Mail Returned to Sender\n"
        f"Message-ID: <bounce-{status}-{recipient}@mx.example.com>\nReturn-Path: <>\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThe mail could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 No such user\n\n"
        "--b\nContent-Type: message/rfc822\n\n"
        f"Message-ID: <{message_id}>\nFrom: support@acme.test\nTo: {recipient}\nSubject: Re: x\n\nHello\n--b--\n"
    ).encode()


@pytest.fixture
def reply(bring_in, cast, react, sent):
    ticket = bring_in().ticket
    comment = add_comment(ticket, NewComment(html="<p>On its way.</p>", author=cast.agent), by=cast.agent)
    change_status(ticket, status_of(Category.PENDING), by=cast.agent)
    react()
    return OutboundMail.objects.get(comment=comment)


def test_a_bounce_marks_the_address_and_tells_the_agents(bring_in, reply, cast):
    mail = bring_in(report(reply.message_id))
    identity = Identity.objects.get(value="kateryna@example.com")
    reply.refresh_from_db()
    reply.ticket.refresh_from_db()
    assert "5.1.1" in identity.undeliverable_reason
    assert reply.state == "bounced"
    assert delivery_states([reply.comment]) == {reply.comment_id: "bounced"}
    assert delivery.delivery_states([reply.comment]) == {reply.comment_id: "bounced"}
    note = reply.ticket.comments.last()
    assert (note.author_kind, note.is_public) == ("system", False)
    assert "kateryna@example.com" in note.text
    assert reply.ticket.category == Category.OPEN
    assert mail.state == InboundMail.State.PROCESSED
    assert mail.ticket == reply.ticket
    assert Event.objects.filter(kind="ticket.mail_bounced", subject_id=reply.ticket_id).count() == 1


def test_a_delay_is_no_bounce(bring_in, reply):
    bring_in(report(reply.message_id, status="4.4.1", action="delayed"))
    reply.refresh_from_db()
    assert reply.state == "sent"
    assert not Identity.objects.filter(undeliverable_at__isnull=False).exists()


def test_a_full_mailbox_does_not_condemn_the_address(bring_in, reply):
    bring_in(report(reply.message_id, status="5.2.2"))
    reply.refresh_from_db()
    assert reply.state == "bounced"
    assert not Identity.objects.filter(undeliverable_at__isnull=False).exists()


def test_a_report_about_a_mail_we_never_sent_is_suspended(bring_in, cast):
    mail = bring_in(report("made-up@acme.test"))
    assert mail.suspension.reason == "bounce"
    assert not Identity.objects.filter(undeliverable_at__isnull=False).exists()


def test_writing_again_clears_the_mark(bring_in, reply):
    bring_in(report(reply.message_id))
    bring_in("I am here")
    assert not Identity.objects.filter(undeliverable_at__isnull=False).exists()


def test_no_reply_is_sent_to_an_address_that_bounced(bring_in, reply, cast, react, sent):
    bring_in(report(reply.message_id))
    before = len(sent)
    comment = add_comment(reply.ticket, NewComment(html="Hello?", author=cast.agent), by=cast.agent)
    react()
    assert len(sent) == before
    assert delivery_states([comment]) == {comment.pk: "failed"}
    assert "kateryna@example.com" in OutboundMail.objects.get(comment=comment).last_error
