"""How a conversation is drawn: what is escaped, what each message offers, what is folded."""

import pytest
from django.utils.safestring import mark_safe

from opora.core import clock
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.conversation import EventLine, EventLines, Message, UnreadLine
from opora.tickets.messages import draw_items
from opora.tickets.models import Attachment, Comment

ALL = {"merge": True, "forward": True, "edit": True}
NONE = {"merge": False, "forward": False, "edit": False}


@pytest.fixture
def said(cast, ticket):
    """What the customer has said, as a message with whatever a test changes about it."""

    def make(*, quoted="", files=(), blocked_images=0, delivery="", **columns):
        comment = add_comment(ticket, NewComment(html="<p>Hello</p>", author=cast.customer), by=cast.customer)
        for name, value in columns.items():
            setattr(comment, name, value)
        html = mark_safe(comment.html)
        return Message(comment, html, mark_safe(quoted), list(files), blocked_images, delivery)

    return make


def drawn(ticket, *items, may=ALL):
    return draw_items(list(items), ticket, may)


def line(sentence="solved it", actor="Ann"):
    return EventLine("circle", actor, sentence, clock.now())


def test_names_are_escaped_and_the_sanitised_text_is_not(cast, ticket, said):
    cast.customer.name = "<script>Eve</script>"
    page = drawn(ticket, said(author=cast.customer))
    assert "&lt;script&gt;Eve" in page
    assert "<script>" not in page
    assert "<p>Hello</p>" in page


def test_what_happened_is_escaped(ticket):
    page = drawn(ticket, EventLines([line("renamed it to <b>", "<i>")]))
    assert "&lt;b&gt;" in page
    assert "<bdi>&lt;i&gt;</bdi>" in page


def test_a_customers_message_can_be_split_off_by_those_who_may(ticket, said):
    message = said()
    address = f"/comments/{message.comment.pk}/split"
    assert address in drawn(ticket, message)
    assert address not in drawn(ticket, message, may=NONE)


def test_a_note_is_marked_and_cannot_be_split_off(ticket, said):
    page = drawn(ticket, said(is_public=False, author_kind=Comment.AuthorKind.AGENT))
    assert 'class="message ours note"' in page
    assert "badge note" in page
    assert "/split" not in page


def test_every_message_has_its_link(ticket, said):
    message = said()
    assert f'data-copy-text-value="{ticket.get_absolute_url()}#comment-{message.comment.pk}"' in drawn(
        ticket, message
    )


def test_a_mail_leads_to_its_original(ticket, said):
    assert 'href="/mails/7/original"' in drawn(ticket, said(details={"mail": {"id": 7}}))
    assert "/original" not in drawn(ticket, said())


def test_a_warning_stands_above_the_message(ticket, said):
    page = drawn(ticket, said(details={"mail": {"id": 7, "stranger": True}}))
    assert page.index("message-to") < page.index("message-body")


def test_images_from_elsewhere_are_counted_and_asked_about(ticket, said):
    page = drawn(ticket, said(blocked_images=2))
    assert "2 images from elsewhere were not loaded." in page
    assert 'data-controller="remote-images"' in page


def test_quoted_text_is_folded(ticket, said):
    page = drawn(ticket, said(quoted="<p>Before</p>"))
    assert '<div class="quote" hidden data-quote-target="body"><p>Before</p></div>' in page
    assert "data-quote-target" not in drawn(ticket, said())


def test_files_and_delivery_are_shown(ticket, said):
    file = Attachment(pk=5, name="<a>.pdf", content_type="application/pdf", size=2048)
    page = drawn(ticket, said(files=[file], delivery="bounced"))
    assert "&lt;a&gt;.pdf" in page
    assert 'data-state="bounced"' in page


def test_a_message_of_a_merged_ticket_names_it(ticket, said):
    page = drawn(ticket, said(ticket_id=ticket.pk + 1))
    assert f'href="/tickets/{ticket.pk + 1}?stay=1"' in page
    assert "?stay=1" not in drawn(ticket, said())


@pytest.mark.parametrize(("many", "is_folded"), [(1, False), (2, False), (3, True), (12, True)])
def test_a_long_run_of_events_is_folded(ticket, many, is_folded):
    page = drawn(ticket, EventLines([line() for _ in range(many)]))
    assert ("<details" in page) is is_folded
    assert (f"{many} events" in page) is is_folded
    assert page.count('class="event-line"') == many


def test_things_come_in_their_order(ticket, said):
    page = drawn(ticket, EventLines([line("first")]), UnreadLine(), said())
    assert page.index("first") < page.index('id="unread"') < page.index("Hello")
