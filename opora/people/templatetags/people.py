"""Words of people and settings for templates."""

from typing import Any

from django import template
from django.template.context import Context

from opora.people import sections
from opora.people.languages import own_name
from opora.people.models import Brand
from opora.people.widgets import hue_place

register = template.Library()


@register.inclusion_tag("people/settings/_sections.html", takes_context=True)
def settings_sections(context: Context) -> dict[str, Any]:
    """The list of settings beside their pages."""
    return {"chapters": sections.chapters_for(context["request"])}


@register.simple_tag
def brand_hue(brand: Brand) -> int:
    """The brand's own colour, as a number for `data-hue`."""
    return hue_place(brand.hue)


@register.filter
def language_name(code: str) -> str:
    """The language's name in itself."""
    return own_name(code) if code else ""


@register.filter
def plain(value: Any) -> str:
    """A value of the log as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, list):
        return (
            ", ".join(str(item.get("name", item) if isinstance(item, dict) else item) for item in value)
            or "–"
        )
    return str(value)
