"""From the leaves of a message to its text, its HTML and what can be saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape

from .filenames import made_up_name, name_of_message, safe_name
from .headers import Headers
from .html_text import html_to_text
from .invites import read_invites
from .message import Attachment, CalendarInvite
from .structure import Leaf
from .tnef import open_tnef
from .uuencode import split_uuencoded

_TEXTS = {"text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html"}
_REPORT_PARTS = {"message/delivery-status", "message/feedback-report", "message/disposition-notification"}
_UNSEEN = _REPORT_PARTS | {
    "text/rfc822-headers",
    "message/global-delivery-status",
    "application/pgp-encrypted",
}
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_CID = re.compile(r"cid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_MOST_ATTACHMENTS = 500


@dataclass(slots=True)
class Body:
    """`html` is None for a message that has none; `is_html_only`: the text was made of it."""

    text: str = ""
    html: str | None = None
    is_html_only: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    invites: list[CalendarInvite] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """One stretch of the visible body, in the forms the sender gave it."""

    plain: str = ""
    html: str = ""


def read_body(leaves: list[Leaf]) -> Body:
    """Joins the visible parts in order; of alternatives both the plain and the HTML form are kept."""
    body = Body()
    pieces: dict[str, _Piece] = {}
    alone = len(leaves) == 1
    for number, leaf in enumerate(leaves):
        if _is_visible(leaf, alone=alone, first=not pieces):
            _add_text(pieces.setdefault(_place(leaf, number), _Piece()), leaf, body)
        elif leaf.kind in _TNEF or leaf.name.lower() == "winmail.dat":
            _open_wrapper(leaf, pieces, body)
        elif leaf.kind not in _UNSEEN and not _is_bare_signature(leaf):
            _attach(leaf, body)
    _compose(body, list(pieces.values()))
    _mark_inline(body)
    del body.attachments[_MOST_ATTACHMENTS:]
    return body


def _is_visible(leaf: Leaf, *, alone: bool, first: bool) -> bool:
    if leaf.kind not in _TEXTS and not leaf.kind.startswith("multipart/"):
        return False
    if leaf.disposition == "attachment":
        return False
    return (
        not leaf.name
        or alone
        or (first and leaf.disposition != "attachment" and not leaf.name.lower().endswith(_FILES))
    )


_FILES = (".txt", ".html", ".htm", ".csv", ".log", ".xml", ".json", ".md")


def _place(leaf: Leaf, number: int) -> str:
    """Alternatives of one text share a place; anything else has its own."""
    return next((tag for tag in leaf.path if "#" in tag), f"part {number}")


def _add_text(piece: _Piece, leaf: Leaf, body: Body) -> None:
    text = leaf.text()
    if leaf.kind == "text/html":
        piece.html += text
    elif leaf.kind in ("text/x-amp-html", "text/watch-html"):
        return
    elif leaf.kind == "text/enriched":
        piece.plain = piece.plain or re.sub(r"<[^<>]{1,60}>", "", text.replace("<<", "<"))
    else:
        text, files = split_uuencoded(_unflowed(text, leaf))
        if text.strip() and text.strip() not in piece.plain:
            piece.plain = f"{piece.plain}\n{text}" if piece.plain.strip() else text
        body.attachments += [_file(name, "application/octet-stream", content) for name, content in files]


def _unflowed(text: str, leaf: Leaf) -> str:
    """Joins the soft line breaks of format=flowed (RFC 3676)."""
    if leaf.params.get("format", "").lower() != "flowed" or " \n" not in text:
        return text
    delete = leaf.params.get("delsp", "").lower() == "yes"
    paragraphs: list[tuple[str, list[str]]] = []
    is_open = False
    for line in text.split("\n"):
        rest = line.lstrip(">")
        marks = line[: len(line) - len(rest)]
        rest = rest.removeprefix(" ")
        if is_open and rest and rest != "-- " and paragraphs[-1][0] == marks:
            paragraphs[-1][1].append(rest)
        else:
            paragraphs.append((marks, [rest]))
        is_open = rest.endswith(" ") and rest != "-- "
        if is_open and delete:
            paragraphs[-1][1][-1] = rest[:-1]
    return "\n".join(f"{marks} {''.join(rests)}" if marks else "".join(rests) for marks, rests in paragraphs)


def _open_wrapper(leaf: Leaf, pieces: dict[str, _Piece], body: Body) -> None:
    """Replaces a winmail.dat by its content; one that cannot be opened stays an attachment."""
    opened = open_tnef(leaf.content)
    if opened is None:
        _attach(leaf, body)
        body.defects.append("winmail.dat could not be opened; it is attached as it came.")
        return
    has_text = any(piece.plain.strip() or piece.html.strip() for piece in pieces.values())
    if not has_text and (opened.text.strip() or opened.html.strip()):
        pieces["winmail.dat"] = _Piece(opened.text.replace("\r\n", "\n"), opened.html)
    for file in opened.files:
        kind = file.content_type or "application/octet-stream"
        body.attachments.append(replace(_file(file.name, kind, file.content), content_id=file.content_id))


def _attach(leaf: Leaf, body: Body) -> None:
    content_type, name = leaf.kind, leaf.name
    if leaf.kind == "text/calendar" or name.lower().endswith(".ics"):
        body.invites += read_invites(leaf.text(), leaf.params.get("method", ""))
    attachment = _file(name, content_type, leaf.content)
    if leaf.message is not None and not safe_name(name):
        subject = Headers(leaf.message).text("subject")
        attachment = replace(attachment, name=name_of_message(subject))
    inline = leaf.disposition == "inline" and leaf.kind.startswith("image/") and bool(leaf.content_id)
    body.attachments.append(replace(attachment, content_id=leaf.content_id, inline=inline))


def _file(stated: str, kind: str, content: bytes) -> Attachment:
    name = safe_name(stated)
    return Attachment(name or made_up_name(kind), kind, content, named_by_sender=bool(name))


def _is_bare_signature(leaf: Leaf) -> bool:
    return leaf.kind in ("application/pgp-signature", "application/pkcs7-signature") and not leaf.name


def _compose(body: Body, pieces: list[_Piece]) -> None:
    has_html = any(piece.html.strip() for piece in pieces)
    plain: list[str] = []
    html: list[str] = []
    for piece in pieces:
        text = piece.plain if piece.plain.strip() else html_to_text(piece.html) if piece.html else ""
        plain += [text] if text.strip() else []
        markup = piece.html if piece.html.strip() else _as_markup(piece.plain)
        html += [markup] if has_html and markup else []
    body.text = plain[0] if len(plain) == 1 else "\n".join(one.strip("\n") for one in plain)
    body.html = "\n".join(html) if has_html else None
    body.is_html_only = has_html and not any(piece.plain.strip() for piece in pieces)


def _as_markup(plain: str) -> str:
    return f'<div style="white-space:pre-wrap">{escape(plain.strip())}</div>' if plain.strip() else ""


def _mark_inline(body: Body) -> None:
    """An attachment the HTML shows by its Content-ID is inline, whatever its disposition says."""
    shown = {match.lower() for match in _CID.findall(body.html or "")}
    body.attachments = [
        replace(one, inline=True) if one.content_id and one.content_id.lower() in shown else one
        for one in body.attachments
    ]
