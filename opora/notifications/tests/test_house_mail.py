import email
import email.policy

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.events.actor import SYSTEM
from opora.notifications import house_mail
from opora.notifications.backend import MailboxBackend
from opora.notifications.mailer import NobodySends, send_invitation

LETTER = EmailMessage(
    "Hello", "The link: https://desk.test/secret", "webmaster@localhost", ["olena@desk.test"]
)


@pytest.fixture
def sink(monkeypatch):
    """What went out: (mailbox address, message, recipients)."""
    handed = []

    def transmit(mailbox, message, recipients):
        handed.append(
            (mailbox.address, email.message_from_bytes(message, policy=email.policy.default), recipients)
        )
        return {}

    monkeypatch.setattr(house_mail, "transmit", transmit)
    return handed


def run_tasks():
    for row in DBTaskResult.objects.filter(task_path__endswith="send_posted", status="READY"):
        DBTaskResult.objects.filter(pk=row.pk).update(status="SUCCESSFUL")
        house_mail.send_posted.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def test_it_leaves_through_the_default_mailbox(cast, mailbox, sink):
    assert MailboxBackend().send_messages([LETTER]) == 1
    assert sink == []
    stored = str(DBTaskResult.objects.get().args_kwargs)
    assert "desk.test/secret" not in stored
    run_tasks()
    [(address, message, recipients)] = sink
    assert address == "support@acme.test"
    assert recipients == ["olena@desk.test"]
    assert message["From"] == "Opora <support@acme.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Opora-Desk"]
    assert message["Message-ID"].endswith("@acme.test>")
    assert "desk.test/secret" in message.get_content()


def test_without_a_mailbox_it_stands_in_the_log(cast, caplog):
    assert MailboxBackend().send_messages([LETTER]) == 1
    assert "no mailbox of this desk can send" in caplog.text
    assert "https://desk.test/secret" in caplog.text
    assert not DBTaskResult.objects.exists()


def test_a_server_that_is_away_is_tried_again(cast, mailbox, monkeypatch, caplog):
    def refuse(*given):
        raise ConnectionRefusedError

    monkeypatch.setattr(house_mail, "transmit", refuse)
    MailboxBackend().send_messages([LETTER])
    for _again in range(house_mail.MOST_ATTEMPTS):
        assert DBTaskResult.objects.filter(status="READY").count() == 1
        run_tasks()
    assert not DBTaskResult.objects.filter(status="READY").exists()
    assert "refuses connections" in caplog.text


def test_the_real_server_is_preferred_to_the_log(cast, mailbox):
    save_mailbox(mailbox, by=SYSTEM, outgoing=Mailbox.Outgoing.CONSOLE)
    assert house_mail.house_mailbox() == mailbox
    other = save_mailbox(
        by=SYSTEM,
        brand=mailbox.brand,
        address="b@acme.test",
        outgoing=Mailbox.Outgoing.SMTP,
        smtp_host="sink.test",
    )
    assert house_mail.house_mailbox() == other


def test_an_invitation_carries_the_link(cast, mailbox, mailoutbox):
    send_invitation(cast.agent, "https://desk.test/invitations/abc", by=cast.owner)
    [message] = mailoutbox
    assert message.subject == "Olena Owner invites you to Opora"
    assert "https://desk.test/invitations/abc" in message.body
    assert "https://desk.test/invitations/abc" in message.alternatives[0].content


def test_an_invitation_that_would_reach_nobody_is_refused(cast, mailbox, mailoutbox):
    save_mailbox(mailbox, by=SYSTEM, outgoing=Mailbox.Outgoing.CONSOLE)
    with pytest.raises(NobodySends):
        send_invitation(cast.agent, "https://desk.test/invitations/abc", by=cast.owner)
    assert mailoutbox == []


def test_a_forgotten_password_is_mailed(cast, client, settings, mailbox, sink):
    settings.EMAIL_BACKEND = "opora.notifications.backend.MailboxBackend"
    client.post(reverse("account_reset_password"), {"email": cast.agent.email})
    run_tasks()
    [(_address, message, recipients)] = sink
    assert recipients == [cast.agent.email]
    assert "/account/password/reset/key/" in message.get_body(("plain",)).get_content()
