"""The ring of a promise, drawn in Python for lists."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from opora.core import times


def ring(due_at: datetime, share: float, state: str, now: datetime, *, late: str) -> SafeString:
    """Return what `{% due_ring %}` draws: a ring `share` full and words that the browser keeps true."""
    words = times.amount(abs((due_at - now).total_seconds()))
    said = late % words if state == "late" else words
    hand = (
        SafeString("")
        if state == "late"
        else format_html(
            '<circle class="hand" cx="10" cy="10" r="8" pathLength="100" stroke-dasharray="{} 100"></circle>',
            f"{100 * share:g}",
        )
    )
    return format_html(
        '<span class="due" data-state="{}"><svg viewBox="0 0 20 20" aria-hidden="true">'
        '<circle class="track" cx="10" cy="10" r="8"></circle>{}</svg>'
        '<time datetime="{}" data-controller="relative-time" data-relative-time-style-value="due" '
        'data-relative-time-late-value="{}">{}</time></span>',
        state, hand, due_at.isoformat(), late, said,
    )  # fmt: skip
