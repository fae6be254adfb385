import pytest

from opora.channels.email.actions.queue_notification import NewNotification, queue_notification
from opora.channels.email.actions.use_original_sender import original_sender_offer, use_original_sender
from opora.channels.email.marks import reply_address
from opora.channels.email.models import OutboundMail
from opora.core.refusals import Conflict
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Category

ANDRII = "Andrii Agent <andrii@desk.test>"
FORWARDED = """Please have a look.

---------- Forwarded message ---------
From: Petro Buyer <petro@example.net>
Date: Fri, 20 Nov 2026 at 10:00
Subject: Broken cup
To: <andrii@desk.test>

The cup came broken.
"""


@pytest.fixture
def ticket(bring_in):
    return bring_in().ticket


def notify(ticket, person, comment=None):
    return queue_notification(ticket, person, NewNotification(subject="New", text="Words", comment=comment))


def test_a_colleague_who_answers_a_notification_replies_publicly(bring_in, ticket, cast, react, sent):
    notify(ticket, cast.agent)
    to = reply_address("support@acme.test", ticket_id=ticket.pk, person_id=cast.agent.pk)
    comment = bring_in("It is on its way.", from_=ANDRII, to=to).comment
    assert (comment.author, comment.author_kind, comment.is_public) == (cast.agent, "agent", True)
    react()
    assert ["kateryna@example.com"] in [recipients for recipients, _message in sent]
    ticket.refresh_from_db()
    assert ticket.category == Category.OPEN


def test_an_answer_by_message_id_counts_as_well(bring_in, ticket, cast):
    notification = notify(ticket, cast.agent)
    mail = bring_in("Yes.", from_=ANDRII, in_reply_to=f"<{notification.message_id}>")
    assert mail.comment.author_kind == "agent"


def test_an_answer_about_a_note_stays_a_note(bring_in, ticket, cast):
    note = add_comment(ticket, NewComment(html="Psst", author=cast.lead, is_public=False), by=cast.lead)
    notification = notify(ticket, cast.agent, note)
    mail = bring_in("Between us.", from_=ANDRII, in_reply_to=f"<{notification.message_id}>")
    assert not mail.comment.is_public


def test_the_customers_mark_does_not_make_anybody_a_colleague(bring_in, ticket, cast):
    comment = bring_in(
        "Pay here", from_=ANDRII, to=reply_address("support@acme.test", ticket_id=ticket.pk)
    ).comment
    assert comment.author_kind == "customer"
    assert comment.details["mail"]["unverified_agent"]


def test_a_colleagues_mark_is_worth_nothing_for_another(bring_in, ticket, cast):
    to = reply_address("support@acme.test", ticket_id=ticket.pk, person_id=cast.second.pk)
    assert bring_in("Hm", from_=ANDRII, to=to).comment.author_kind == "customer"


def test_who_may_not_reply_notes(bring_in, ticket, cast):
    from opora.tickets.actions.collaborate import add_collaborators

    add_collaborators(ticket, [cast.outsider], kind="follower", by=cast.agent)
    to = reply_address("support@acme.test", ticket_id=ticket.pk, person_id=cast.outsider.pk)
    comment = bring_in("I think so.", from_="odarka@desk.test", to=to).comment
    assert (comment.author_kind, comment.is_public) == ("agent", False)


def test_a_notification_says_that_a_machine_wrote_it(ticket, cast, react, sent):
    notify(ticket, cast.agent)
    react()
    assert b"Auto-Submitted: auto-generated" in sent[-1][1]
    assert OutboundMail.objects.get().kind == "notification"


def test_a_colleague_forwards_and_the_original_sender_is_the_requester(bring_in, cast):
    ticket = bring_in(FORWARDED, subject="Fwd: Broken cup", from_=ANDRII).ticket
    said, note = ticket.comments.order_by("id")
    assert (ticket.requester.email, ticket.submitter, ticket.subject) == (
        "petro@example.net",
        cast.agent,
        "Broken cup",
    )
    assert (said.text.strip(), said.author_kind) == ("The cup came broken.", "customer")
    assert (note.text, note.is_public, note.author) == ("Please have a look.", False, cast.agent)


def test_a_customer_forwards_and_the_offer_is_kept(bring_in, cast):
    ticket = bring_in(FORWARDED, subject="Fwd: Broken cup").ticket
    assert ticket.requester == cast.customer
    assert original_sender_offer(ticket)["address"] == "petro@example.net"
    use_original_sender(ticket, by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.requester.email == "petro@example.net"
    assert ticket.collaborations.get(kind="cc").person == cast.customer
    with pytest.raises(Conflict):
        use_original_sender(ticket, by=cast.agent)
