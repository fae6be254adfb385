"""`demo`: a believable month of two companies in an empty database, and who can sign in."""

import sys

import django

USAGE = "Usage: bin/opora demo\nLoads the demo desk into an empty database; OPORA_DATA or DATABASE_URL says which."


def run(arguments: list[str]) -> int:
    if arguments:
        print(USAGE, file=sys.stderr)
        return 2
    django.setup()
    from django.core.management import call_command

    from opora.core.refusals import Refusal

    call_command("migrate", verbosity=0)
    try:
        load_demo()
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    print_sign_ins()
    return 0


def load_demo() -> None:
    """Load the demo desk and show how far it is. Raises `Conflict` on a database that has a desk."""
    from opora.cli.demo_desk.loading import load_desk

    load_desk(progress=_show)


def print_sign_ins() -> None:
    """Print whom one can be on the demo desk, and the password of all."""
    from opora.cli.demo_desk.loading import PASSWORD
    from opora.cli.demo_desk.stories import table

    plan = table("desk")
    shown = [row for row in plan["colleagues"] if "shown" in row]
    print("\nSign in to the demo desk as")
    for row in shown:
        print(f"  {row['mail'] + '@' + plan['desk']['domain']:<34} {row['name']}, {row['shown']}")
    print(f"Password of all: {PASSWORD}", flush=True)


def _show(part: float) -> None:
    """Keep one line up to date on a terminal; elsewhere say only that it is done."""
    if sys.stdout.isatty():
        print(f"\r  {part:4.0%}", end="\n" if part >= 1 else "", flush=True)
    elif part >= 1:
        print("  loaded", flush=True)
