import pytest

from opora.channels.email.events import TicketMailBounced, TicketMailFailed
from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.events.recording import record
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of
from opora.notifications.tests.conftest import told


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            TicketMailFailed(addresses="k@example.com", comment_id=1),
            "Mail to k@example.com could not be sent",
        ),
        (TicketMailBounced(address="k@example.com", comment_id=1), "Mail to k@example.com came back"),
    ],
)
def test_the_writer_and_the_assignee_are_told(cast, mine, say, fact, sentence):
    from dataclasses import replace

    comment = say(mine, cast.second)
    Notification.objects.all().delete()
    record(replace(fact, comment_id=comment.pk), subject_id=mine.pk, by=SYSTEM)
    run_overdue_deliveries()
    assert told() == [("Andrii", "mail_failed"), ("Borys", "mail_failed")]
    notification = Notification.objects.first()
    assert sentence_of(notification) == sentence
    assert notification.place.endswith(f"#comment-{comment.pk}")
