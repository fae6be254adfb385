"""A stored message as people look at it: its headers, and its words as plain text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.channels.email.models import InboundMail
from opora.channels.email.parsing import InboundMessage, read_message
from opora.channels.email.raw import read_raw
from opora.core.refusals import NotFound

_LONGEST = 100_000


@dataclass(frozen=True)
class Original:
    """Headers as they came, the whole text, the names of the files, and what was wrong with it."""

    headers: list[tuple[str, str]]
    text: str
    files: list[str]
    defects: list[str]


def words_of_original(mail: InboundMail) -> Original:
    """Read the stored message again. Raises `NotFound` when the data folder has lost it."""
    message: InboundMessage = read_message(raw_of(mail))
    return Original(
        headers=list(message.headers),
        text=message.text[:_LONGEST],
        files=[file.name for file in message.attachments],
        defects=list(message.defects),
    )


def raw_of(mail: InboundMail) -> bytes:
    """Return the bytes as they came. Raises `NotFound` when the data folder has lost them."""
    try:
        return read_raw(mail.sha256)
    except OSError as problem:
        raise NotFound(_("The message is no longer in the data folder.")) from problem
