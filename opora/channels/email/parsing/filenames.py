"""Names that are safe to save under, also for parts that came without one."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')
_LONGEST = 150
_NAMES = {
    "text/plain": "text.txt", "text/html": "page.html", "text/calendar": "invite.ics", "text/csv": "table.csv",
    "text/vcard": "contact.vcf", "text/x-vcard": "contact.vcf", "message/rfc822": "message.eml",
    "image/jpeg": "image.jpg", "image/jpg": "image.jpg", "image/svg+xml": "image.svg", "image/tiff": "image.tif",
    "audio/mpeg": "audio.mp3", "video/mp4": "video.mp4", "application/pdf": "document.pdf",
    "application/msword": "document.doc", "application/vnd.ms-excel": "table.xls", "application/zip": "archive.zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document.docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "table.xlsx",
    "application/json": "data.json", "application/xml": "data.xml", "text/xml": "data.xml", "text/rtf": "text.rtf",
    "application/rtf": "text.rtf", "application/pgp-signature": "signature.asc", "application/pgp-keys": "key.asc",
    "application/pgp-encrypted": "version.asc", "application/pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s", "application/ms-tnef": "winmail.dat",
}  # fmt: skip


def safe_name(stated: str) -> str:
    """The last path component without characters a file system or a header would trip over; may be empty."""
    last = re.split(r"[/\\]", stated.strip())[-1]
    name = re.sub(r"\s+", " ", _UNSAFE.sub("", last)).strip(" .")
    if len(name) <= _LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:_LONGEST]
    return stem[: _LONGEST - len(extension) - 1] + "." + extension


def made_up_name(kind: str) -> str:
    """A name that tells what is inside: 'image.png', 'document.pdf', 'attachment.bin'."""
    if kind in _NAMES:
        return _NAMES[kind]
    family, _, subtype = kind.partition("/")
    extension = re.sub(r"^x-|[^a-z0-9]", "", subtype)
    if family in ("image", "audio", "video", "font") and 1 < len(extension) < 6:
        return f"{family}.{extension}"
    return "text.txt" if family == "text" else "attachment.bin"


def name_of_message(subject: str) -> str:
    """The file name of an attached message: its subject."""
    stem = safe_name(re.sub(r"[/\\]", "-", subject))[: _LONGEST - 4].strip()
    return f"{stem or 'message'}.eml"
