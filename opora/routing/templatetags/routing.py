"""Words and small pictures of presence, load and escalations."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.core import times
from opora.routing.actions.escalate import said as said_in
from opora.routing.board import Place
from opora.routing.models import ChecklistAnswer, Escalation, Level

register = template.Library()

_WHY_ICONS = {
    "offline": "power",
    "away": "moon",
    "closed": "ban",
    "skill": "graduation-cap",
    "full": "gauge",
    "held": "lock",
    "returned": "undo-2",
}
_BADGES = {"open": "warn", "accepted": "info", "rejected": "danger", "handed_back": "ok", "withdrawn": ""}


@register.filter
def tickets(value: float) -> str:
    """A number of ordinary tickets: "7", "7.5", in the reader's way to write it."""
    rounded = round(float(value), 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, use_l10n=True)


@register.filter
def number(value: float) -> str:
    """The number as HTML attributes want it."""
    return f"{value:g}"


@register.filter
def duration(seconds: float) -> str:
    """So many seconds in their largest unit."""
    return times.amount(seconds) if seconds >= times.MINUTE else _("less than a minute")


@register.simple_tag
def presence_dot(state: str) -> SafeString:
    """The shape of a state: full, half and empty, so that it is never told by colour alone."""
    return format_html('<span class="presence-dot" data-state="{}" aria-hidden="true"></span>', state)


@register.simple_tag
def escalation_badge(escalation: Escalation) -> SafeString:
    """The state of an escalation as a small word."""
    kind = _BADGES[escalation.state]
    return format_html('<span class="badge {}">{}</span>', kind, escalation.get_state_display())


@register.simple_tag
def level(value: int) -> SafeString:
    """A level as four marks, so many of them full."""
    if not value:
        return SafeString('<span class="quiet">–</span>')
    name = Level(value).label
    return format_html(
        '<span class="level" data-level="{}" role="img" aria-label="{}" title="{}"></span>', value, name, name
    )


@register.filter
def why_icon(why: str) -> str:
    return _WHY_ICONS.get(why, "circle")


@register.filter
def score_name(strategy: str) -> str:
    """What the score of a strategy is called."""
    return {
        "round_robin": pgettext("score", "Turn"),
        "least_loaded": pgettext("score", "Free, %"),
        "best_skilled": pgettext("score", "Levels"),
    }[strategy]


@register.filter
def said(answer: ChecklistAnswer) -> str:
    return said_in(answer)


@register.filter
def open_of(place: Place) -> str:
    """The search that finds what waits for this person."""
    return f"assignee:{_known(place.person)} status<pending"


@register.filter
def waiting_of(place: Place) -> str:
    """The search that finds what of this person waits for others."""
    return f"assignee:{_known(place.person)} status>open status<solved"


def _known(person: Any) -> str:
    return person.email or f'"{person.name}"'
