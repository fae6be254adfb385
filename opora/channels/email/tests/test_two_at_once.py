"""Two processes that find the same mail at the same moment make one comment of it, and send one reply."""

import pytest

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.actions.receive_mail import receive_mail
from opora.channels.email.actions.send_mail import send_mail
from opora.channels.email.models import InboundMail, OutboundMail
from opora.channels.email.tests.conftest import write_mail
from opora.events.delivering import run_overdue_deliveries
from opora.testing.at_once import at_once
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Comment

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_message_that_comes_twice_at_once_is_stored_once(mailbox):
    raw = write_mail()
    at_once(*[lambda: receive_mail(raw, mailbox=mailbox)] * 4)
    assert InboundMail.objects.count() == 1


def test_one_mail_that_two_take_up_is_one_comment(mailbox):
    mail = receive_mail(write_mail(), mailbox=mailbox)
    copies = [InboundMail.objects.get(pk=mail.pk) for _copy in range(4)]
    at_once(*[lambda copy=copy: process_mail(copy) for copy in copies])
    assert Comment.objects.count() == 1


def test_one_reply_that_two_want_to_send_is_sent_once(bring_in, cast, sent):
    ticket = bring_in().ticket
    add_comment(ticket, NewComment(html="Yes", author=cast.agent), by=cast.agent)
    run_overdue_deliveries()
    whole = OutboundMail.objects.select_related(
        "mailbox__brand", "ticket__requester", "comment__author", "person"
    )
    copies = [whole.get() for _copy in range(4)]
    at_once(*[lambda copy=copy: send_mail(copy) for copy in copies])
    assert len(sent) == 1
