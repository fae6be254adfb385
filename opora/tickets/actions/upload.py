"""Files come in: kept once under their hash, then named by attachments."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import one_line
from opora.people.models import Person
from opora.tickets.models import Attachment, Comment
from opora.tickets.models.attachment import attachment_path

LARGEST = 50 * 1024 * 1024


def store_file(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write a file under its SHA-256 and return (hash, size). Raises `Invalid` above 50 MB; nothing stays then.

    The file appears under its name only when it is whole, so a killed process leaves no half a file.
    """
    folder = attachment_path("00" * 32).parent.parent
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise Invalid(
                        _("The file is larger than 50 MB. Send a link to it instead."), field="file"
                    )
                digest.update(chunk)
                file.write(chunk)
        path = attachment_path(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def upload_attachment(
    chunks: Iterable[bytes], *, name: str, content_type: str, uploader: Person | None, **fields: object
) -> Attachment:
    """Store a file and return the attachment that waits for its comment; `token` may join it to others that wait."""
    sha256, size = store_file(chunks)
    fields.setdefault("token", secrets.token_urlsafe(24))
    return Attachment.objects.create(
        name=clean_file_name(name),
        content_type=one_line(content_type, limit=127).lower() or "application/octet-stream",
        size=size,
        sha256=sha256,
        uploader=uploader,
        **fields,
    )


def discard_uploads(token: str, *, uploader: Person) -> int:
    """Forget the waiting files of this token; returns how many there were. Their bytes stay until nothing names them."""
    return Attachment.objects.filter(token=token, comment=None, uploader=uploader).delete()[0]


def copy_attachments(comment: Comment) -> list[Attachment]:
    """Return waiting attachments that name the same files as those of `comment`."""
    return [
        Attachment.objects.create(
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            uploader=file.uploader,
            is_inline=file.is_inline,
            content_id=file.content_id,
        )
        for file in comment.attachments.all()
    ]


def clean_file_name(name: str) -> str:
    """Return the name without folders and control marks; never empty."""
    base = one_line(name.replace("\\", "/").rpartition("/")[2], limit=200).strip(". ")
    return base or "file"
