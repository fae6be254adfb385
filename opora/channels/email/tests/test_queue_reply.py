from email import message_from_bytes, policy

import pytest

from opora.channels.email.marks import read_message_id, read_reply_address
from opora.channels.email.models import OutboundMail
from opora.channels.email.parsing import read_message
from opora.channels.email.subscribers import send_reply
from opora.channels.email.tests.conftest import write_mail
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.people.actions.change_person import change_person
from opora.people.actions.save_brand import save_brand
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.upload import upload_attachment


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.PUBLIC_URL = "https://help.acme.test"


@pytest.fixture
def answer(cast, react, sent):
    """Return a function by which the agent answers a ticket and gets the parsed mail that went out."""

    def say(ticket, html="<p>It is on its way.</p>", **fields):
        add_comment(ticket, NewComment(html=html, author=cast.agent, **fields), by=cast.agent)
        react()
        return message_from_bytes(sent[-1][1], policy=policy.default)

    return say


def test_a_reply_goes_to_the_requester_and_threads(bring_in, answer, sent):
    mail = bring_in(message_id="<first@example.com>", subject="Where is my order?")
    message = answer(mail.ticket)
    assert sent[-1][0] == ["kateryna@example.com"]
    assert message["To"] == "Kateryna Customer <kateryna@example.com>"
    assert message["From"] == '"Andrii Agent (Acme)" <support@acme.test>'
    assert message["Subject"] == "Re: Where is my order?"
    assert message["In-Reply-To"] == message["References"] == "<first@example.com>"
    assert read_message_id(message["Message-ID"]).ticket_id == mail.ticket.pk
    assert read_reply_address(message["Reply-To"].addresses[0].addr_spec).is_genuine
    assert message["Auto-Submitted"] is None
    assert message["List-Id"] is None
    assert message["Bcc"] is None


def test_the_second_reply_refers_to_all_before(bring_in, answer):
    first = bring_in(message_id="<first@example.com>")
    ours = answer(first.ticket)["Message-ID"]
    bring_in("Thanks", message_id="<second@example.com>", in_reply_to=ours)
    message = answer(first.ticket, "<p>You are welcome.</p>")
    assert message["References"].split() == ["<first@example.com>", ours, "<second@example.com>"]
    assert message["In-Reply-To"] == "<second@example.com>"


def test_our_own_parser_reads_the_reply_without_history_and_signature(bring_in, answer, cast):
    cast.agent.signature = "Andrii, support"
    cast.agent.save()
    mail = bring_in("I wait since Monday.")
    answer(mail.ticket)
    message = answer(mail.ticket, "<p>It is on its way.</p><p>You get it <b>tomorrow</b>.</p>")
    body = message.get_body(("plain",)).get_content()
    assert "> I wait since Monday." in body
    assert "Earlier in this conversation" in body
    read = read_message(message.as_bytes())
    assert read.text.startswith("It is on its way.\n\nYou get it tomorrow.")
    assert read.message_id and not read.is_auto_reply


def test_places_in_signatures_are_filled_in_with_who_writes_and_the_brand(bring_in, answer, cast):
    change_person(cast.agent, by=cast.agent, signature="{{agent.first_name}} <3, #{{ticket.id}}")
    mail = bring_in()
    save_brand(mail.ticket.brand, by=cast.owner, signature="{{brand.name}}\n{{brand.website}}")
    message = answer(mail.ticket)
    signed = f"Andrii <3, #{mail.ticket.pk}\n{mail.ticket.brand.name}"
    assert f"-- \n{signed}\n" in message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Andrii &lt;3" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "On 21 November 2026"), ("uk", "On 21 листопада 2026"), ("ru", "On 21 ноября 2026")],
)
def test_the_history_is_dated_in_the_customers_language(bring_in, answer, cast, locale, words, time_machine):
    time_machine.move_to("2026-11-21 10:00Z")
    cast.customer.locale = locale
    cast.customer.save()
    body = answer(bring_in().ticket).get_body(("plain",)).get_content()
    assert words.removeprefix("On ") in body


def test_a_customers_answer_that_quotes_our_mail_gives_exactly_their_words(bring_in, answer):
    mail = bring_in("I wait since Monday.")
    ours = answer(mail.ticket)
    quoted = "".join(f"> {line}\n" for line in ours.get_body(("plain",)).get_content().splitlines())
    text = f"Thank you, it came!\n\nOn Sat, 21 Nov 2026 at 12:00, Andrii Agent (Acme) <support@acme.test> wrote:\n\n{quoted}"
    reply = bring_in(text, in_reply_to=ours["Message-ID"], subject=ours["Subject"])
    assert reply.ticket == mail.ticket
    assert reply.comment.text == "Thank you, it came!"
    assert "It is on its way." in reply.comment.quoted_html


def test_a_customers_html_answer_that_quotes_our_mail_gives_exactly_their_words(bring_in, answer):
    mail = bring_in("I wait since Monday.")
    ours = answer(mail.ticket)
    html = (
        '<div dir="ltr">Дякую, прийшло!</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        "сб, 21 лист. 2026 р. о 12:00 Andrii Agent (Acme) &lt;support@acme.test&gt; пише:<br></div>"
        f'<blockquote class="gmail_quote">{ours.get_body(("html",)).get_content()}</blockquote></div>'
    )
    reply = bring_in("Дякую, прийшло!", html=html, in_reply_to=ours["Message-ID"])
    assert reply.comment.text.strip() == "Дякую, прийшло!"
    assert "Monday" not in reply.comment.html


def test_people_in_copy_get_the_same_mail_and_no_link(bring_in, answer, sent, other_mailbox):
    mail = bring_in(cc="Anna <anna@example.com>, help@beta.test")
    message = answer(mail.ticket)
    assert sent[-1][0] == ["kateryna@example.com", "anna@example.com"]
    assert message["Cc"] == "Anna <anna@example.com>"
    assert "https://help.acme.test/t/" not in message.get_body(("plain",)).get_content()


def test_the_requester_alone_gets_a_link_to_the_conversation(bring_in, answer):
    message = answer(bring_in().ticket)
    assert "https://help.acme.test/t/" in message.get_body(("plain",)).get_content()
    assert 'href="https://help.acme.test/t/' in message.get_body(("html",)).get_content()


def test_files_and_pictures_travel_along(bring_in, answer, cast):
    ticket = bring_in().ticket
    picture = upload_attachment([b"\x89PNG"], name="фото.png", content_type="image/png", uploader=cast.agent)
    other = upload_attachment(
        [b"%PDF"], name="Рахунок 1.pdf", content_type="application/pdf", uploader=cast.agent
    )
    html = f'<p>See <img src="{picture.get_absolute_url()}"></p>'
    read = read_message(answer(ticket, html, attachments=[picture, other]).as_bytes())
    assert [(file.name, file.content, file.inline) for file in read.attachments] == [
        ("фото.png", b"\x89PNG", True),
        ("Рахунок 1.pdf", b"%PDF", False),
    ]
    assert "cid:" in read.html


def test_a_file_too_large_for_mail_stays_behind_a_link(bring_in, answer, cast, monkeypatch):
    monkeypatch.setattr("opora.channels.email.outgoing.parts.MOST_BYTES", 3)
    file = upload_attachment([b"12345"], name="film.mp4", content_type="video/mp4", uploader=cast.agent)
    message = answer(bring_in().ticket, attachments=[file])
    assert "film.mp4" in message.get_body(("plain",)).get_content()
    assert list(message.iter_attachments()) == []


def test_long_subjects_and_ids_survive(bring_in, answer):
    subject = "Дуже довга тема листа про замовлення, яке ніяк не прийде, " * 3
    long_id = f"<{'x' * 200}@example.com>"
    mail = bring_in(
        write_mail(subject=subject.strip(), message_id="PLACE").replace(b"PLACE", long_id.encode())
    )
    message = answer(mail.ticket)
    assert message["Subject"] == f"Re: {subject.strip()}"
    assert message["References"] == long_id
    assert max(map(len, message.as_bytes().splitlines())) <= 998


def test_a_ticket_that_came_another_way_begins_its_own_thread(make_ticket, answer, mailbox):
    message = answer(make_ticket("Parcel"))
    assert message["Subject"] == "Parcel"
    assert message["References"] is None


def test_the_reply_comes_from_the_address_that_was_written_to(bring_in, answer, cast, mailbox):
    from opora.channels.email.actions.save_mailbox import save_mailbox

    save_mailbox(
        by=cast.owner, brand=mailbox.brand, address="sales@acme.test", outgoing="smtp", name="Acme sales"
    )
    mail = bring_in(write_mail(to="sales@acme.test"), to="sales@acme.test")
    assert answer(mail.ticket)["From"] == '"Andrii Agent (Acme sales)" <sales@acme.test>'


def test_notes_and_customers_words_send_nothing(bring_in, cast, react, sent):
    ticket = bring_in().ticket
    add_comment(ticket, NewComment(html="Note", author=cast.agent, is_public=False), by=cast.agent)
    react()
    assert sent == []


def test_the_same_event_queues_one_mail(bring_in, cast, react, sent):
    ticket = bring_in().ticket
    comment = add_comment(ticket, NewComment(html="Hi", author=cast.agent), by=cast.agent)
    event = Event.objects.filter(kind="ticket.commented").latest("id")
    for _again in range(3):
        send_reply(fact_of(event), event)
    react()
    assert OutboundMail.objects.filter(comment=comment).count() == 1
    assert len(sent) == 1


def test_history_that_is_brought_in_sends_nothing(make_ticket, cast, mailbox, react, sent):
    from datetime import UTC, datetime

    old = NewComment(html="Long ago", author=cast.agent, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    add_comment(make_ticket(), old, by=cast.agent)
    react()
    assert sent == []


def test_a_brand_without_a_mailbox_sends_nothing(make_ticket, cast, react, sent):
    add_comment(make_ticket(), NewComment(html="Hi", author=cast.agent), by=cast.agent)
    react()
    assert not OutboundMail.objects.exists()
