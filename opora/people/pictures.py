"""Small pictures of ours, such as logos: drawn anew from what was uploaded, kept under the hash of the result."""

import hashlib
import io
import warnings
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from opora.core.refusals import Invalid

LARGEST_SIDE = 256
LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")


def store_picture(file: IO[bytes], *, field: str = "") -> str:
    """Keep the picture as a PNG of at most 256 pixels a side and return its name.

    Drawing it anew leaves nothing of the file that came: no metadata, no second file inside. Raises `Invalid` for
    what is not a PNG, JPEG or WebP picture, and for one that is too large.
    """
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Invalid(_("The picture is larger than 5 MB. Choose a smaller one."), field=field)
    drawn = _draw(content, field)
    name = hashlib.sha256(drawn).hexdigest()
    path = picture_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(drawn)
        unfinished.replace(path)
    return name


def picture_path(name: str) -> Path:
    """Return where the picture of this name lies, whether it exists or not."""
    return Path(settings.DATA_DIR) / "pictures" / name[:2] / name[2:]


def _draw(content: bytes, field: str) -> bytes:
    drawn = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(_("The picture has too many pixels. Choose a smaller one."), field=field)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            upright.save(drawn, "PNG", optimize=True)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Warning,
    ) as problem:
        raise Invalid(_("This is not a picture. Choose a PNG, JPEG or WebP file."), field=field) from problem
    return drawn.getvalue()
