"""Bringing the database up to date before the parts start; loads the demo desk into an empty one."""

import sys

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def main(arguments: list[str]) -> int:
    django.setup()
    from opora.cli.demo import load_demo, print_sign_ins
    from opora.people.queries import desk

    if _is_behind():
        print("Preparing the database …", flush=True)
        call_command("migrate", verbosity=0)
    if desk() is None and "--empty" not in arguments:
        print("Loading the demo desk: a month of two companies (once, about a minute) …", flush=True)
        load_demo()
    found = desk()
    if found and found.is_demo:
        print_sign_ins()
    return 0


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
