"""The words templates draw with. Every tag is described, with an example, in `opora/web/README.md`."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opora.core import drawing, faces, times, uses
from opora.web import assets, labels, navigation, shapes

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    """A picture from the sprite; without `label` it is decoration. Names with "g-" are Opora's own glyphs."""
    return drawing.icon(name, str(label), size)


draw_icon = icon  # for tags that have a parameter of that name


@register.simple_tag
def avatar(person: Any, size: int = 24, presence: str = "", label: str = "") -> SafeString:
    """A photo or initials. `person` is anything with a name (or a text); None is "nobody". `label` names it aloud."""
    if not person:
        return drawing.nobody(size, _("Nobody"))
    name = str(getattr(person, "name", "") or person)
    seed = faces.hue(getattr(person, "pk", None) or name)
    return drawing.avatar(name, seed, getattr(person, "photo_url", ""), size, presence, str(label))


@register.simple_tag
def hue(seed: Any) -> int:
    """A number 0 to 11 for `data-hue`, the same for the same thing."""
    return faces.hue(getattr(seed, "pk", None) or seed)


@register.simple_tag
def status_badge(status: Any, bare: bool = False) -> SafeString:
    """Shape and word of a ticket's status. `status` is a category or has `.category` and `.name`; `bare` hides the word."""
    category = str(getattr(status, "word", "") or getattr(status, "category", status))
    name = getattr(status, "name", "") or labels.status_name(category)
    return drawing.mark("status", category, f"g-{category}", name, bare)


@register.simple_tag
def priority_mark(priority: Any, bare: bool = False) -> SafeString:
    """Shape and word of a priority: its word, or its number 1 to 4."""
    word = labels.priority_word(priority)
    return drawing.mark("priority", word, labels.PRIORITY_ICONS[word], labels.priority_name(word), bare)


@register.inclusion_tag("web/components/_due.html")
def due_ring(due_at: datetime, share: float = 0.0, state: str = "running") -> dict[str, Any]:
    """When a promise is due: a ring `share` full (0 to 1) and words. `state`: running, soon, late, paused, met."""
    seconds = abs((due_at - timezone.now()).total_seconds())
    words = times.amount(seconds)
    return {
        "due_at": due_at,
        "iso": due_at.isoformat(),
        "exact": times.exact(due_at),
        "state": state,
        "words": _("late %(time)s") % {"time": words} if state == "late" else words,
        "hand": f"{shapes.ring_dash(share)} 100",
    }


@register.simple_tag
def when(moment: datetime | None, style: str = "relative") -> SafeString:
    """A moment in words that stay true; the browser says it exactly on hover. `style`: relative or exact."""
    if moment is None:
        return mark_safe("")
    if style == "exact":
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), times.exact(moment))
    return drawing.moment(moment, timezone.now())


@register.simple_tag
def zone() -> str:
    """The name of the reader's time zone, for the browser."""
    return timezone.get_current_timezone_name()


@register.simple_tag
def key(keys: str) -> SafeString:
    """Keys as they are pressed: {% key "g t" %}, {% key "Mod+Enter" %} (Ctrl, or ⌘ on a Mac)."""
    caps = [cap for step in keys.split() for cap in step.split("+")]
    joined = format_html_join("", "{}", ((_cap(cap),) for cap in caps))
    return joined if len(caps) == 1 else format_html('<span class="keys">{}</span>', joined)


@register.inclusion_tag("web/components/_empty.html")
def empty(
    icon: str, title: str, text: str = "", action_url: str = "", action_label: str = ""
) -> dict[str, str]:
    return {
        "icon": icon,
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
    }


@register.simple_tag
def button(label: str, kind: str = "", icon: str = "", keys: str = "", **attributes: Any) -> SafeString:
    """A button, or a link when `href` is given. Other names become attributes: data_key="e" is data-key="e"."""
    element = "a" if "href" in attributes else "button"
    if element == "button":
        attributes.setdefault("type", "submit")
    if keys:
        attributes["data_key"] = keys
    picture = draw_icon(icon) if icon else ""
    caps = key(keys) if keys else ""
    return format_html(
        '<{0} class="{1}"{2}>{3}{4}{5}</{0}>',
        element, f"button {kind}".strip(), labels.attributes(attributes), picture, label, caps,
    )  # fmt: skip


@register.inclusion_tag("web/components/_field.html")
def field(
    bound: BoundField,
    label: str = "",
    help_text: str = "",
    hide_label: bool = False,
    placeholder: bool = True,
) -> dict[str, Any]:
    """A form field with its label above, help under it and its error in a sentence."""
    if not placeholder:
        bound.field.widget.attrs.pop("placeholder", None)
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "label": label or bound.label,
        "help_text": help_text or bound.help_text,
        "hide_label": hide_label,
        "is_check": kind == "checkbox" and not hasattr(bound.field, "choices"),
        "is_group": bound.use_fieldset,
        "optional": not bound.field.required,
    }


@register.inclusion_tag("web/components/_used_by.html")
def used_by(row: Any) -> dict[str, Any]:
    """What names a thing of the configuration, on the thing's own page; nothing where nothing does or it is new."""
    return {"uses": uses.used_by(uses.thing_of(row)) if row else []}


@register.inclusion_tag("web/components/_form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """Errors that belong to no field, including those of hidden fields."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"errors": [*form.non_field_errors(), *hidden]}


@register.simple_tag
def filesize(size: int) -> str:
    return shapes.filesize(size)


@register.inclusion_tag("web/components/_sparkline.html")
def sparkline(values: Sequence[float], label: str = "") -> dict[str, Any]:
    """A trend in 72 by 24 pixels; the last value is marked. `label` says it in words."""
    points = shapes.sparkline_points(values)
    return {
        "points": " ".join(f"{x:g},{y:g}" for x, y in points),
        "last": points[-1] if points else None,
        "label": label,
    }


@register.inclusion_tag("web/components/_column.html")
def column(name: str, label: str, sort: str = "", query: str = "", numeric: bool = False) -> dict[str, Any]:
    """A sortable column's head. `sort` is the present order ("created", "-created"), `query` the other parameters."""
    here = sort.lstrip("-") == name
    descending = here and sort.startswith("-")
    return {
        "label": label,
        "numeric": numeric,
        "state": ("descending" if descending else "ascending") if here else "",
        "url": f"?{query}{'&' if query else ''}sort={'' if not here or descending else '-'}{name}",
    }


@register.inclusion_tag("web/components/_more.html")
def more(url: str, target: str = "") -> dict[str, str]:
    """The end of a keyset page: adds the next rows in its own place. `url` is "" on the last page."""
    return {"url": url, "target": target}


@register.simple_tag
def units() -> str:
    """Patterns of durations for the browser: <html data-units="{% units %}">."""
    return times.units()


@register.simple_tag
def ago_words() -> str:
    """Patterns of moments for the browser: now, past, future, yesterday."""
    return times.moments()


@register.inclusion_tag("web/components/_rail.html", takes_context=True)
def rail(context: Context) -> dict[str, Any]:
    request = context["request"]
    return {"links": navigation.links_for(request), "request": request, "user": request.user}


@register.simple_tag
def stylesheets() -> SafeString:
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(p),) for p in assets.STYLESHEETS)
    )


@register.simple_tag
def scripts() -> SafeString:
    return format_html_join("\n", '<script src="{}" defer></script>', ((static(p),) for p in assets.SCRIPTS))


@register.simple_tag(takes_context=True)
def importmap(context: Context) -> SafeString:
    """The import map, the only inline script of a page, allowed by the nonce of this response."""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    imports = {name: static(path) for name, path in assets.MODULES.items()}
    text = json.dumps({"imports": imports}).replace("<", "\\u003c")
    return format_html('<script type="importmap" nonce="{}">{}</script>', str(nonce), mark_safe(text))  # noqa: S308


def _cap(cap: str) -> SafeString:
    if cap == "Mod":
        return mark_safe('<kbd class="mod">Ctrl</kbd>')
    return format_html("<kbd>{}</kbd>", cap.upper() if len(cap) == 1 else cap)
