"""`token`: an API token for a colleague, from the command line."""

import argparse
import sys

import django


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    django.setup()
    from opora.api.actions.create_token import create_token
    from opora.core.refusals import Refusal
    from opora.events.actor import SYSTEM
    from opora.people.queries import person_by_email

    person = person_by_email(options.email)
    if person is None or not person.is_colleague:
        print(f"Nobody who works here has the address {options.email}.", file=sys.stderr)
        return 1
    try:
        token, secret = create_token(person, by=SYSTEM, name=options.name, scopes=options.scopes.split())
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    print(f"The token “{token.name}” acts as {person.email}. It is shown once:")
    print(secret)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora token")
    parser.add_argument("what", choices=["create"])
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--name", required=True, metavar="NAME", help="what uses it, and what for")
    parser.add_argument(
        "--scopes", default="read write impersonate", metavar="SCOPES", help="separated by spaces"
    )
    return parser.parse_args(arguments)
