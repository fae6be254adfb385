"""`bin/opora <command>`: one table of commands, each a module with `run(arguments)`."""

import importlib
import sys

COMMANDS = {
    "up": ("opora.cli.up", "start everything; on an empty database load the demo desk (--empty: the wizard)"),
    "init": ("opora.cli.init", "make an empty desk ready: --desk NAME --admin EMAIL --password PASSWORD"),
    "test": ("opora.cli.check", "run every check and test"),
    "token": ("opora.cli.tokens", "create EMAIL --name NAME: print a new API token, alone on the last line"),
    "api": ("opora.cli.api", "document: write the compatibility page and the OpenAPI description"),
    "doctor": ("opora.cli.doctor", "look at database, disk, mail, worker and clock, and say what to do"),
    "mail": ("opora.cli.mail", "inspect: read mails named by JSON lines and print what the parser sees"),
    "events": ("opora.cli.events", "explain KIND, list, document, replay"),
    "audit": ("opora.cli.audit", "verify that nobody changed the log"),
    "demo": ("opora.cli.demo", "load the demo desk into an empty database"),
    "bench": ("opora.cli.bench", "build a desk of N tickets and measure the budgets"),
    "backup": ("opora.cli.backup", "write database, attachments and keys into one file"),
    "restore": ("opora.cli.restore", "bring a backup back into an empty data folder"),
    "web": ("opora.cli.web", "run the web server alone"),
    "worker": ("opora.cli.worker", "run background work, timers and mail intake alone"),
    "manage": ("opora.cli.manage", "Django's own commands"),
}


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    if name in {"help", "--help", "-h"}:
        print(_help())
        return 0
    if name not in COMMANDS:
        print(f"There is no command “{name}”.\n\n{_help()}", file=sys.stderr)
        return 2
    return importlib.import_module(COMMANDS[name][0]).run(rest) or 0


def _help() -> str:
    lines = [f"  {name:<9} {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(["bin/opora <command>", "", *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
