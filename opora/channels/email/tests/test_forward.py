from email import message_from_bytes, policy

import pytest

from opora.channels.email.marks import read_message_id, read_reply_address
from opora.channels.email.models import OutboundMail
from opora.events.models import Event
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.forward import NewForward, forward_messages
from opora.tickets.actions.schedule_reply import NewReply, schedule_reply, send_now
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.status import change_status
from opora.tickets.delivery import delivery_states
from opora.tickets.models import Category, Comment, Ticket
from opora.tickets.queries import status_of

PARTNER = "dev@partner.test"


@pytest.fixture
def asked(bring_in):
    """A ticket that began with a mail <first@example.com> with a file."""
    files = [("bill.txt", b"42", "text/plain")]
    return bring_in("I wait since Monday.", message_id="<first@example.com>", files=files).ticket


@pytest.fixture
def pass_on(cast, react, sent):
    """Return a function by which the agent forwards all of a ticket, and gets the mail that went out."""

    def pass_it(ticket, html="<p>Can you look?</p>", **fields):
        comments = list(ticket.comments.filter(is_public=True))
        new = {
            "to": [PARTNER],
            "comment_ids": [comment.pk for comment in comments],
            "attachment_ids": [file.pk for comment in comments for file in comment.attachments.all()],
        }
        send_now(forward_messages(ticket, NewForward(html=html, **{**new, **fields}), by=cast.agent))
        react()
        return message_from_bytes(sent[-1][1], policy=policy.default)

    return pass_it


def body(message):
    return message.get_body(("plain",)).get_content()


def test_a_forward_carries_the_note_the_original_and_its_files(asked, pass_on, sent):
    message = pass_on(asked, cc=["boss@partner.test"])
    assert sent[-1][0] == [PARTNER, "boss@partner.test"]
    assert (message["To"], message["Cc"]) == (PARTNER, "boss@partner.test")
    assert message["Subject"] == "Fwd: Where is my order?"
    assert message["From"] == '"Andrii Agent (Acme)" <support@acme.test>'
    text = body(message)
    assert text.startswith("Can you look?")
    assert "From: Kateryna Customer <kateryna@example.com>" in text
    assert "I wait since Monday." in text
    assert [part.get_filename() for part in message.iter_attachments()] == ["bill.txt"]


def test_a_forward_does_not_join_the_customers_thread(asked, pass_on):
    message = pass_on(asked)
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert (
        read_reply_address(message["Reply-To"].addresses[0].addr_spec).forward_id == asked.forwards.get().pk
    )
    assert read_message_id(message["Message-ID"]).ticket_id == asked.pk


@pytest.mark.parametrize("by_address", [True, False])
def test_the_answer_comes_back_as_an_internal_note(asked, pass_on, bring_in, react, sent, by_address):
    message = pass_on(asked)
    to = message["Reply-To"].addresses[0].addr_spec if by_address else "support@acme.test"
    mail = bring_in(
        "It is lost.",
        from_=f"Dev <{PARTNER}>",
        to=to,
        in_reply_to=message["Message-ID"],
        cc="other@partner.test",
    )
    assert mail.ticket == asked
    assert (mail.comment.is_public, mail.comment.author_kind) == (False, Comment.AuthorKind.PARTNER)
    assert mail.comment.details["forward"] == {"id": asked.forwards.get().pk, "is_answer": True}
    assert not asked.collaborations.exists()
    before = len(sent)
    react()
    assert len(sent) == before


def test_an_answer_to_the_answer_stays_beside(asked, pass_on, bring_in):
    message = pass_on(asked)
    first = bring_in(
        "Which one?", from_=PARTNER, in_reply_to=message["Message-ID"], message_id="<p1@partner.test>"
    )
    second = bring_in("I mean it.", from_="boss@partner.test", in_reply_to="<p1@partner.test>")
    assert second.ticket == first.ticket == asked
    assert not second.comment.is_public


def test_the_customer_hears_and_sees_nothing_of_it(asked, pass_on, bring_in, cast, react, sent):
    message = pass_on(asked)
    bring_in("Secret.", from_=PARTNER, in_reply_to=message["Message-ID"], message_id="<p1@partner.test>")
    add_comment(asked, NewComment(html="<p>We look.</p>", author=cast.agent), by=cast.agent)
    react()
    reply = message_from_bytes(sent[-1][1], policy=policy.default)
    assert reply["References"] == "<first@example.com>"
    assert "Secret" not in body(reply)
    assert reply["Subject"] == "Re: Where is my order?"


def test_a_partner_in_copy_still_answers_beside(asked, pass_on, bring_in, cast):
    message = pass_on(asked)
    mail = bring_in("First.", from_=PARTNER, in_reply_to=message["Message-ID"])
    add_collaborators(asked, [mail.comment.author], kind="cc", by=cast.agent)
    again = bring_in("Second.", from_=PARTNER, in_reply_to=message["Message-ID"])
    assert not again.comment.is_public


def test_the_customer_who_got_it_from_the_partner_speaks_for_themselves(asked, pass_on, bring_in):
    message = pass_on(asked)
    mail = bring_in("They sent me this.", in_reply_to=message["Message-ID"])
    assert (mail.ticket, mail.comment.is_public) == (asked, True)
    assert mail.comment.author_kind == Comment.AuthorKind.CUSTOMER


def test_an_answer_makes_a_waiting_ticket_ours_again(asked, pass_on, bring_in, cast):
    message = pass_on(asked)
    change_status(asked, status_of(Category.HOLD), by=cast.agent)
    bring_in("Out of office", from_=PARTNER, in_reply_to=message["Message-ID"], auto_submitted="auto-replied")
    asked.refresh_from_db()
    assert asked.category == Category.HOLD
    bring_in("Done.", from_=PARTNER, in_reply_to=message["Message-ID"])
    asked.refresh_from_db()
    assert asked.category == Category.OPEN


def test_an_answer_to_a_closed_ticket_opens_a_follow_up_of_the_customer(asked, pass_on, bring_in, cast):
    message = pass_on(asked)
    solve_ticket(asked, by=cast.agent)
    Ticket.objects.filter(pk=asked.pk).update(category=Category.CLOSED, status=status_of(Category.CLOSED))
    mail = bring_in("At last.", from_=PARTNER, in_reply_to=message["Message-ID"])
    assert (mail.ticket.follow_up_of, mail.ticket.requester) == (asked, cast.customer)
    assert not mail.comment.is_public


def test_the_talk_goes_on_in_its_own_thread(asked, pass_on, bring_in):
    first = pass_on(asked)
    bring_in("Which one?", from_=PARTNER, in_reply_to=first["Message-ID"], message_id="<p1@partner.test>")
    talk = asked.forwards.get()
    second = pass_on(asked, "<p>The red one.</p>", comment_ids=[], attachment_ids=[], answers=talk)
    assert second["References"].split() == [first["Message-ID"], "<p1@partner.test>"]
    assert read_reply_address(second["Reply-To"].addresses[0].addr_spec).forward_id == talk.pk


def test_the_note_shows_how_far_the_forward_came(asked, pass_on):
    pass_on(asked)
    note = asked.comments.latest("id")
    assert delivery_states([note]) == {note.pk: "sent"}
    OutboundMail.objects.filter(comment=note).update(state="bounced")
    assert delivery_states([note]) == {note.pk: "bounced"}


def test_a_brand_that_cannot_send_says_so_on_the_ticket(asked, cast, react, mailbox):
    mailbox.outgoing = "none"
    mailbox.save()
    send_now(forward_messages(asked, NewForward(to=[PARTNER], html="<p>x</p>"), by=cast.agent))
    react()
    assert "Nothing was forwarded" in asked.comments.latest("id").text
    assert not OutboundMail.objects.filter(kind="forward").exists()


def test_the_form_offers_one_message_or_all_and_comes_back_after_undo(asked, as_, cast, mailbox):
    browser, url = as_(cast.agent), f"/tickets/{asked.pk}/forwards"
    first = asked.comments.get()
    page = browser.get(f"{url}?comment={first.pk}").content.decode()
    assert f'name="comments" value="{first.pk}" checked' in page
    form = {"to": PARTNER, "subject": "Fwd: x", "words": "Look & see", "comments": first.pk}
    answer = browser.post(url, form)
    assert "Forwarded" in answer["Opora-Toast"]
    scheduled = asked.scheduled.get()
    undone = browser.post(f"/replies/{scheduled.pk}/cancellation")
    assert f"{url}?again={scheduled.pk}" in undone["HX-Trigger"]
    again = browser.get(f"{url}?again={scheduled.pk}").content.decode()
    assert "Look &amp; see" in again
    assert PARTNER in again


def test_a_desks_own_address_is_refused(asked, as_, cast, mailbox):
    answer = as_(cast.agent).post(f"/tickets/{asked.pk}/forwards", {"to": mailbox.address, "words": "x"})
    assert answer.status_code == 422
    assert "address of this desk" in answer.content.decode()
    assert not Event.objects.filter(kind="ticket.forwarded").exists()


def test_the_message_of_somebody_outside_is_answered_to_them(asked, pass_on, bring_in, as_, cast):
    message = pass_on(asked)
    mail = bring_in("Which one?", from_=PARTNER, in_reply_to=message["Message-ID"])
    page = as_(cast.agent).get(f"/tickets/{asked.pk}/forwards?comment={mail.comment_id}").content.decode()
    assert f'name="to" value="{PARTNER}"' in page
    assert f'name="answers" value="{asked.forwards.get().pk}"' in page


def test_forwards_do_not_use_up_the_draft(asked, cast):
    from opora.tickets.actions.save_draft import save_draft

    save_draft(asked, by=cast.agent, kind="reply", html="<p>Half</p>")
    schedule_reply(asked, NewReply(html="<p>note</p>", is_public=False), by=cast.lead)
    forward_messages(asked, NewForward(to=[PARTNER], html="<p>x</p>"), by=cast.agent)
    assert asked.drafts.get().html == "<p>Half</p>"
