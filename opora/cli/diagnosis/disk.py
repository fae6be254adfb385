"""The data folder: room, rights, and whether the files are there that the database names."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from opora.channels.email.models import InboundMail
from opora.channels.email.raw import raw_path
from opora.cli.diagnosis.finding import Finding, Look, bad, count_of, ok, warning
from opora.tickets.models import Attachment
from opora.tickets.models.attachment import attachment_path

SAMPLE = 300
LITTLE = 2 << 30
TOO_LITTLE = 300 << 20


def check_room(look: Look) -> Iterator[Finding]:
    free = shutil.disk_usage(_folder()).free
    sentence = f"{free / (1 << 30):.1f} GB are free for the data folder {_folder()}."
    if free < TOO_LITTLE:
        yield bad(sentence, "Make room now: Opora cannot take mail in when the disk is full.")
    elif free < LITTLE:
        yield warning(sentence, "Make room soon, or give the data folder a larger disk.")
    else:
        yield ok(sentence)


def check_writable(look: Look) -> Iterator[Finding]:
    try:
        with tempfile.NamedTemporaryFile(dir=_folder(), prefix="doctor-") as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        yield bad(
            f"Nothing can be written into {_folder()}: {problem.strerror}.",
            "Give the user that runs Opora the right to.",
        )
    else:
        yield ok("The data folder can be written.")


def check_files(look: Look) -> Iterator[Finding]:
    """Whether the newest attachments and mails (with `thorough` all) lie in the data folder."""
    attachments = Attachment.objects.order_by("-id").values_list("sha256", flat=True)
    mails = InboundMail.objects.order_by("-id").values_list("sha256", flat=True)
    limit = None if look.thorough else SAMPLE
    yield from _missing(
        "attachment", "attachments", (attachment_path(sha) for sha in attachments[:limit].iterator())
    )
    yield from _missing(
        "original mail", "original mails", (raw_path(sha) for sha in mails[:limit].iterator())
    )


def _missing(singular: str, plural: str, paths: Iterable[Path]) -> Iterator[Finding]:
    looked, missing, example = 0, 0, ""
    for path in paths:
        looked += 1
        if not path.is_file():
            missing, example = missing + 1, str(path)
    if missing:
        sentence = f"Of {count_of(looked, singular, plural)} looked at, {missing:,} are not in the data folder, such as {example}."
        yield bad(
            sentence, "Bring them back from a backup; OPORA_DATA may also name another folder than before."
        )
    elif looked:
        yield ok(f"Looked for {count_of(looked, singular, plural)} in the data folder: none is missing.")


def _folder() -> Path:
    return Path(settings.DATA_DIR)
