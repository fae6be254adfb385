import pytest

from opora.channels.email.actions.delete_mail import delete_mail
from opora.channels.email.actions.release_mail import release_mail
from opora.channels.email.marks import desk_mark, new_message_id, reply_address
from opora.channels.email.models import InboundMail, OutboundMail, SuspendedMail
from opora.channels.email.queries import suspended_mails
from opora.core.refusals import Conflict, NotAllowed
from opora.events.models import Event
from opora.people.actions.suspend_person import suspend_person
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.models import Category, Ticket

State = InboundMail.State
OUT_OF_OFFICE = {"auto_submitted": "auto-replied", "subject": "Out of office"}


def test_an_automatic_reply_opens_no_ticket(bring_in):
    mail = bring_in("I am away", **OUT_OF_OFFICE)
    assert mail.state == State.SUSPENDED
    assert mail.suspension.reason == "auto_reply"
    assert not Ticket.objects.exists()


def test_an_automatic_reply_on_a_ticket_is_kept_and_wakes_nobody(bring_in, cast):
    ticket = bring_in().ticket
    solve_ticket(ticket, by=cast.agent)
    to = reply_address("support@acme.test", ticket_id=ticket.pk)
    mail = bring_in("I am away", to=to, cc="boss@example.com", **OUT_OF_OFFICE)
    ticket.refresh_from_db()
    assert mail.comment.is_auto_reply
    assert ticket.category == Category.SOLVED
    assert ticket.collaborations.count() == 0


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"x_opora_desk": "OURS"}, "ourselves"),
        ({"from_": "support@acme.test"}, "ourselves"),
        ({"from_": "support+tag@acme.test"}, "ourselves"),
        ({"x_loop": "support@acme.test"}, "ourselves"),
        ({"message_id": "OURS"}, "ourselves"),
        ({"x_spam_flag": "YES"}, "spam"),
        ({"x_spam_status": "Yes, score=12"}, "spam"),
        ({"precedence": "bulk"}, "bulk"),
        ({"precedence": "junk"}, "bulk"),
    ],
)
def test_what_is_suspended(bring_in, headers, reason):
    if headers.get("x_opora_desk"):
        headers = {"x_opora_desk": desk_mark()}
    if headers.get("message_id"):
        headers = {"message_id": f"<{new_message_id('acme.test', ticket_id=1, comment_id=1)}>"}
    assert bring_in("Hello", **headers).suspension.reason == reason


def test_mail_of_another_desk_passes(bring_in):
    assert bring_in("Hello", x_opora_desk="abcdefghijklmnop").state == State.PROCESSED


def test_mail_through_a_group_address_passes(bring_in):
    assert bring_in("Hello", precedence="list", list_id="<support.acme.test>").state == State.PROCESSED


def test_a_flood_is_stopped_after_twenty(bring_in):
    states = [bring_in(f"Alarm {n}").state for n in range(23)]
    assert states == [State.PROCESSED] * 20 + [State.SUSPENDED] * 3
    assert suspended_mails().first().reason == "rate"


def test_releasing_makes_the_ticket_and_may_lift_the_suspension(bring_in, cast):
    suspend_person(cast.customer, by=cast.agent)
    mail = bring_in("Please")
    released = release_mail(mail.suspension, by=cast.agent, lift_suspension=True)
    cast.customer.refresh_from_db()
    assert released.state == State.PROCESSED
    assert released.ticket.requester == cast.customer
    assert cast.customer.suspended_at is None
    assert Event.objects.filter(kind="mail.released", actor_id=cast.agent.pk).count() == 1
    with pytest.raises(Conflict):
        release_mail(mail.suspension, by=cast.lead)


def test_a_released_automatic_reply_opens_a_ticket(bring_in, cast):
    mail = bring_in("I am away", **OUT_OF_OFFICE)
    assert release_mail(mail.suspension, by=cast.agent).ticket is not None


def test_deleting_takes_it_out_of_the_queue(bring_in, cast):
    mail = bring_in("I am away", **OUT_OF_OFFICE)
    delete_mail(mail.suspension, by=cast.agent)
    mail.refresh_from_db()
    assert mail.state == State.REJECTED
    assert not suspended_mails().exists()
    with pytest.raises(Conflict):
        delete_mail(mail.suspension, by=cast.agent)


def test_an_outsider_decides_nothing(bring_in, cast):
    mail = bring_in("I am away", **OUT_OF_OFFICE)
    for decide in (release_mail, delete_mail):
        with pytest.raises(NotAllowed):
            decide(mail.suspension, by=cast.outsider)
    assert SuspendedMail.objects.get().is_waiting


@pytest.mark.no_replay
def test_a_storm_of_a_thousand_automatic_replies_sends_nothing(bring_in, mailbox, react, sent):
    mailbox.sends_acknowledgement = True
    mailbox.save()
    ticket = bring_in("Hello", precedence="list").ticket
    to = reply_address("support@acme.test", ticket_id=ticket.pk)
    for number in range(500):
        bring_in(f"Away {number}", from_=f"robot{number % 3}@example.org", to=to, **OUT_OF_OFFICE)
        bring_in(f"Away {number}", from_=f"robot{number}@example.org", **OUT_OF_OFFICE)
    react()
    assert sent == []
    assert not OutboundMail.objects.exists()
    assert Ticket.objects.count() == 1
    assert ticket.comments.count() <= 1 + 3 * 20
