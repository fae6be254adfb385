"""Numbers as small drawings and short words: rings, sparklines, sizes of files."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 72, 24


def ring_dash(share: float) -> str:
    """Return the length of an arc that covers `share` (0 to 1) of a circle whose pathLength is 100."""
    return f"{100 * min(max(share, 0.0), 1.0):g}"


def sparkline_points(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return points in a 72 by 24 box, lowest value at the bottom; equal values make a line in the middle."""
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    step = WIDTH / (len(values) - 1)
    spread = high - low
    return [
        (round(place * step, 1), round(HEIGHT - HEIGHT * (value - low) / spread, 1) if spread else HEIGHT / 2)
        for place, value in enumerate(values)
    ]


def filesize(size: int) -> str:
    """Return a size in the unit people use for it, by thousands: "812 B", "14 kB", "2.4 MB"."""
    if size < 1000:
        return _("%(size)s B") % {"size": size}
    if size < 1_000_000:
        return _("%(size)s kB") % {"size": number_format(round(size / 1000), use_l10n=True)}
    if size < 1_000_000_000:
        return _("%(size)s MB") % {"size": number_format(size / 1_000_000, decimal_pos=1, use_l10n=True)}
    return _("%(size)s GB") % {"size": number_format(size / 1_000_000_000, decimal_pos=1, use_l10n=True)}
