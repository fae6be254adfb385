"""Django's own commands."""

from django.core.management import execute_from_command_line


def run(arguments: list[str]) -> None:
    execute_from_command_line(["opora manage", *arguments])
