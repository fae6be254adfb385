from datetime import timedelta

import pytest

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.models import Event
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.save_draft import save_draft
from opora.tickets.actions.schedule_reply import (
    NewReply,
    Stale,
    cancel_reply,
    schedule_reply,
    send_due_replies,
    send_now,
    send_scheduled_reply,
)
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Category, Draft, ScheduledReply
from opora.tickets.queries import last_event_id, status_of


def test_a_reply_leaves_after_ten_seconds_and_solves(cast, ticket, later):
    solved = status_of(Category.SOLVED)
    schedule_reply(ticket, NewReply(html="<p>Done</p>", status=solved, cc=["chief@bank.test"]), by=cast.agent)
    assert send_due_replies() == 0
    later(11)
    assert send_due_replies() == 1
    assert send_due_replies() == 0
    ticket.refresh_from_db()
    assert ticket.category == Category.SOLVED
    assert ticket.comments.latest("id").text == "Done"
    assert [row.person.email for row in ticket.collaborations.all()] == ["chief@bank.test"]


def test_a_reply_can_be_taken_back_and_its_words_are_the_draft(cast, ticket, later):
    save_draft(ticket, by=cast.agent, kind="reply", html="<p>Oops</p>")
    scheduled = schedule_reply(ticket, NewReply(html="<p>Oops</p>"), by=cast.agent)
    assert not Draft.objects.exists()
    cancel_reply(scheduled, by=cast.agent)
    assert Draft.objects.get().html == "<p>Oops</p>"
    later(11)
    assert send_due_replies() == 0
    assert ticket.comments.count() == 1


def test_what_has_left_cannot_be_taken_back(cast, ticket):
    scheduled = schedule_reply(ticket, NewReply(html="<p>Bye</p>"), by=cast.agent)
    assert send_now(scheduled)
    assert not send_now(scheduled)
    with pytest.raises(Conflict, match="left already"):
        cancel_reply(scheduled, by=cast.agent)
    assert ticket.comments.count() == 2


def test_a_reply_on_stale_knowledge_is_stopped_and_shows_what_came(cast, ticket):
    seen = last_event_id(ticket)
    add_comment(ticket, NewComment(html="Never mind, it arrived", author=cast.customer), by=cast.customer)
    with pytest.raises(Stale) as stopped:
        schedule_reply(ticket, NewReply(html="<p>We are looking</p>", seen_event_id=seen), by=cast.agent)
    assert [comment.text for comment in stopped.value.comments] == ["Never mind, it arrived"]
    assert not ScheduledReply.objects.exists()
    schedule_reply(ticket, NewReply(html="<p>Good!</p>", seen_event_id=last_event_id(ticket)), by=cast.agent)


def test_send_later_waits_and_the_task_alone_sends_nothing_early(cast, ticket, later):
    tomorrow = clock.now() + timedelta(days=1)
    scheduled = schedule_reply(ticket, NewReply(html="<p>Morning</p>", send_at=tomorrow), by=cast.agent)
    assert send_scheduled_reply.call(scheduled_id=scheduled.pk) is False
    later(86_401)
    assert send_scheduled_reply.call(scheduled_id=scheduled.pk) is True


def test_a_time_in_the_past_is_refused(cast, ticket):
    with pytest.raises(Invalid, match="future"):
        schedule_reply(
            ticket, NewReply(html="<p>x</p>", send_at=clock.now() - timedelta(hours=1)), by=cast.agent
        )


def test_files_of_others_are_not_sent_along(cast, ticket):
    theirs = upload_attachment([b"x"], name="x.txt", content_type="text/plain", uploader=cast.second)
    own = upload_attachment([b"y"], name="y.txt", content_type="text/plain", uploader=cast.agent)
    reply = NewReply(html="<p>See</p>", attachment_ids=[theirs.pk, own.pk])
    send_now(schedule_reply(ticket, reply, by=cast.agent))
    assert [file.name for file in ticket.comments.latest("id").attachments.all()] == ["y.txt"]


def test_a_refusal_at_departure_is_kept_for_its_author(cast, ticket, later):
    from opora.tickets.actions.close import close_solved_tickets
    from opora.tickets.actions.solve import solve_ticket

    schedule_reply(ticket, NewReply(html="<p>x</p>", send_at=clock.now() + timedelta(days=9)), by=cast.agent)
    solve_ticket(ticket, by=cast.agent)
    later(10 * 86_400)
    close_solved_tickets()
    assert send_due_replies() == 0
    assert "closed" in ScheduledReply.objects.get().problem
    refused = Event.objects.get(kind="ticket.reply_refused")
    assert (refused.subject_id, refused.body["author_id"]) == (ticket.pk, cast.agent.pk)
    assert "closed" in refused.body["reason"]
    assert send_due_replies() == 0
    assert Event.objects.filter(kind="ticket.reply_refused").count() == 1
