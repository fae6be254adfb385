import pytest

from opora.channels.email.marks import new_message_id, reply_address
from opora.channels.email.models import InboundMail
from opora.people.actions.suspend_person import suspend_person
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.remove import delete_ticket, mark_spam, restore_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.models import Category, Ticket

State = InboundMail.State


@pytest.fixture
def first(bring_in):
    """The first mail of a ticket, Message-ID <first@example.com>."""
    return bring_in("I wait since Monday.", message_id="<first@example.com>")


def plus(ticket):
    return reply_address("support@acme.test", ticket_id=ticket.pk)


def our_id(ticket):
    return f"<{new_message_id('acme.test', ticket_id=ticket.pk, comment_id=1)}>"


def test_the_mark_in_the_address_finds_the_ticket(bring_in, first):
    assert bring_in("More", to=plus(first.ticket)).ticket == first.ticket


def test_the_mark_survives_capital_letters_and_a_wrapped_recipient(bring_in, first):
    assert bring_in("More", to=f"Acme <{plus(first.ticket).upper()}>").ticket == first.ticket


def test_the_mark_is_found_where_only_the_server_names_it(bring_in, first):
    mail = bring_in("More", to="undisclosed@example.com", delivered_to=plus(first.ticket))
    assert mail.ticket == first.ticket


def test_our_message_id_finds_the_ticket(bring_in, first):
    assert bring_in("More", in_reply_to=our_id(first.ticket)).ticket == first.ticket


def test_a_reference_further_back_finds_the_ticket(bring_in, first):
    references = f"{our_id(first.ticket)} <unknown@example.com>"
    assert bring_in("More", references=references, in_reply_to="<unknown@example.com>").ticket == first.ticket


def test_a_second_mail_of_the_customer_refers_to_their_first(bring_in, first):
    assert bring_in("P. S.", in_reply_to="<first@example.com>").ticket == first.ticket


def test_the_number_in_the_subject_counts_only_for_participants(bring_in, first):
    subject = f"Re: [#{first.ticket.pk}] Where is my order?"
    assert bring_in("Mine", subject=subject).ticket == first.ticket
    assert bring_in("Not mine", subject=subject, from_="x@example.org").ticket != first.ticket


def test_a_forged_mark_of_a_stranger_is_suspended(bring_in, first):
    mail = bring_in(
        "Let me in", to=f"support+id{first.ticket.pk}.aaaaaaaaaaaaaaaa@acme.test", from_="x@example.org"
    )
    assert mail.state == State.SUSPENDED
    assert mail.suspension.reason == "foreign"
    assert first.ticket.comments.count() == 1


def test_a_broken_mark_of_the_customer_is_forgiven(bring_in, first):
    mail = bring_in("Mine", to=f"support+id{first.ticket.pk}.aaaaaaaaaaaaaaaa@acme.test")
    assert mail.ticket == first.ticket


def test_a_stranger_with_the_mark_is_put_in_copy_and_flagged(bring_in, first):
    mail = bring_in("I am the wife", to=plus(first.ticket), from_="Wife <wife@example.org>")
    assert mail.ticket == first.ticket
    assert mail.comment.details["mail"]["stranger"]
    assert first.ticket.collaborations.get(kind="cc").person.email == "wife@example.org"
    again = bring_in("Me again", to=plus(first.ticket), from_="Wife <wife@example.org>")
    assert "stranger" not in again.comment.details["mail"]


def test_an_answer_to_a_merged_ticket_goes_to_its_target(bring_in, first, cast):
    other = bring_in("Other", subject="Other").ticket
    merge_tickets([first.ticket], into=other, by=cast.agent)
    assert bring_in("More", to=plus(first.ticket)).ticket == other


def test_an_answer_wakes_a_solved_ticket(bring_in, first, cast):
    solve_ticket(first.ticket, by=cast.agent)
    assert bring_in("Still broken", to=plus(first.ticket)).ticket.category == Category.OPEN


def test_an_answer_to_a_closed_ticket_opens_a_follow_up(bring_in, first, cast):
    Ticket.objects.filter(pk=first.ticket.pk).update(category=Category.CLOSED)
    ticket = bring_in("Again", to=plus(first.ticket), subject="Re: Where is my order?").ticket
    assert ticket != first.ticket
    assert ticket.follow_up_of == first.ticket
    assert bring_in("And", in_reply_to="<first@example.com>").ticket.follow_up_of == first.ticket


def test_an_answer_to_a_deleted_ticket_opens_a_new_one(bring_in, first, cast):
    delete_ticket(first.ticket, by=cast.lead)
    assert bring_in("Hello?", to=plus(first.ticket)).ticket.follow_up_of == first.ticket


def test_an_answer_to_spam_is_suspended(bring_in, first, cast):
    bring_in("Wife", to=plus(first.ticket), from_="wife@example.org")
    mark_spam(first.ticket, by=cast.agent)
    assert bring_in("More", to=plus(first.ticket)).suspension.reason == "sender"
    assert bring_in("More", to=plus(first.ticket), from_="wife@example.org").suspension.reason == "removed"
    restore_ticket(first.ticket, by=cast.agent)
    assert bring_in("More", to=plus(first.ticket)).ticket == first.ticket


def test_an_answer_through_another_brands_mailbox_finds_its_ticket(bring_in, first, other_mailbox):
    mail = bring_in("More", to="help@beta.test", in_reply_to=our_id(first.ticket))
    assert mail.ticket == first.ticket


def test_an_answer_to_both_brands_is_one_comment_on_the_ticket(bring_in, first, other_mailbox):
    headers = {"in_reply_to": our_id(first.ticket), "message_id": "<both@example.com>"}
    one = bring_in("More", to="support@acme.test", cc="help@beta.test", **headers)
    assert one.ticket == first.ticket
    from opora.channels.email.actions.process_mail import process_mail
    from opora.channels.email.actions.receive_mail import receive_mail
    from opora.channels.email.raw import read_raw

    copy = process_mail(receive_mail(read_raw(one.sha256), mailbox=other_mailbox, recipient="help@beta.test"))
    assert copy.ticket != first.ticket
    assert copy.ticket.brand == other_mailbox.brand
    assert first.ticket.comments.count() == 2


def test_a_suspended_person_waits_also_with_a_mark(bring_in, first, cast):
    suspend_person(cast.customer, by=cast.agent)
    assert bring_in("Hi", to=plus(first.ticket)).suspension.reason == "sender"


def test_a_mark_of_a_ticket_that_never_was_opens_a_new_one(bring_in):
    mail = bring_in("Hi", to=reply_address("support@acme.test", ticket_id=999_999))
    assert mail.state == State.PROCESSED


def answer_first(bring_in, **headers):
    """The answer of a colleague of the customer, before the mail it answers."""
    values = {"from_": "boss@example.org", "in_reply_to": "<late@example.com>", **headers}
    return bring_in("I agree with Kateryna.", subject="Re: Our matter", **values)


def test_an_answer_that_comes_first_and_what_it_answers_are_one_ticket(bring_in):
    answer = answer_first(bring_in)
    late = bring_in("Our matter.", message_id="<late@example.com>", to="support@acme.test, boss@example.org")
    assert late.ticket == answer.ticket
    assert late.comment.is_public
    assert Ticket.objects.count() == 1


def test_the_mail_that_was_awaited_is_found_by_its_own_sender_too(bring_in):
    answer = answer_first(bring_in, from_="kateryna@example.com")
    assert bring_in("Our matter.", message_id="<late@example.com>").ticket == answer.ticket


def test_a_stranger_draws_no_mail_to_their_ticket_by_naming_its_id(bring_in):
    answer = answer_first(bring_in, from_="stranger@example.net")
    late = bring_in("Our matter.", message_id="<late@example.com>")
    assert late.ticket != answer.ticket
