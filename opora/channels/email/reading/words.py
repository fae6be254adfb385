"""The words of a mail as a comment shows them: the reply as HTML, the quoted rest apart."""

import html as html_entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.translation import pgettext

from opora.channels.email.parsing import InboundMessage
from opora.core.html import text_to_html
from opora.core.text import without_nulls
from opora.tickets.models import Attachment

MOST_CHARACTERS = 1_000_000
"""A longer body is cut here; the original has the rest."""

_CID = re.compile(r"""(\bsrc\s*=\s*["']?)cid:([^"'\s>]{1,300})""", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """HTML from a stranger, not yet sanitised, and the same as text where the parser gave it."""

    html: str
    text: str | None
    quoted_html: str
    is_shortened: bool = False


def words_of(message: InboundMessage, attachments: Sequence[Attachment]) -> Words:
    """Return what the sender newly wrote, and what they quoted; pictures point to the stored attachments."""
    html, text = _reply(message)
    quoted = text_to_html(message.quoted_text[:MOST_CHARACTERS]) if message.quoted_text.strip() else ""
    shortened = len(html) > MOST_CHARACTERS
    if shortened:
        html, text = text_to_html(message.reply_text[:MOST_CHARACTERS]), message.reply_text[:MOST_CHARACTERS]
    shown = show_pictures(without_nulls(html), attachments)
    if not message.reply_text.strip() and not attachments and "<img" not in shown.lower():
        shown, text = text_to_html(pgettext("mail", "(no text)")), None
    return Words(shown, without_nulls(text) if text is not None else None, quoted, shortened)


def show_pictures(html: str, attachments: Sequence[Attachment]) -> str:
    """Return the HTML with `cid:` addresses of pictures replaced by those of the attachments they name."""
    known = {
        attachment.content_id.strip("<>").lower(): attachment
        for attachment in attachments
        if attachment.content_id
    }
    if not known:
        return html

    def address(match: re.Match[str]) -> str:
        name = unquote(html_entities.unescape(match.group(2))).strip("<>").lower()
        attachment = known.get(name)
        return match.group(1) + attachment.get_absolute_url() if attachment else match.group()

    return _CID.sub(address, html)


def _reply(message: InboundMessage) -> tuple[str, str | None]:
    """HTML where the parser could cut it or nothing had to be cut; else the text as paragraphs."""
    if message.reply_html is not None:
        return message.reply_html, message.reply_text or None
    if message.html is not None and not message.quoted_text.strip():
        return message.html, message.reply_text or None
    return text_to_html(message.reply_text), message.reply_text
