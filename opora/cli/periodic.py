"""Timers: one table says what runs how often, and why."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django_tasks_db.models import DBTaskResult

from opora.api.actions.forget import forget_old_work
from opora.automation.actions.guard import forget_letters
from opora.automation.actions.run_automations import run_automations
from opora.automation.actions.try_rule import forget_trials
from opora.calendars.actions.special_days import keep_holidays_ahead
from opora.channels.email.actions.delete_old_mail import delete_old_suspended_mail
from opora.channels.email.actions.process_mail import process_waiting_mail
from opora.channels.email.actions.send_mail import send_due_mail
from opora.channels.web.throttle import forget_submissions
from opora.cli import heartbeat
from opora.core import clock
from opora.core.statistics import refresh_statistics
from opora.events.delivering import run_overdue_deliveries
from opora.events.models import Delivery, Signal
from opora.events.sealing import seal_events
from opora.notifications.actions.mail_due import mail_due_notifications
from opora.notifications.actions.read import forget_old_notifications
from opora.routing.actions.distribute import distribute
from opora.routing.actions.mark_absent import mark_absent
from opora.sla.actions.notice import notice_due_clocks
from opora.tickets.actions.look import forget_stale_presence
from opora.tickets.actions.schedule_reply import send_due_replies
from opora.webhooks.actions.forget import forget_old_invocations

log = logging.getLogger("opora.worker")


@dataclass(frozen=True)
class Timer:
    """`run` every `seconds`, because `why`. Each must bear being run twice at once by two workers."""

    seconds: int
    run: Callable[[], object]
    why: str


def forget_done_work() -> None:
    """Remove deliveries and tasks that are done, and signals that nobody reads any more."""
    now = clock.now()
    Signal.objects.filter(at__lt=now - timedelta(minutes=5)).delete()
    Delivery.objects.filter(state=Delivery.State.DONE, done_at__lt=now - timedelta(days=7)).delete()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()


TIMERS = [
    Timer(
        1, notice_due_clocks, "promises that are nearly or wholly broken; one look at an index when none is"
    ),
    Timer(2, send_due_replies, "replies whose ten seconds are over and whose task was lost"),
    Timer(5, send_due_mail, "mails that were put off, or whose task or process was lost"),
    Timer(5, distribute, "tickets that wait for somebody: skills give way with time, tasks get lost"),
    Timer(10, process_waiting_mail, "mails that were stored and whose process was lost before it read them"),
    Timer(15, run_overdue_deliveries, "reactions that failed and wait for another try, or lost their worker"),
    Timer(heartbeat.EVERY_SECONDS, heartbeat.beat, "a sign of life that `doctor` looks for"),
    Timer(15, mark_absent, "people who are idle, and browsers that fell silent"),
    Timer(15, mail_due_notifications, "mails to colleagues about what they have not read within two minutes"),
    Timer(60, seal_events, "the hash chain over the log"),
    Timer(300, forget_stale_presence, "who looked at a ticket and went away without a word"),
    Timer(
        3600, refresh_statistics, "the query planner of SQLite, which should know a table that has doubled"
    ),
    Timer(300, run_automations, "rules on time: solved tickets that close, customers who are reminded"),
    Timer(3600, forget_old_work, "answers kept for repeated calls, and jobs that ended a week ago"),
    Timer(3600, forget_submissions, "who has sent something through a public page"),
    Timer(3600, forget_letters, "whom rules wrote to, which limits how often"),
    Timer(3600, forget_trials, "rules that were tried on the past"),
    Timer(3600, forget_done_work, "work that is done leaves nothing behind"),
    Timer(3600, delete_old_suspended_mail, "suspended mail about which nobody has decided for thirty days"),
    Timer(86_400, keep_holidays_ahead, "public holidays of the years to come, each year once"),
    Timer(3600, forget_old_invocations, "what webhooks sent two weeks ago, or could not send for three days"),
    Timer(86_400, forget_old_notifications, "what people were told more than ninety days ago"),
    Timer(86_400, lambda: call_command("clearsessions"), "sessions that ran out"),
]


def run_timers(stopping: threading.Event) -> None:
    """Run the timers until told to stop; one that fails is logged and tried again at its next turn."""
    due = {timer: time.monotonic() + min(timer.seconds, 5) for timer in TIMERS}
    while not stopping.wait(0.5):
        for timer, moment in due.items():
            if time.monotonic() >= moment:
                _run(timer)
                due[timer] = time.monotonic() + timer.seconds


def _run(timer: Timer) -> None:
    try:
        timer.run()
    except Exception:
        log.exception("The timer for %s failed.", timer.why)
    finally:
        close_old_connections()
