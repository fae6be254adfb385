from datetime import timedelta

import pytest

from opora.channels.email.actions.delete_old_mail import delete_old_suspended_mail
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.channels.email.raw import raw_path
from opora.core import clock
from opora.events.models import Event
from opora.people.actions.save_desk import save_desk
from opora.people.queries import desk


@pytest.fixture
def suspended(bring_in):
    """A newsletter that waits for a decision since thirty-one days."""
    mail = bring_in("News", precedence="bulk")
    SuspendedMail.objects.update(suspended_at=clock.now() - timedelta(days=31))
    return mail


def test_what_nobody_decided_about_is_deleted_after_thirty_days(
    suspended, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_suspended_mail() == 1
    suspended.refresh_from_db()
    assert suspended.state == InboundMail.State.REJECTED
    assert not raw_path(suspended.sha256).exists()
    event = Event.objects.latest("id")
    assert (event.kind, event.subject_id, event.actor_kind) == ("mail.deleted", suspended.pk, "timer")
    assert delete_old_suspended_mail() == 0


def test_what_is_younger_waits_on(bring_in):
    bring_in("News", precedence="bulk")
    assert delete_old_suspended_mail() == 0


def test_a_desk_that_keeps_it_for_ever_deletes_nothing(suspended, cast):
    save_desk(desk(), by=cast.owner, suspended_mail_days=0)
    assert delete_old_suspended_mail() == 0
    assert SuspendedMail.objects.get().is_waiting


def test_an_original_that_another_mail_shares_stays(
    suspended, django_capture_on_commit_callbacks, other_mailbox
):
    copy = InboundMail.objects.get(pk=suspended.pk)
    copy.pk, copy.brand, copy.mailbox = None, other_mailbox.brand, other_mailbox
    copy.save()
    with django_capture_on_commit_callbacks(execute=True):
        delete_old_suspended_mail()
    assert raw_path(suspended.sha256).exists()
