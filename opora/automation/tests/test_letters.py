"""What rules send: letters that say they are automatic, news as colleagues chose, and never a storm."""

import pytest

from opora.automation.actions.guard import MOST
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import OutboundMail
from opora.channels.email.outgoing.compose import compose
from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM
from opora.events.delivering import run_deliveries
from opora.events.models import Delivery
from opora.notifications.models import Notification
from opora.people.models import Brand
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Comment

NEW = ("update_type", "is", "create")


@pytest.fixture(autouse=True)
def mailbox(cast):
    return save_mailbox(
        by=SYSTEM, brand=Brand.objects.get(), group=cast.group, address="support@acme.test", name="Acme",
        incoming="none", outgoing="console", sends_acknowledgement=True,
    )  # fmt: skip


def deliver():
    """Let a worker do what is owed, also what follows from it."""
    while (
        owed := Delivery.objects.filter(state=Delivery.State.PENDING)
        .values_list("update_id", flat=True)
        .first()
    ):
        run_deliveries.call(owed)


def letters(*kinds):
    return list(OutboundMail.objects.filter(kind__in=kinds or ["rule", "ack"]).order_by("id"))


def letter(text="Hello {{ticket.requester.first_name}}, #{{ticket.id}}", subject="", **more):
    return {"subject": subject, "text": text} | more


def test_a_letter_to_the_requester_is_filled_in_and_says_that_it_is_automatic(cast, rule, ticket):
    rule(
        "Told", [("priority", "value", "urgent")], ("mail_requester", letter(subject="Re: {{ticket.title}}"))
    )
    change_ticket(ticket, by=cast.agent, priority=4)
    deliver()
    (mail,) = letters("rule")
    assert mail.to == [["Kateryna Customer", "kateryna@example.com"]]
    assert (mail.subject, mail.text) == ("Re: Where is my order?", f"Hello Kateryna, #{ticket.pk}")
    message = compose(mail).decode()
    assert "Auto-Submitted: auto-replied" in message
    assert "X-Auto-Response-Suppress: All" in message


def test_a_new_ticket_is_acknowledged_once_by_rule_or_by_mailbox(cast, rule, make_ticket):
    rule("Receipt", [NEW], ("mail_requester", letter("We have it.")))
    make_ticket(channel="email")
    deliver()
    assert [mail.text for mail in letters()] == ["We have it."]


def test_people_in_copy_and_any_address_can_be_written_to(cast, rule, ticket):
    add_collaborators(ticket, [cast.banker], kind="cc", by=cast.agent)
    rule("All", [("priority", "value", "urgent")], ("mail_everybody", letter("All")),
         ("mail_address", letter("One", to="boss@partner.test")))  # fmt: skip
    change_ticket(ticket, by=cast.agent, priority=4)
    deliver()
    first, second = letters("rule")
    assert (first.to[0][1], first.cc[0][1]) == ("kateryna@example.com", "bohdan@bank.test")
    assert second.to == [["", "boss@partner.test"]]


def test_a_storm_of_tickets_gets_a_handful_of_letters_and_every_refusal_is_explained(
    cast, rule, make_ticket, rule_events
):
    rule("Receipt", [NEW], ("mail_requester", letter("We have it.")))
    tickets = [make_ticket(f"Spam {number}") for number in range(MOST + 4)]
    deliver()
    assert len(letters()) == MOST
    refused = [event for ticket in tickets for event in rule_events("ticket.rule_refused", ticket)]
    assert len(refused) == 4
    assert "letters of this rule within an hour" in refused[0].body["reason"]


def test_another_address_and_another_hour_are_not_held_up(cast, rule, make_ticket, later):
    rule("Receipt", [NEW], ("mail_requester", letter("We have it.")))
    for number in range(MOST + 1):
        make_ticket(f"Many {number}")
    deliver()
    make_ticket("Other", requester=cast.banker)
    deliver()
    assert len(letters()) == MOST + 1
    later(3601)
    make_ticket("Later")
    deliver()
    assert len(letters()) == MOST + 2


def test_a_machine_gets_no_answer(cast, rule, ticket, rule_events):
    rule("Reply", [("comment", "is", "public"), ("role", "is", "customer")], ("reply", "Thank you."))
    new = NewComment(html="<p>I am away</p>", author=cast.customer, is_auto_reply=True, channel="email")
    add_comment(ticket, new, by=cast.customer)
    assert not Comment.objects.filter(author_kind="system").exists()
    assert "machine" in rule_events("ticket.rule_refused", ticket)[0].body["reason"]


def test_an_automatic_reply_stands_on_the_ticket_and_goes_out(cast, rule, ticket):
    rule(
        "Reply",
        [("comment", "is", "public"), ("role", "is", "customer")],
        ("reply", "Thank you, {{ticket.requester.first_name}}."),
    )
    add_comment(ticket, NewComment(html="<p>Hello?</p>", author=cast.customer), by=cast.customer)
    deliver()
    comment = Comment.objects.get(author_kind="system")
    assert comment.text.strip() == "Thank you, Kateryna."
    ticket.refresh_from_db()
    assert ticket.metric.replies == 0
    assert ticket.metric.first_reply_at is None
    mail = OutboundMail.objects.get(kind="reply")
    assert "Auto-Submitted: auto-replied" in compose(mail).decode()


def test_colleagues_are_told_as_they_chose(cast, rule, ticket):
    rule("Look", [("priority", "value", "urgent")], ("tell_assignee", ""), ("tell_group", str(cast.group.pk)))
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    change_ticket(ticket, by=cast.lead, priority=4)
    deliver()
    told = Notification.objects.filter(kind="rule")
    assert set(told.values_list("person__name", flat=True)) == {
        "Andrii Agent", "Borys Second", "Lesia Lead", "Olena Owner",
    }  # fmt: skip


def test_letters_to_colleagues_go_to_each_of_them_in_the_words_of_the_rule(cast, rule, make_ticket):
    words = letter("Look at #{{ticket.id}}", subject="Look")
    rule("Alarm", [NEW], ("mail_assignee", words), ("mail_colleague", words | {"to": str(cast.lead.pk)}),
         ("mail_group", words | {"to": str(cast.group.pk)}))  # fmt: skip
    ticket = make_ticket(assignee=cast.agent)
    deliver()
    sent = letters("rule")
    addresses = [mail.to[0][1] for mail in sent]
    assert addresses[:2] == [cast.agent.email, cast.lead.email]
    assert set(addresses[2:]) == set(cast.group.memberships.values_list("person__email", flat=True))
    assert {(mail.subject, mail.text) for mail in sent} == {("Look", f"Look at #{ticket.pk}")}


def test_a_letter_to_somebody_who_does_not_work_here_is_refused(cast, rule):
    with pytest.raises(Invalid, match="colleague"):
        rule("Alarm", [NEW], ("mail_colleague", letter("x", to=str(cast.customer.pk))))
