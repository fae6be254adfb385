"""Words and pictures of calendars."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.calendars.forms import WEEKDAYS
from opora.calendars.special import Week
from opora.calendars.week_text import written
from opora.core.business_time.hours import DAY

register = template.Library()
WIDTH, ROW = 96, 4
"""Units of the picture of a week: a quarter of an hour wide, four high for a day."""


@register.filter
def hours(spans: tuple) -> str:
    """A day's spans as they are typed."""
    return written(spans)


@register.simple_tag
def source_name(source: str) -> str:
    names = {"holiday": _("public holiday"), "own": pgettext("special day", "own"), "import": _("imported")}
    return names[source]


@register.simple_tag
def week_picture(week: Week) -> SafeString:
    """Seven lines of a day each, filled where it is open; said in words for whoever does not see it."""
    bars = [
        (start * WIDTH / DAY, place % 7 * ROW, (end - start) * WIDTH / DAY)
        for day, spans in enumerate(week)
        for span in spans
        for place, start, end in ((day, span.start, min(span.end, DAY)), (day + 1, 0, span.end - DAY))
        if end > start
    ]
    said = "; ".join(f"{name}: {written(spans)}" for name, spans in zip(WEEKDAYS, week, strict=True) if spans)
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="3"></rect>',
        ((f"{x:.2f}", y, f"{wide:.2f}") for x, y, wide in bars),
    )
    head = format_html(
        '<svg class="week-picture" viewBox="0 0 {} {}" role="img" aria-label="{}">', WIDTH, 7 * ROW - 1, said
    )
    ground = format_html_join(
        "",
        '<rect class="ground" x="0" y="{}" width="96" height="3"></rect>',
        ((day * ROW,) for day in range(7)),
    )
    return format_html("{}<title>{}</title>{}{}</svg>", head, said, ground, drawn)
