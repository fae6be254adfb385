"""Files. Their content is fetched by an address that carries its own signature, with a plain GET."""

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from opora.api.links import content_path
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.tickets.models import Attachment
from opora.tickets.models.attachment import attachment_path


def attachment_json(call: Call, file: Attachment) -> Json:
    """Return one file as the API shows it."""
    address = f"{call.base}{content_path(file)}"
    width, height = picture_size(file.sha256) if file.is_picture else (None, None)
    return {
        "url": call.url(f"attachments/{file.pk}"),
        "id": file.pk,
        "file_name": file.name,
        "content_url": address,
        "mapped_content_url": address,
        "content_type": file.content_type,
        "size": file.size,
        "width": width,
        "height": height,
        "inline": file.is_inline,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "not_scanned",
        "thumbnails": [],
    }


@lru_cache(maxsize=4096)
def picture_size(sha256: str) -> tuple[int, int] | tuple[None, None]:
    """Return width and height of a stored picture, in pixels, from its first bytes; nothing for what is none.

    A file under its hash never changes, so each is looked at once.
    """
    try:
        with Image.open(attachment_path(sha256), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None, None


def _load(call: Call, ids: Sequence[int]):  # type: ignore[no-untyped-def]
    return Attachment.objects.filter(pk__in=ids)


ATTACHMENTS = Noun(
    "attachment", "attachments", "attachments", lambda call: Attachment.objects.all(),
    present_rows(_load, attachment_json),
)  # fmt: skip
