import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.cli import doctor
from opora.cli.diagnosis import clock as clock_checks
from opora.cli.diagnosis.finding import Look, count_of, span_of
from opora.cli.heartbeat import Beat, beat, last_beat
from opora.cli.tests.desks import INIT, opora
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.models import Delivery, Event, Seal
from opora.events.sealing import seal_events
from opora.people.queries import default_brand
from opora.tickets.actions.upload import upload_attachment


def sentences(state, **look):
    return [
        finding.sentence
        for _subject, finding in doctor.examine(Look(offline=True, **look))
        if finding.state == state
    ]


def states(subject, **look):
    return [
        finding.state for named, finding in doctor.examine(Look(offline=True, **look)) if named == subject
    ]


def write_beat(**fields):
    given = {"at": clock.now().isoformat(), "ticks": 0.0, "pid": 1, "host": "here"} | fields
    (Path(django_settings.DATA_DIR) / "worker.heartbeat").write_text(json.dumps(asdict(Beat(**given))))


def test_the_worker_that_never_ran_is_missed_and_a_living_one_is_not(cast):
    assert any("never run" in sentence for sentence in sentences("bad"))
    beat()
    assert any("The worker runs" in sentence for sentence in sentences("ok"))


def test_a_worker_that_fell_silent_is_noticed(cast):
    write_beat(at=(clock.now() - timedelta(minutes=5)).isoformat())
    assert "The worker gave its last sign of life 5 minutes ago." in sentences("bad")


def test_a_clock_that_was_set_is_noticed(cast, later):
    beat()
    later(3600)
    beat()
    assert last_beat().jumped == pytest.approx(3600, abs=5)
    assert any("was set forward by 60 minutes" in sentence for sentence in sentences("warning"))


def test_an_event_of_the_future_is_noticed(cast):
    Event.objects.filter(pk=Event.objects.latest("id").pk).update(
        recorded_at=clock.now() + timedelta(hours=3)
    )
    assert any("3 hours in the future" in finding.sentence for finding in clock_checks.check_clock(Look()))


def test_a_missing_attachment_is_named(cast):
    attachment = upload_attachment([b"x"], name="x.txt", content_type="text/plain", uploader=None)
    assert "Looked for 1 attachment in the data folder: none is missing." in sentences("ok")
    attachment.path.unlink()
    assert any(str(attachment.path) in sentence for sentence in sentences("bad"))


def test_a_mailbox_that_fails_is_named(cast):
    box = save_mailbox(
        by=SYSTEM, brand=default_brand(), address="support@acme.test", incoming="imap", imap_host="x.test"
    )
    assert "support@acme.test has never been collected." in sentences("warning")
    Mailbox.objects.filter(pk=box.pk).update(
        last_error="x.test does not answer.", last_checked_at=clock.now()
    )
    assert "support@acme.test cannot be collected: x.test does not answer." in sentences("bad")
    Mailbox.objects.filter(pk=box.pk).update(last_error="", last_checked_at=clock.now() - timedelta(hours=2))
    assert "support@acme.test was last collected 2 hours ago." in sentences("bad")


def test_the_servers_of_a_mailbox_are_tried(cast, monkeypatch):
    save_mailbox(
        by=SYSTEM,
        brand=default_brand(),
        address="support@acme.test",
        outgoing="smtp",
        smtp_host="127.0.0.1",
        smtp_port=1,
    )
    found = [finding.sentence for _subject, finding in doctor.examine(Look()) if finding.state == "bad"]
    assert any(
        "support@acme.test" in sentence and "127.0.0.1 refuses connections" in sentence for sentence in found
    )


def test_reactions_that_were_given_up_are_named(cast, ticket):
    Delivery.objects.update(state="done")
    assert "Everything that follows from events has been done." in sentences("ok")
    Delivery.objects.filter(pk=Delivery.objects.latest("id").pk).update(state="failed")
    assert any("was given up" in sentence for sentence in sentences("warning"))


@pytest.mark.no_replay
def test_a_changed_log_is_noticed(cast, later):
    later(3600)
    seal_events()
    assert "bad" not in states("log")
    first = Event.objects.order_by("id").first()
    Event.objects.filter(pk=first.pk).update(actor_name="Somebody Else")
    assert "bad" not in states("log")
    assert "bad" in states("log", thorough=True)
    Seal.objects.update(events=1)
    assert "bad" in states("log")


def test_a_key_that_others_can_read_is_noticed(cast, settings):
    key = Path(settings.DATA_DIR) / "secret.key"
    key.write_text("secret")
    key.chmod(0o644)
    assert "Other users of this machine can read the secret key." in sentences("bad")
    key.chmod(0o600)
    assert "Only Opora can read the secret key." in sentences("ok")


def test_an_address_without_encryption_is_noticed(cast, settings):
    settings.PUBLIC_URL = "http://desk.example.com"
    assert any("without encryption" in sentence for sentence in sentences("warning"))
    settings.PUBLIC_URL = "https://desk.example.com"
    assert "The desk is at https://desk.example.com." in sentences("ok")


def test_a_check_that_falls_is_a_finding(cast, monkeypatch):
    monkeypatch.setattr("opora.cli.diagnosis.disk.check_room", lambda look: 1 / 0)
    assert any("could not look" in sentence for sentence in sentences("bad"))


def test_numbers_and_spans_are_words():
    assert count_of(1, "mail", "mails") == "1 mail"
    assert count_of(2000, "mail", "mails") == "2,000 mails"
    assert [span_of(seconds) for seconds in (1, 40, 300, 7200, 200_000)] == [
        "1 second", "40 seconds", "5 minutes", "2 hours", "2 days",
    ]  # fmt: skip


def test_the_command_says_what_to_do_and_fails_when_something_is_broken(tmp_path):
    folder = tmp_path / "data"
    before = opora(folder, "doctor", "--offline")
    assert before.returncode == 1
    assert "steps behind this version" in before.stdout
    assert opora(folder, *INIT).returncode == 0
    done = opora(folder, "doctor", "--offline")
    assert "✗ The worker has never run here" in done.stdout
    assert "✓ The tables are up to date." in done.stdout
    as_json = opora(folder, "doctor", "--offline", "--json")
    assert {"subject", "state", "sentence", "advice"} == set(json.loads(as_json.stdout)[0])


def test_a_database_that_does_not_answer_is_one_finding(tmp_path):
    done = opora(tmp_path, "doctor", "--offline", database_url="postgres://nobody:x@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert done.stdout.count("does not answer") == 1
    assert "Traceback" not in done.stderr
