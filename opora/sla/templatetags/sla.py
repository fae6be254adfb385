"""Words and marks of promises."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.core import drawing
from opora.core.conditions import Outcome
from opora.sla.account import Account, Line
from opora.sla.attainment import Share
from opora.sla.engine.clocks import Clock
from opora.sla.feasibility import way_words
from opora.sla.lengths import length_words
from opora.sla.underpinning import Finding
from opora.sla.words import HOWS, METRICS, metric_name
from opora.tickets.models import Category, Priority

register = template.Library()


@register.filter
def length_text(value: Any) -> str:
    """A length in hours and minutes; what was typed stays as it is."""
    return length_words(value) if isinstance(value, timedelta) else str(value or "")


@register.filter
def anchor(key: str) -> str:
    """A clock's key as the id of an element: a colon would mean something else to selectors."""
    return f"clock-{key.replace(':', '-')}"


@register.filter
def unlocal(value: Any) -> str:
    """A number for attributes: a point, no spaces, whatever the language."""
    return f"{value:g}" if isinstance(value, float) else str(value)


@register.simple_tag
def metric_title(clock: Clock) -> str:
    """The metric, and which turn of it if there was more than one."""
    name = str(METRICS[clock.metric])
    return name if clock.cycle == 1 else f"{name} · {clock.cycle}"


@register.simple_tag
def clock_state(account: Account) -> SafeString:
    """The state in a badge."""
    clock = account.clock
    kept, broken = pgettext("promise", "kept"), pgettext("promise", "broken")
    if clock.outcome == "met":
        return format_html('<span class="badge ok">{}</span>', kept)
    if clock.first_breach_at:
        return format_html('<span class="badge danger">{}</span>', broken)
    words = {"running": pgettext("promise", "running"), "paused": pgettext("promise", "paused")}
    return format_html(
        '<span class="badge">{}</span>', words.get(clock.state, pgettext("promise", "cancelled"))
    )


@register.simple_tag
def account_words(account: Account) -> str:
    """The account in sentences."""
    clock, waking = account.clock, account.waking
    parts = [
        _("“%(policy)s” (version %(number)s) promises %(target)s at priority %(priority)s.")
        % {
            "policy": account.policy,
            "number": account.number,
            "target": length_words(clock.target),
            "priority": str(Priority(clock.priority).label).lower(),
        }
    ]
    parts.append(
        _("The clock began on %(start)s and has counted %(elapsed)s.")
        % {"start": _at(clock.since), "elapsed": length_words(account.elapsed)}
    )
    if clock.stopped_at:
        parts.append(
            _("It ended on %(stop)s: %(how)s.")
            % {"stop": _at(clock.stopped_at), "how": HOWS.get(clock.how, clock.how)}
        )
    elif clock.state == "paused":
        parts.append(_pause_words(account))
    elif waking.due_at and account.left > timedelta():
        parts.append(
            _("%(left)s are left, until %(due)s.")
            % {"left": length_words(account.left), "due": _at(waking.due_at)}
        )
    if account.longest_pause and any(one.overstayed for one in clock.stretches):
        parts.append(_overstay_words(account, account.longest_pause))
    if clock.first_breach_at:
        parts.append(_("The promise was broken on %(breach)s.") % {"breach": _at(clock.first_breach_at)})
    if clock.breach_why == "retarget" or (clock.allowance > clock.target and clock.is_live):
        parts.append(_("A shorter target was set while the clock ran; what had passed was kept."))
    if clock.first_outcome and clock.outcome and clock.first_outcome != clock.outcome:
        parts.append(_("At the first solution it was still kept.") if clock.first_outcome == "met" else "")
    return " ".join(filter(None, parts))


def _pause_words(account: Account) -> str:
    """When a clock that stands still goes on (S12)."""
    moment = account.clock.counts_on_at
    if moment is None or account.longest_pause is None:
        return _("It stands still now, and goes on when the ticket does.")
    return _("It stands still now, for at most %(longest)s: on %(moment)s it counts on by itself.") % {
        "longest": length_words(account.longest_pause),
        "moment": _at(moment),
    }


def _overstay_words(account: Account, longest: timedelta) -> str:
    first = next(one for one in account.clock.stretches if one.overstayed)
    return _("It was paused for at most %(longest)s and counted on from %(moment)s.") % {
        "longest": length_words(longest),
        "moment": _at(first.start),
    }


@register.simple_tag
def line_words(line: Line) -> SafeString:
    """What a stretch was, and what began it."""
    if line.kind == "closed":
        return format_html('<span class="quiet">{} · <bdi>{}</bdi></span>', line.why, line.calendar)
    status = str(Category[line.why.upper()].label)
    said = _head(line) % {"status": status, "calendar": line.calendar}
    flag = _("the customer was asked nothing") if line.unexplained else ""
    return format_html(
        "{}{}{}",
        said,
        format_html(' <span class="quiet">— <bdi>{}</bdi></span>', line.event) if line.event else "",
        format_html(' <span class="badge warn">{}</span>', flag) if flag else "",
    )


def _head(line: Line) -> str:
    if line.kind == "paused":
        return _("paused: %(status)s")
    if line.overstayed:
        return _("counted in %(calendar)s, the pause had lasted long enough, status: %(status)s")
    return _("counted in %(calendar)s, status: %(status)s")


@register.simple_tag
def line_name(kind: str) -> str:
    """What a line of the strip stands for."""
    names = {"due": _("due"), "breach": _("breach"), "now": _("now"), "stop": _("ended")}
    return names[kind]


@register.simple_tag
def outcome_mark(outcome: Outcome) -> SafeString:
    """Whether a condition held, as shape and word."""
    name, label = ("check", _("holds")) if outcome.holds else ("x", _("does not hold"))
    return drawing.icon(name, label, 16)


@register.simple_tag
def metric_words(metric: str) -> str:
    return metric_name(metric)


@register.simple_tag
def priority_words(priority: int) -> str:
    return str(Priority(priority).label).lower()


@register.filter
def way(finding: Finding) -> list[str]:
    """The parts of a ticket's way: whose, how long, and whether it was measured."""
    return way_words(finding)


@register.simple_tag
def trend(before: Share, after: Share) -> SafeString:
    """An arrow where the share changes."""
    if before.percent is None or after.percent is None or round(before.percent, 1) == round(after.percent, 1):
        return SafeString("")
    better = after.percent > before.percent
    return drawing.icon("arrow-up" if better else "arrow-down", _("better") if better else _("worse"), 12)


def _at(moment: Any) -> str:
    local = localtime(moment)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M}"
