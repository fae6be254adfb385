"""Files of a mail: pictures shown in its text travel inside, others beside it, too large ones stay behind a link."""

import re
from collections.abc import Sequence
from email.encoders import encode_base64
from email.mime.base import MIMEBase

from opora.channels.email.models import OutboundMail
from opora.channels.email.outgoing.body import SPOKEN, Body
from opora.tickets.models import Attachment

MOST_BYTES = 20_000_000
"""What all files of one mail may weigh together; many servers refuse more than 25 MB after encoding."""


def files_of(mail: OutboundMail) -> tuple[list[Attachment], list[Attachment]]:
    """Return the files that fit into the mail, and those that do not."""
    fitting: list[Attachment] = []
    left: list[Attachment] = []
    total = 0
    for file in _files(mail):
        fits = total + file.size <= MOST_BYTES and file.path.exists()
        total += file.size if fits else 0
        (fitting if fits else left).append(file)
    return fitting, left


def _files(mail: OutboundMail) -> list[Attachment]:
    """The files of what a colleague wrote, and those that a forward passes on."""
    if mail.comment is None or mail.kind not in SPOKEN:
        return []
    files = list(mail.comment.attachments.all())
    if mail.kind == OutboundMail.Kind.FORWARD:
        files += Attachment.objects.filter(pk__in=mail.comment.forward.attachment_ids)
    return files


def embed_pictures(body: Body, files: Sequence[Attachment], domain: str) -> tuple[Body, list[Attachment]]:
    """Point pictures of the HTML to the parts that carry them; returns the body and the files that are such parts."""
    html, embedded = body.html, []
    for file in files:
        address = re.compile(rf"""(["'])[^"']*/attachments/{file.pk}/[^"']*\1""")
        html, found = address.subn(f'"cid:{content_id(file, domain)}"', html)
        if found:
            embedded.append(file)
    return Body(body.text, html), embedded


def content_id(file: Attachment, domain: str) -> str:
    return f"file{file.pk}@{domain}"


def mime_part(file: Attachment, *, content_id: str = "") -> MIMEBase:
    """Return the file as a part; with a `content_id` as one that the HTML shows."""
    main, _, sub = file.content_type.partition("/")
    part = MIMEBase(main or "application", sub or "octet-stream")
    part.set_payload(file.path.read_bytes())
    encode_base64(part)
    if content_id:
        part["Content-ID"] = f"<{content_id}>"
    disposition = "inline" if content_id else "attachment"
    part.add_header("Content-Disposition", disposition, filename=("utf-8", "", file.name))
    return part
