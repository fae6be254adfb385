"""Two processes that find the same mail at the same moment make one comment of it, and send one reply."""

import threading

import pytest
from django.db import connection

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.actions.receive_mail import receive_mail
from opora.channels.email.actions.send_mail import send_mail
from opora.channels.email.models import InboundMail, OutboundMail
from opora.channels.email.tests.conftest import write_mail
from opora.events.delivering import run_overdue_deliveries
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Comment

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps):
    """Run the steps in threads of their own that begin together; raises what one of them raised."""
    ready, problems = threading.Barrier(len(steps)), []

    def run(step):
        try:
            ready.wait()
            step()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


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
