from base64 import encodebytes

import pytest

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.actions.receive_mail import deliver_mail, receive_mail
from opora.channels.email.models import InboundMail
from opora.channels.email.tests.conftest import write_mail
from opora.tickets.models import Collaboration, Comment, Ticket

State = InboundMail.State


def test_a_mail_opens_a_ticket_of_its_writer(bring_in, cast):
    mail = bring_in("I wait since Monday.", subject="Where is my order?")
    ticket = mail.ticket
    assert mail.state == State.PROCESSED
    assert (ticket.subject, ticket.requester, ticket.channel) == (
        "Where is my order?",
        cast.customer,
        "email",
    )
    assert ticket.received_at == "support@acme.test"
    assert mail.comment.text == "I wait since Monday."
    assert mail.comment.author_kind == "customer"
    assert mail.comment.details["mail"]["id"] == mail.pk


def test_a_stranger_becomes_known(bring_in):
    mail = bring_in("Hello", from_="Нова Людина <new@example.org>")
    assert mail.ticket.requester.name == "Нова Людина"
    assert mail.ticket.requester.email == "new@example.org"


def test_the_language_is_guessed(bring_in):
    assert bring_in("Добрий день, де моє замовлення? Дякую").ticket.locale == "uk"
    assert bring_in("Здравствуйте, где мой заказ? Спасибо", from_="a@b.test").ticket.locale == "ru"


def test_the_same_message_twice_is_one_comment(bring_in, mailbox):
    raw = write_mail()
    first, second = bring_in(raw), bring_in(raw.replace(b"\n", b"\r\n"))
    copy = receive_mail(b"Received: from elsewhere\n" + raw, mailbox=mailbox)
    assert first.pk == second.pk == copy.pk
    assert Comment.objects.count() == 1


def test_two_messages_of_one_id_are_two_tickets(bring_in):
    bring_in("One", message_id="<same@example.com>")
    bring_in("Two", message_id="<same@example.com>")
    assert Ticket.objects.count() == 2


def test_processing_twice_changes_nothing(bring_in):
    mail = bring_in()
    process_mail(mail)
    assert Comment.objects.count() == 1


def test_a_mail_to_two_of_our_mailboxes_is_one_ticket_for_each_brand(mailbox, other_mailbox):
    raw = write_mail(to="support@acme.test, help@beta.test")
    mails = deliver_mail(raw, recipients=["support@acme.test", "help@beta.test", "support+x@acme.test"])
    tickets = [process_mail(mail).ticket for mail in mails]
    assert [ticket.brand.name for ticket in tickets] == ["Acme", "Beta"]
    assert Collaboration.objects.count() == 0


def test_people_in_copy_are_taken_along_but_not_our_own_addresses(bring_in, cast, other_mailbox):
    mail = bring_in(cc="Anna <anna@example.com>, help@beta.test, no-reply@shop.test, andrii@desk.test")
    kinds = set(mail.ticket.collaborations.values_list("person__email", "kind"))
    assert kinds == {("anna@example.com", "cc"), ("andrii@desk.test", "follower")}


def test_a_mail_without_words_is_kept(bring_in):
    assert bring_in("").comment.text == "(no text)"


def test_an_empty_subject_is_made_of_the_first_words(bring_in):
    assert bring_in("The parcel is broken.", subject="").ticket.subject == "The parcel is broken."


def test_a_message_that_cannot_be_read_becomes_a_ticket_with_the_original(bring_in):
    mail = bring_in(b"\x00\x01\x02")
    assert mail.state == State.UNREADABLE
    assert mail.comment.attachments.get().content_type == "message/rfc822"
    assert mail.comment.details["mail"]["unreadable"]


def test_a_mail_that_always_fails_becomes_a_ticket_in_the_end(mailbox, monkeypatch):
    def fail(letter):
        raise ValueError("no")

    monkeypatch.setattr("opora.channels.email.actions.process_mail.accept_mail", fail)
    mail = receive_mail(write_mail(), mailbox=mailbox)
    assert process_mail(mail).state == State.RECEIVED
    process_mail(mail)
    assert process_mail(mail).state == State.UNREADABLE
    assert mail.problem == "ValueError: no"
    assert mail.ticket.requester.email == "kateryna@example.com"


def test_nulls_and_broken_letters_do_no_harm(bring_in):
    raw = write_mail("before").replace(b"before", b"be\x00fore \xff\xfe")
    assert "be" in bring_in(raw).comment.text


def test_a_large_attachment_is_stored_once_and_whole(bring_in):
    content = bytes(range(256)) * 4096 * 40
    head = (
        b"From: a@example.com\nTo: support@acme.test\nSubject: Film\nMessage-ID: <film@example.com>\n"
        b'MIME-Version: 1.0\nContent-Type: application/octet-stream; name="film.bin"\n'
        b'Content-Disposition: attachment; filename="film.bin"\nContent-Transfer-Encoding: base64\n\n'
    )
    mail = bring_in(head + encodebytes(content))
    file = mail.comment.attachments.get()
    assert (file.name, file.size) == ("film.bin", len(content))
    assert file.path.read_bytes() == content


def test_a_picture_in_the_text_points_to_its_attachment(bring_in):
    raw = (
        b"From: a@example.com\nTo: support@acme.test\nSubject: Picture\nMessage-ID: <p1@example.com>\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        b'--b\nContent-Type: text/html\n\n<p>See <img src="cid:pic%40x"></p>\n'
        b"--b\nContent-Type: image/png\nContent-ID: <pic@x>\nContent-Disposition: inline\n"
        b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    )
    mail = bring_in(raw)
    file = mail.comment.attachments.get()
    assert file.is_inline
    assert f'src="/attachments/{file.pk}/' in mail.comment.html


@pytest.mark.parametrize("subject", ["#1 [#2]", "A" * 3000, "=?utf-8?q?=00?="])
def test_strange_subjects_are_fine(bring_in, subject):
    raw = write_mail("x", subject="PLACE").replace(b"PLACE", subject.encode())
    assert bring_in(raw).state == State.PROCESSED
