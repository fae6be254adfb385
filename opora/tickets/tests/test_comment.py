import pytest

from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.events.models import Event
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Category, Comment


def test_a_reply_is_public_and_counts_as_the_first(cast, ticket):
    add_comment(ticket, NewComment(html="<p>We look into it.</p>", author=cast.agent), by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.category == Category.OPEN
    assert ticket.metric.replies == 1
    assert ticket.metric.first_reply_at is not None
    fact = Event.objects.filter(kind="ticket.commented").latest("id")
    assert fact.body["author_kind"] == "agent"
    assert fact.actor_id == cast.agent.pk


def test_a_note_is_not_a_reply(cast, ticket):
    note = NewComment(html="Ask the warehouse", author=cast.agent, is_public=False)
    comment = add_comment(ticket, note, by=cast.agent)
    ticket.refresh_from_db()
    assert not comment.is_public
    assert ticket.metric.replies == 0
    assert ticket.category == Category.NEW


def test_scripts_of_strangers_do_not_survive(cast, ticket):
    html = '<p onclick="steal()">Hi</p><script>steal()</script><img src=x onerror=steal()><a href="javascript:steal()">x</a>'
    comment = add_comment(ticket, NewComment(html=html, author=cast.customer), by=cast.customer)
    for bad in ("steal", "script", "onclick", "onerror"):
        assert bad not in comment.html


def test_an_empty_comment_is_refused_and_nothing_is_written(cast, ticket):
    before = Comment.objects.count(), Event.objects.count()
    with pytest.raises(Invalid, match="empty"):
        add_comment(ticket, NewComment(html="<p> </p>", author=cast.agent), by=cast.agent)
    assert (Comment.objects.count(), Event.objects.count()) == before


def test_a_file_alone_is_a_comment(cast, ticket):
    file = upload_attachment([b"hello"], name="log.txt", content_type="text/plain", uploader=cast.agent)
    comment = add_comment(ticket, NewComment(html="", author=cast.agent, attachments=[file]), by=cast.agent)
    assert [found.name for found in comment.attachments.all()] == ["log.txt"]
    assert comment.attachments.get().path.read_bytes() == b"hello"


def test_an_outsider_may_not_write_on_a_ticket_they_cannot_see(cast, ticket):
    with pytest.raises(NotAllowed):
        add_comment(ticket, NewComment(html="hi", author=cast.outsider, is_public=False), by=cast.outsider)


def test_a_light_agent_may_note_but_not_reply(cast, ticket):
    from opora.people.models import Role

    cast.outsider.role = Role.objects.get(kind="light_agent")
    cast.outsider.save()
    cast.outsider.__dict__.pop("allowed", None)
    add_comment(
        ticket, NewComment(html="I know this bug", author=cast.outsider, is_public=False), by=cast.outsider
    )
    with pytest.raises(NotAllowed):
        add_comment(ticket, NewComment(html="Dear customer", author=cast.outsider), by=cast.outsider)


def test_nothing_is_said_on_a_closed_ticket(cast, ticket, later):
    from opora.tickets.actions.close import close_solved_tickets

    solve_ticket(ticket, by=cast.agent)
    later(5 * 86_400)
    close_solved_tickets()
    with pytest.raises(Conflict, match="follow-up"):
        add_comment(ticket, NewComment(html="one more thing", author=cast.customer), by=cast.customer)


def test_null_characters_and_right_to_left_names_are_stored(cast, ticket):
    comment = add_comment(
        ticket, NewComment(html="שלום\x00 👋🏽 عالم", author=cast.customer), by=cast.customer
    )
    comment.refresh_from_db()
    assert comment.text == "שלום 👋🏽 عالم"
