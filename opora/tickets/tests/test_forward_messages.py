import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.events.models import Event
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.forward import NewForward, forward_messages
from opora.tickets.actions.schedule_reply import cancel_reply, send_now
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Comment, Draft, Forward


def pass_on(ticket, by, *, to=("dev@partner.test",), **fields):
    return forward_messages(ticket, NewForward(to=to, **fields), by=by)


def test_a_forward_leaves_after_ten_seconds_as_a_note_and_is_recorded(cast, ticket):
    first = ticket.comments.get()
    scheduled = pass_on(ticket, cast.agent, html="<p>Can you look?</p>", comment_ids=[first.pk])
    assert not Event.objects.filter(kind="ticket.forwarded").exists()
    assert send_now(scheduled)
    note = ticket.comments.latest("id")
    assert (note.is_public, note.text, note.author) == (False, "Can you look?", cast.agent)
    assert note.details["forward"]["to"] == "dev@partner.test"
    event = Event.objects.get(kind="ticket.forwarded")
    assert event.body["to"] == ["dev@partner.test"]
    assert event.body["comment_id"] == note.pk == Forward.objects.get().comment_id


def test_a_forward_needs_no_words_when_something_is_passed_on(cast, ticket):
    send_now(pass_on(ticket, cast.agent, comment_ids=[ticket.comments.get().pk]))
    assert Event.objects.filter(kind="ticket.commented").latest("id").body["words"] == "→ dev@partner.test"


def test_what_is_taken_back_leaves_no_trace_and_no_draft(cast, ticket):
    scheduled = pass_on(ticket, cast.agent, html="<p>Oops</p>")
    cancel_reply(scheduled, by=cast.agent)
    assert not send_now(scheduled)
    assert ticket.comments.count() == 1
    assert not Draft.objects.exists()
    assert not Event.objects.filter(kind="ticket.forwarded").exists()


def test_messages_and_files_of_other_tickets_are_not_passed_on(cast, ticket, make_ticket):
    other = make_ticket("Secret")
    file = upload_attachment([b"x"], name="x.txt", content_type="text/plain", uploader=cast.agent)
    theirs = NewComment(html="see", author=cast.customer, attachments=[file])
    add_comment(other, theirs, by=cast.customer)
    ids = list(Comment.objects.values_list("pk", flat=True))
    scheduled = pass_on(ticket, cast.agent, comment_ids=ids, attachment_ids=[file.pk])
    assert scheduled.forward.comment_ids == [ticket.comments.get().pk]
    assert scheduled.forward.attachment_ids == []


@pytest.mark.parametrize(
    ("to", "why"), [([], "to whom"), (["nonsense"], "not a mail"), (["kateryna@example.com"], "requester")]
)
def test_wrong_recipients_are_refused_with_a_sentence(cast, ticket, to, why):
    with pytest.raises(Invalid, match=why):
        pass_on(ticket, cast.agent, to=to, html="<p>x</p>")
    assert not Forward.objects.exists()


def test_nothing_at_all_is_refused(cast, ticket):
    with pytest.raises(Invalid, match="Choose what to pass on"):
        pass_on(ticket, cast.agent)


def test_who_may_not_reply_may_not_forward(cast, make_ticket):
    theirs = make_ticket(assignee=cast.outsider)
    with pytest.raises(NotAllowed):
        pass_on(theirs, cast.outsider, html="<p>x</p>")
