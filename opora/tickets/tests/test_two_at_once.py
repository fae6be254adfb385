"""Two people act on one ticket at the same moment: both succeed or one is told, and nothing is lost."""

import pytest
from django.db import connection

from opora.events.models import Event
from opora.testing.at_once import at_once
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.schedule_reply import NewReply, schedule_reply, send_now
from opora.tickets.actions.tag import add_tags

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def real_file(settings):
    """Threads need a database that they can share: a file, not memory."""
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.fail("The test database must be a file; see TEST in settings/database.py.")


def test_tags_added_by_two_are_both_there(real_file, cast, ticket):
    jobs = [
        lambda n=n: add_tags(ticket.__class__.objects.get(pk=ticket.pk), [f"tag{n}"], by=cast.agent)
        for n in range(8)
    ]
    at_once(*jobs)
    assert ticket.tags.count() == 8
    last = Event.objects.filter(kind="ticket.changed").latest("id")
    assert len(last.body["after"]) == 8


def test_comments_of_many_are_all_there_and_counted(real_file, cast, ticket):
    def say(n):
        fresh = ticket.__class__.objects.get(pk=ticket.pk)
        add_comment(fresh, NewComment(html=f"<p>{n}</p>", author=cast.agent), by=cast.agent)

    at_once(*(lambda n=n: say(n) for n in range(8)))
    ticket.refresh_from_db()
    assert ticket.comments.count() == 9
    assert ticket.metric.replies == 8


def test_a_reply_sent_by_two_workers_leaves_once(real_file, cast, ticket):
    scheduled = schedule_reply(ticket, NewReply(html="<p>once</p>"), by=cast.agent)

    def send():
        send_now(type(scheduled).objects.select_related("ticket", "author__role").get(pk=scheduled.pk))

    at_once(send, send, send)
    assert ticket.comments.filter(text="once").count() == 1
