"""Handing out files that strangers sent, so that a browser can do nothing with them but show a picture or save them."""

from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse
from django.utils.translation import gettext as _

from opora.core.refusals import NotFound


def serve_file(path: Path, *, name: str, content_type: str, is_picture: bool) -> FileResponse:
    """Return the file under its name; only pictures are shown in place. Raises `NotFound` when it is gone."""
    if not path.exists():
        raise NotFound(_("The file is no longer in the data folder."))
    response = FileResponse(path.open("rb"))
    response["Content-Type"] = content_type if is_picture else "application/octet-stream"
    disposition = "inline" if is_picture else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(name)}"
    response["Content-Length"] = str(path.stat().st_size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
