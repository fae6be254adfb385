from email import message_from_bytes, policy

import pytest

from opora.channels.email.models import Mailbox


@pytest.fixture(autouse=True)
def _acknowledging(mailbox):
    Mailbox.objects.update(sends_acknowledgement=True)


def test_a_new_ticket_is_acknowledged_in_the_customers_language_as_a_machine(bring_in, react, sent):
    mail = bring_in()
    react()
    message = message_from_bytes(sent[0][1], policy=policy.default)
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["From"] == "Acme <support@acme.test>"
    assert f"#{mail.ticket.pk}" in message.get_body(("plain",)).get_content()


def test_a_correspondent_gets_one_an_hour(bring_in, react, sent, time_machine):
    bring_in("One")
    bring_in("Two")
    react()
    assert len(sent) == 1


def test_an_answer_is_not_acknowledged(bring_in, react, sent):
    bring_in("One", message_id="<one@example.com>")
    bring_in("Two", in_reply_to="<one@example.com>")
    react()
    assert len(sent) == 1


@pytest.mark.parametrize("headers", [
    {"precedence": "list", "list_id": "<x.y>"}, {"return_path": "<>"}, {"from_": "no-reply@shop.test"},
    {"from_": "andrii@desk.test"}, {"x_loop": "elsewhere@example.org"},
])  # fmt: skip
def test_machines_lists_and_doubtful_colleagues_get_none(bring_in, react, sent, headers):
    assert bring_in(**headers).ticket
    react()
    assert sent == []


def test_without_the_setting_nothing_is_sent(bring_in, react, sent):
    Mailbox.objects.update(sends_acknowledgement=False)
    bring_in()
    react()
    assert sent == []
