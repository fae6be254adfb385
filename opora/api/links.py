"""Addresses beside the API: files that carry their own permission, because clients fetch them without credentials,
and pages of the help center."""

from urllib.parse import quote

from django.core.signing import BadSignature, Signer

from opora.core.text import slugify_name
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


def help_center_page(kind: str, locale: str, number: int, title: str) -> str:
    """Return the path at which readers find an article, a section or a category (`kind` is their plural).

    The number counts, the words after it are for people.
    """
    return f"/hc/{locale}/{kind}/{quote(f'{number}-{slugify_name(title)}'.rstrip('-'))}"


def article_file_path(number: int, name: str) -> str:
    """Return the path at which readers get a file of an article."""
    return f"/hc/article_attachments/{number}/{quote(name)}"


def _signer() -> Signer:
    return Signer(salt="api attachments")
