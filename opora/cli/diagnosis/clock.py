"""Time: the machine's, the database's, and the rules of time zones."""

import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from opora.cli.diagnosis.finding import Finding, Look, bad, ok, span_of, warning
from opora.cli.heartbeat import last_beat
from opora.core import clock
from opora.events.models import Event

APART = timedelta(seconds=5)
REMEMBERED = timedelta(days=2)
FIX = "Let the machine keep its clock by NTP (`timedatectl set-ntp true`)."


def check_clock(look: Look) -> Iterator[Finding]:
    now, findings = clock.now(), []
    newest = Event.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    if newest and newest - now > APART:
        findings.append(
            bad(f"The log's newest event lies {span_of((newest - now).total_seconds())} in the future.", FIX)
        )
    apart = _distance_to_database()
    if apart > APART:
        findings.append(
            bad(
                f"The clocks of this machine and of the database differ by {span_of(apart.total_seconds())}.",
                FIX,
            )
        )
    beat = last_beat()
    if beat and beat.jumped_at and now - datetime.fromisoformat(beat.jumped_at) < REMEMBERED:
        way = "forward" if beat.jumped > 0 else "back"
        findings.append(
            warning(f"The clock was set {way} by {span_of(abs(beat.jumped))} at {beat.jumped_at[:16]}.", FIX)
        )
    yield from findings or [ok(f"The clock says {now:%Y-%m-%d %H:%M:%S} UTC, and has not jumped.")]


def check_zones(look: Look) -> Iterator[Finding]:
    try:
        for name in ("Europe/Kyiv", "America/New_York"):
            zoneinfo.ZoneInfo(name)
    except zoneinfo.ZoneInfoNotFoundError as problem:
        yield bad(
            f"The rules of time zones are missing or old: {problem}.", "Install the system's tzdata package."
        )
    else:
        yield ok("The rules of time zones are installed.")


def _distance_to_database() -> timedelta:
    if connection.vendor != "postgresql":
        return timedelta()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return abs(cursor.fetchone()[0] - clock.now())
