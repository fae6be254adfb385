"""Whole desks of their own folder, driven as an operator drives them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = [sys.executable, "-m", "opora.cli"]
INIT = ["init", "--desk", "Acme", "--admin", "olena@desk.test", "--password", "correct-horse-battery"]


def environment(folder: Path, database_url: str = "") -> dict[str, str]:
    given = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "OPORA_SECRET_KEY", "OPORA_URL"}
    }
    return (
        given
        | {"OPORA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "opora.settings"}
        | ({"DATABASE_URL": database_url} if database_url else {})
    )


def opora(folder: Path, *arguments: object, database_url: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on the data folder."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(folder, database_url), capture_output=True, text=True, check=False
    )


def begin(folder: Path, *arguments: object) -> subprocess.Popen:
    """Start a command without waiting for it."""
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def store(folder: Path, content: bytes, *, below: str = "attachments") -> Path:
    """Put a file where attachments, mails and pictures lie."""
    import hashlib

    sha = hashlib.sha256(content).hexdigest()
    path = folder / below / sha[:2] / sha[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def people_of(folder: Path, database_url: str = "") -> str:
    code = "from opora.people.models import Person; print(sorted(Person.objects.values_list('email', flat=True)))"
    return opora(
        folder, "manage", "shell", "--no-imports", "-c", code, database_url=database_url
    ).stdout.strip()


def everything_in(folder: Path) -> dict[str, Any]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
