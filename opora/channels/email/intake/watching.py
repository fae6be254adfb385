"""Mail intake as a whole: one thread a watched mailbox, the doors, and one thread that processes what they store."""

import logging
import threading
from dataclasses import dataclass

from django.db import close_old_connections
from django.utils import translation

from opora.channels.email.actions.process_mail import process_waiting_mail
from opora.channels.email.intake.connecting import imap_of
from opora.channels.email.intake.imap import fetch_new_mail, mark_stored, wait_for_mail
from opora.channels.email.intake.listening import Door, open_doors
from opora.channels.email.intake.nudge import mail_arrived
from opora.channels.email.models import Mailbox
from opora.channels.email.outgoing.problems import explain_problem
from opora.channels.email.queries import desk_locale
from opora.core.text import one_line

log = logging.getLogger("opora.mail")

LOOK_AGAIN_SECONDS = 5
LONGEST_PAUSE_SECONDS = 300
SHORTEST_PAUSE_SECONDS = 5


@dataclass
class Watcher:
    """The thread that watches one mailbox, and the settings it was started with."""

    settings: tuple[object, ...]
    stopping: threading.Event
    thread: threading.Thread


def watch_mailboxes(stopping: threading.Event) -> None:
    """Take mail in until told to stop; mailboxes that are added, changed or switched off are noticed in seconds."""
    processing = threading.Thread(target=_process_until, args=(stopping,), name="process mail")
    processing.start()
    doors = _open_doors()
    watchers: dict[int, Watcher] = {}
    try:
        while not stopping.is_set():
            _renew(watchers)
            stopping.wait(LOOK_AGAIN_SECONDS)
    finally:
        mail_arrived.set()
        for watcher in watchers.values():
            watcher.stopping.set()
        for door in doors:
            door.stop()
        for thread in [*(watcher.thread for watcher in watchers.values()), processing]:
            thread.join(timeout=3)


def watch_mailbox(mailbox_id: int, stopping: threading.Event) -> None:
    """Watch one IMAP folder until told to stop; a lost connection is made again, ever more patiently."""
    pause = SHORTEST_PAUSE_SECONDS
    while not stopping.is_set():
        try:
            _watch_once(mailbox_id, stopping)
            pause = SHORTEST_PAUSE_SECONDS
        except Exception as problem:
            _note_problem(mailbox_id, problem)
            stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        finally:
            close_old_connections()


def _watch_once(mailbox_id: int, stopping: threading.Event) -> None:
    mailbox = Mailbox.objects.select_related("brand", "group").get(pk=mailbox_id)
    with imap_of(mailbox) as box:
        mark_stored(box, mailbox)
        while not stopping.is_set():
            if fetch_new_mail(box, mailbox):
                mail_arrived.set()
            close_old_connections()
            wait_for_mail(box, stopping)


def _process_until(stopping: threading.Event) -> None:
    while not stopping.is_set():
        mail_arrived.wait(timeout=LOOK_AGAIN_SECONDS)
        mail_arrived.clear()
        try:
            while not stopping.is_set() and process_waiting_mail(limit=50) == 50:
                pass
        except Exception:
            log.exception("Processing of mail stumbled and goes on.")
        finally:
            close_old_connections()


def _open_doors() -> list[Door]:
    try:
        return open_doors()
    except (OSError, ValueError):
        log.exception(
            "The LMTP or SMTP door could not be opened. Check OPORA_SMTP_LISTEN and OPORA_LMTP_LISTEN."
        )
        return []


def _renew(watchers: dict[int, Watcher]) -> None:
    """Start watchers of new and changed mailboxes, stop those of mailboxes that are switched off or changed."""
    try:
        wanted = {mailbox.pk: _settings(mailbox) for mailbox in _watched()}
    except Exception:
        log.exception("The mailboxes could not be read; trying again.")
        return
    finally:
        close_old_connections()
    for mailbox_id, watcher in list(watchers.items()):
        if wanted.get(mailbox_id) != watcher.settings or not watcher.thread.is_alive():
            watcher.stopping.set()
            del watchers[mailbox_id]
    for mailbox_id in wanted.keys() - watchers.keys():
        watchers[mailbox_id] = _start(mailbox_id, wanted[mailbox_id])


def _watched() -> list[Mailbox]:
    return list(Mailbox.objects.filter(is_active=True, incoming=Mailbox.Incoming.IMAP))


def _settings(mailbox: Mailbox) -> tuple[object, ...]:
    return (
        mailbox.imap_host, mailbox.imap_port, mailbox.imap_security, mailbox.imap_user, mailbox.imap_password,
        mailbox.imap_folder, mailbox.brand_id, mailbox.group_id, mailbox.address, tuple(mailbox.aliases),
    )  # fmt: skip


def _start(mailbox_id: int, settings: tuple[object, ...]) -> Watcher:
    stopping = threading.Event()
    thread = threading.Thread(
        target=watch_mailbox, args=(mailbox_id, stopping), name=f"mailbox {mailbox_id}", daemon=True
    )
    thread.start()
    return Watcher(settings, stopping, thread)


def _note_problem(mailbox_id: int, problem: Exception) -> None:
    """Keep the reason as a sentence beside the mailbox, for its settings page and for `doctor`."""
    try:
        mailbox = Mailbox.objects.get(pk=mailbox_id)
        with translation.override(desk_locale()):
            sentence = one_line(explain_problem(problem, host=mailbox.imap_host, port=mailbox.imap_port))
        Mailbox.objects.filter(pk=mailbox_id).update(last_error=sentence)
        log.warning("The mailbox %s cannot be read: %s", mailbox.address, sentence)
    except Exception:
        log.exception("The mailbox %s cannot be read, and its trouble cannot be kept.", mailbox_id)
