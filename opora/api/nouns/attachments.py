"""Files. Their content is fetched by an address that carries its own signature, with a plain GET."""

from collections.abc import Sequence

from opora.api.links import content_path
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.tickets.models import Attachment


def attachment_json(call: Call, file: Attachment) -> Json:
    """Return one file as the API shows it."""
    address = f"{call.base}{content_path(file)}"
    return {
        "url": call.url(f"attachments/{file.pk}"),
        "id": file.pk,
        "file_name": file.name,
        "content_url": address,
        "mapped_content_url": address,
        "content_type": file.content_type,
        "size": file.size,
        "width": None,
        "height": None,
        "inline": file.is_inline,
        "deleted": False,
        "malware_access_override": False,
        "malware_scan_result": "not_scanned",
        "thumbnails": [],
    }


def _load(call: Call, ids: Sequence[int]):  # type: ignore[no-untyped-def]
    return Attachment.objects.filter(pk__in=ids)


ATTACHMENTS = Noun(
    "attachment", "attachments", "attachments", lambda call: Attachment.objects.all(),
    present_rows(_load, attachment_json),
)  # fmt: skip
