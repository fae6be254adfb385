"""`doctor`: looks at every part and says, one sentence each, how it is and what to do."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict

import django


def run(arguments: list[str]) -> int:
    """Return 1 when something is broken, 0 when all is well or only worth a look."""
    options = _options(arguments)
    django.setup()
    from opora.cli.diagnosis.finding import Look

    look = Look(thorough=options.thorough, offline=options.offline)
    findings = []
    for subject, finding in examine(look):
        findings.append((subject, finding))
        if not options.json:
            print(f"{finding}", flush=True)
    if options.json:
        print(
            json.dumps([{"subject": subject, **asdict(finding)} for subject, finding in findings], indent=1)
        )
    broken = sum(finding.state == "bad" for _subject, finding in findings)
    if not options.json:
        print(_summary(broken, sum(finding.state == "warning" for _subject, finding in findings)))
    return 1 if broken else 0


def examine(look):  # type: ignore[no-untyped-def]
    """Yield (subject, finding) of every check; a database that cannot be used is asked nothing more."""
    is_usable = True
    for subject, check, needs_database in checks():
        if needs_database and not is_usable:
            continue
        for finding in _findings(check, look):
            yield subject, finding
            if subject == "database" and not needs_database and finding.state == "bad":
                is_usable = False


def checks() -> Iterator[tuple]:
    """Yield (subject, check, whether it needs a database that can be used), in the order people read them."""
    from opora.cli.diagnosis import clock, database, disk, mail, safety, work

    for check in (database.check_reachable, database.check_migrations):
        yield "database", check, False
    for check in (database.check_whole, database.check_settings):
        yield "database", check, True
    for check in (disk.check_room, disk.check_writable):
        yield "disk", check, False
    yield "disk", disk.check_files, True
    yield "worker", work.check_worker, False
    for check in (work.check_tasks, work.check_deliveries):
        yield "worker", check, True
    for check in (mail.check_mailboxes, mail.check_outgoing, mail.check_incoming):
        yield "mail", check, True
    yield "log", work.check_log, True
    yield "clock", clock.check_clock, True
    yield "clock", clock.check_zones, False
    for check in (safety.check_key, safety.check_address, safety.check_catalogues):
        yield "safety", check, False


def _findings(check, look):  # type: ignore[no-untyped-def]
    """What the check found; that it fell is itself a finding."""
    from django.db import Error

    from opora.cli.diagnosis.finding import bad

    try:
        yield from check(look)
    except Error as problem:
        yield bad(
            f"The database does not answer: {_plain(problem)}.",
            "Start it, or mend DATABASE_URL or OPORA_DATA.",
        )
    except Exception as problem:
        yield bad(f"{check.__name__} could not look: {_plain(problem)}.", "Tell the makers of Opora.")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora doctor")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--thorough", action="store_true", help="read all of database, files and log")
    parser.add_argument("--offline", action="store_true", help="do not try the servers of mailboxes")
    return parser.parse_args(arguments)


def _plain(problem: Exception) -> str:
    return " ".join(str(problem).split()).rstrip(".")[:200] or type(problem).__name__


def _summary(broken: int, doubtful: int) -> str:
    if broken:
        return f"\nThings to mend: {broken}. Worth a look: {doubtful}."
    return f"\nNothing is broken. Worth a look: {doubtful}." if doubtful else "\nAll is well."
