"""`init`: an empty desk, ready for work, without a person at the keyboard."""

import argparse
import sys

import django
from django.core.management import call_command


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    django.setup()
    from opora.automation.actions.standard_rules import create_standard_rules
    from opora.core.refusals import Refusal
    from opora.tickets.actions.open_desk import open_desk

    call_command("migrate", verbosity=0)
    try:
        admin = open_desk(
            name=options.desk, admin_email=options.admin, password=options.password, locale=options.locale
        )
        create_standard_rules(options.locale)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    print(f"The desk “{options.desk}” is ready. {admin.email} can sign in after `bin/opora up`.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora init")
    parser.add_argument("--desk", required=True, metavar="NAME")
    parser.add_argument("--admin", required=True, metavar="EMAIL")
    parser.add_argument("--password", required=True, metavar="PASSWORD")
    parser.add_argument("--locale", default="en", choices=["en", "uk", "ru"])
    return parser.parse_args(arguments)
