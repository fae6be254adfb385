"""The small pictures of lists, drawn once and remembered: a page shows hundreds of them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from opora.core import faces, times

_REMEMBERED = 4096


@lru_cache(_REMEMBERED)
def icon(name: str, label: str, size: int) -> SafeString:
    """Return a picture from the sprite; with a `label` it is named aloud."""
    symbol = name if name.startswith("g-") else f"i-{name}"
    kind = "icon" if size == 16 else f"icon icon-{size}"
    if label:
        head = format_html('<svg class="{}" role="img" aria-label="{}">', kind, label)
    else:
        head = format_html('<svg class="{}" aria-hidden="true">', kind)
    return format_html('{}<use href="{}#{}"></use></svg>', head, static("web/icons.svg"), symbol)


@lru_cache(_REMEMBERED)
def avatar(name: str, hue: int, photo: str, size: int, presence: str, label: str) -> SafeString:
    """Return a photo or initials on a hue."""
    shown = format_html('data-presence="{}" ', presence) if presence else ""
    said = (
        format_html('role="img" aria-label="{0}" title="{0}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    inside: SafeString | str = faces.initials(name)
    if photo:
        inside = format_html('<img src="{0}" alt="" width="{1}" height="{1}" loading="lazy">', photo, size)
    return format_html(
        '<span class="avatar" data-size="{}" data-hue="{}" {}{}>{}</span>', size, hue, shown, said, inside
    )


@lru_cache(_REMEMBERED)
def nobody(size: int, label: str) -> SafeString:
    """Return the empty circle of what belongs to nobody."""
    text = '<span class="avatar nobody" data-size="{0}" role="img" aria-label="{1}" title="{1}"></span>'
    return format_html(text, size, label)


@lru_cache(_REMEMBERED)
def mark(kind: str, value: str, picture: str, name: str, bare: bool) -> SafeString:
    """Return a status or priority: shape and word, or the shape alone with its word aloud."""
    head = format_html('<span class="{0}" data-{0}="{1}"', kind, value)
    if bare:
        return format_html('{} title="{}">{}</span>', head, name, icon(picture, name, 16))
    return format_html("{}>{}<span>{}</span></span>", head, icon(picture, "", 16), name)


def face(person: Any, size: int, *, label: str = "") -> SafeString:
    """Return the avatar of anything that has a name and a key."""
    name = str(person)
    return avatar(name, faces.hue(person.pk or name), getattr(person, "photo_url", ""), size, "", label)


def moment(when: datetime | None, now: datetime) -> SafeString:
    """Return a moment in words that the browser keeps true; nothing for None."""
    if when is None:
        return SafeString("")
    words = escape(times.relative(when, now))
    return SafeString(f'<time datetime="{when.isoformat()}" data-controller="relative-time">{words}</time>')
