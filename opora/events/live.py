"""Telling open pages that something changed."""

from django.db import connection

from opora.events.models import Signal
from opora.events.recording import Update, at_the_end_of_an_update

CHANNEL = "opora"
"""The PostgreSQL channel that carries `update <id>` and `signal <kind> <subject kind> <subject id>`."""


@at_the_end_of_an_update
def notify_update(made: Update) -> None:
    """Wake the live streams of other processes; on SQLite they look at the log themselves."""
    if made.events and connection.vendor == "postgresql":
        _notify(f"update {made.id}")


def announce(kind: str, *, subject_kind: str, subject_id: int) -> None:
    """Tell open pages of something that is not worth keeping: somebody looks at a ticket, somebody types."""
    if connection.vendor == "postgresql":
        _notify(f"signal {kind} {subject_kind} {subject_id}")
    else:
        Signal.objects.create(kind=kind, subject_kind=subject_kind, subject_id=subject_id)


def _notify(message: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])
