from datetime import timedelta

import pytest
from django.core import mail

from opora.channels.email.models import OutboundMail
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.events.recording import record
from opora.notifications.actions.mail_due import mail_due_notifications
from opora.notifications.actions.read import forget_old_notifications, read_all
from opora.notifications.models import Notification
from opora.notifications.tests.conftest import prefer
from opora.people.actions.save_brand import save_brand
from opora.webhooks.events import WebhookPaused


@pytest.fixture
def mailed(cast):
    """The agent wants every reply by mail."""
    prefer(cast.agent, "replied", in_app=True, by_mail=True)


def mails():
    return [
        (row.person.first_name, row.subject)
        for row in OutboundMail.objects.filter(kind="notification").select_related("person")
    ]


def test_what_is_unread_for_two_minutes_is_mailed_once(cast, mine, say, mailed, mailbox, later):
    comment = say(mine, cast.customer, "<p>Still nothing.</p>")
    assert mail_due_notifications() == 0
    later(121)
    assert mail_due_notifications() == 1
    assert mail_due_notifications() == 0
    assert mails() == [("Andrii", f"[#{mine.pk}] Where is my order?")]
    sent = OutboundMail.objects.get(kind="notification")
    assert sent.comment == comment
    assert sent.headers["Auto-Submitted"] == "auto-generated"
    assert "Kateryna Customer replied" in sent.text
    assert "> Still nothing." in sent.text
    assert "Still nothing." in sent.html


def test_what_was_read_meanwhile_is_not_mailed(cast, mine, say, mailed, mailbox, later):
    say(mine, cast.customer)
    read_all(cast.agent)
    later(121)
    assert mail_due_notifications() == 0
    later(3600)
    assert mail_due_notifications() == 0


def test_much_at_once_is_one_mail(cast, mine, say, mailed, mailbox, later):
    for number in range(7):
        say(mine, cast.customer, f"<p>Word {number}</p>")
    later(121)
    assert mail_due_notifications() == 0
    later(600)
    assert mail_due_notifications() == 1
    assert mails() == []
    [digest] = mail.outbox
    assert digest.to == [cast.agent.email]
    assert digest.subject == "Opora: 7 things for you"
    assert digest.body.index("Word 0") < digest.body.index("Word 6")
    assert digest.extra_headers["Auto-Submitted"] == "auto-generated"
    assert digest.extra_headers["X-Opora-Desk"]
    assert mail_due_notifications() == 0


def test_the_sixth_within_ten_minutes_waits(cast, mine, say, mailed, mailbox, later):
    for number in range(5):
        say(mine, cast.customer, f"<p>Word {number}</p>")
    later(121)
    assert mail_due_notifications() == 5
    say(mine, cast.customer, "<p>Word 5</p>")
    later(121)
    assert mail_due_notifications() == 0
    later(500)
    assert mail_due_notifications() == 1
    assert len(mails()) == 6


def test_a_desk_that_cannot_send_owes_nothing(cast, mine, say, mailed, later):
    say(mine, cast.customer)
    later(121)
    assert mail_due_notifications() == 0
    assert mail.outbox == []
    assert Notification.objects.get().mail_due_at is None


def test_a_brand_that_cannot_send_leaves_it_to_the_desk(cast, make_ticket, say, mailed, mailbox, later):
    other = save_brand(by=SYSTEM, name="Beta")
    say(make_ticket(brand=other, assignee=cast.agent), cast.customer)
    Notification.objects.filter(kind="assigned").delete()
    later(121)
    assert mail_due_notifications() == 1
    assert [message.to for message in mail.outbox] == [[cast.agent.email]]


def test_it_is_written_in_the_persons_language(cast, mine, say, mailed, mailbox, later, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "opora.notifications.mailer.sentence_of",
        lambda row: seen.append(__import__("django").utils.translation.get_language()) or "x",
    )
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(locale="uk")
    say(mine, cast.customer)
    later(121)
    mail_due_notifications()
    assert seen == ["uk"]


def test_who_may_no_longer_see_the_ticket_gets_no_mail(cast, mine, say, mailed, mailbox, later):
    say(mine, cast.customer)
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(is_active=False)
    later(121)
    assert mail_due_notifications() == 0
    assert mails() == []


def test_trouble_is_tried_again(cast, mine, say, mailed, mailbox, later, monkeypatch):
    say(mine, cast.customer)
    later(121)
    with monkeypatch.context() as broken:
        broken.setattr("opora.notifications.actions.mail_due.mail_notification", lambda row: 1 / 0)
        assert mail_due_notifications() == 0
    assert Notification.objects.get().mailed_at is None
    later(601)
    assert mail_due_notifications() == 1


def test_old_ones_are_forgotten(cast, mine, say):
    say(mine, cast.customer)
    assert forget_old_notifications() == 0
    Notification.objects.update(created_at=clock.now() - timedelta(days=91))
    assert forget_old_notifications() == 1


def test_news_of_the_desk_itself_is_mailed_to_whom_it_concerns_without_a_ticket(cast, mailbox, later):
    record(WebhookPaused(name="Warehouse", failed=9, sent=10), subject_id=1, by=SYSTEM)
    run_overdue_deliveries()
    later(121)
    assert mail_due_notifications() == 1
    letter = mail.outbox[0]
    assert letter.to == ["owner@desk.test"]
    assert letter.subject == "The webhook “Warehouse” is paused: its endpoint keeps failing"
    assert "#" not in letter.body
