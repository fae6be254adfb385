"""Files that come through the public pages."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile

from opora.people.models import Person
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Attachment


def keep_files(files: Iterable[UploadedFile], *, uploader: Person | None) -> list[Attachment]:
    """Store the files and return the attachments that wait for their comment."""
    return [
        upload_attachment(
            file.chunks(), name=file.name or "", content_type=file.content_type or "", uploader=uploader
        )
        for file in files
    ]
