"""Attachments of a mail: bytes first, before the transaction; rows later, in it."""

import hashlib
from collections.abc import Iterator, Sequence

from opora.channels.email.parsing import Attachment as Part
from opora.channels.email.parsing import InboundMessage
from opora.channels.email.reading.letter import StoredFile
from opora.core.text import one_line
from opora.people.models import Person
from opora.tickets.actions.upload import LARGEST, clean_file_name, store_file
from opora.tickets.models import Attachment
from opora.tickets.models.attachment import attachment_path

_CHUNK = 1024 * 1024


def store_files(message: InboundMessage) -> list[StoredFile]:
    """Write the bytes of all attachments into the data folder; what is there already is not written again."""
    return [_store(part) for part in message.attachments]


def make_attachments(files: Sequence[StoredFile], *, uploader: Person) -> list[Attachment]:
    """Make the rows that wait for their comment, in one query; files that were too large are left out."""
    rows = [
        Attachment(
            name=clean_file_name(file.name),
            content_type=one_line(file.content_type, limit=127).lower() or "application/octet-stream",
            size=file.size,
            sha256=file.sha256,
            uploader=uploader,
            is_inline=file.is_inline,
            content_id=one_line(file.content_id),
        )
        for file in files
        if file.sha256
    ]
    return Attachment.objects.bulk_create(rows) if rows else []


def _store(part: Part) -> StoredFile:
    size = len(part.content)
    sha256 = "" if size > LARGEST else hashlib.sha256(part.content).hexdigest()
    if sha256 and not attachment_path(sha256).exists():
        store_file(_chunks(part.content))
    return StoredFile(
        name=part.name,
        content_type=part.content_type,
        size=size,
        sha256=sha256,
        content_id=part.content_id,
        is_inline=part.inline,
    )


def _chunks(content: bytes) -> Iterator[bytes]:
    view = memoryview(content)
    return (bytes(view[start : start + _CHUNK]) for start in range(0, len(view), _CHUNK))
