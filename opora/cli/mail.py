"""`mail inspect`: what the parser makes of mails, as JSON lines. Needs no database."""

import sys

from opora.channels.email import inspect


def run(arguments: list[str]) -> int:
    if arguments[:1] != ["inspect"]:
        print('Usage: bin/opora mail inspect < lines of {"path": "…"}', file=sys.stderr)
        return 2
    return inspect.main(arguments[1:], sys.stdin, sys.stdout) or 0
