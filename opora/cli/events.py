"""`events`: who reacts to a fact and why; the generated page; the replay."""

import sys
from pathlib import Path

import django
from django.conf import settings

USAGE = "Usage: bin/opora events explain KIND | list | document [--check] | replay"


def run(arguments: list[str]) -> int:
    django.setup()
    from opora.events.explaining import events_page, explain
    from opora.events.registry import FACTS
    from opora.events.replaying import replay

    match arguments:
        case ["explain", kind] if kind in FACTS:
            print(explain(kind))
        case ["explain", kind]:
            print(f"There is no event “{kind}”. `bin/opora events list` shows all.", file=sys.stderr)
            return 2
        case ["list"]:
            print("\n".join(sorted(FACTS)))
        case ["document", *rest]:
            return _document(events_page(), check="--check" in rest)
        case ["replay"]:
            print(f"Projections rebuilt from {replay()} events.")
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def _document(page: str, *, check: bool) -> int:
    path = Path(settings.BASE_DIR) / "docs" / "events.md"
    if check:
        fresh = path.exists() and path.read_text() == page
        print(
            "docs/events.md is up to date."
            if fresh
            else "docs/events.md is stale: run `bin/opora events document`."
        )
        return 0 if fresh else 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(page)
    print(f"Wrote {path.relative_to(settings.BASE_DIR)}.")
    return 0
