"""Addresses of files that carry their own permission, because clients fetch them without credentials."""

from urllib.parse import quote

from django.core.signing import BadSignature, Signer

from opora.tickets.models import Attachment


def content_path(file: Attachment) -> str:
    """Return the path at which the file's content is served to whoever knows it."""
    return f"/attachments/token/{_signer().sign(str(file.pk))}/?name={quote(file.name)}"


def file_of(token: str) -> Attachment | None:
    """Return the file that a token of `content_path` names, None for a made-up one."""
    try:
        number = int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Attachment.objects.filter(pk=number).first()


def _signer() -> Signer:
    return Signer(salt="api attachments")
