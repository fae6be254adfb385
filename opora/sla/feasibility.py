"""Promises that cannot be kept, or contradict each other, said when a policy is saved (S13)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from django.utils.translation import gettext as _

from opora.calendars.queries import calendars, schedules
from opora.core import clock as time
from opora.sla.content import Content
from opora.sla.engine.metrics import CUMULATIVE, Metric
from opora.sla.engine.policy import Target
from opora.sla.lengths import length_words
from opora.sla.models import SlaPolicy
from opora.sla.underpinning import Finding, Part, findings_of
from opora.sla.words import METRICS
from opora.tickets.models import Priority

TOO_LONG = timedelta(days=60)
"""A target that takes longer than this on the wall calendar is said: somebody may have thought of other hours."""


def doubts_about(content: Content, policy: SlaPolicy | None = None) -> list[str]:
    """Return what to look at again, in sentences; each calendar that the policy may count in is tried from now on.

    `policy`: whose content it is or becomes; None for a new one.
    """
    said = [*_never_due(content), *_upside_down(content), *_reply_after_solution(content)]
    return said + [tightness(one) for one in findings_of(content, policy) if not one.fits]


def tightness(finding: Finding) -> str:
    """Say that the parts of a ticket's way take longer than what is promised to the customer."""
    return _(
        "%(priority)s: “%(metric)s” is promised in %(promised)s, but the way takes %(needed)s: %(parts)s."
    ) % {
        "priority": Priority(finding.priority).label,
        "metric": METRICS[finding.metric],
        "promised": length_words(finding.promised),
        "needed": length_words(finding.needed),
        "parts": "; ".join(way_words(finding)),
    }


def way_words(finding: Finding) -> list[str]:
    """Return the parts of the way by whose they are: “Banks” 4 h (80 % of 134) + 8 h (target, 3 measured)."""
    return [
        _("“%(name)s” %(parts)s") % {"name": name, "parts": " + ".join(map(_part_words, parts))}
        for name, parts in groupby(finding.parts, key=attrgetter("name"))
    ]


def _part_words(part: Part) -> str:
    values = {"length": length_words(part.length), "count": part.measured}
    if part.is_measured:
        return _("%(length)s (80%% of %(count)s)") % values
    return _("%(length)s (target, %(count)s measured)") % values


def _never_due(content: Content) -> Iterator[str]:
    """Targets that never come, or come after months, in a calendar of the policy."""
    now, known = time.now(), schedules()
    names = {row.pk: row.name for row in calendars()}
    ids = [content.calendar_id] if content.source == "policy" else list(names)
    longest = max((one for one in content.targets.values() if not one.around), key=_length, default=None)
    if longest is None or content.source == "around":
        return
    for calendar_id in ids:
        if calendar_id in known:
            values = {"length": length_words(longest.length), "calendar": names.get(calendar_id, "")}
            due = known[calendar_id].add(now, longest.length)
            if due is None:
                yield _("In the calendar “%(calendar)s” %(length)s never pass: it does not open.") % values
            elif due - now > max(TOO_LONG, longest.length * 2):
                values["days"] = str((due - now).days)
                yield _("In the calendar “%(calendar)s” %(length)s take %(days)s days.") % values


def _upside_down(content: Content) -> Iterator[str]:
    """A higher priority that is promised more slowly than a lower one."""
    for metric in Metric:
        given = [(one, content.targets.get((metric, one.value))) for one in sorted(Priority)]
        promised = [(priority, target) for priority, target in given if target]
        for (lower, slow), (higher, quick) in pairwise(promised):
            if quick.length > slow.length and quick.around == slow.around:
                yield _("%(metric)s: %(higher)s is promised more slowly than %(lower)s.") % {
                    "metric": METRICS[metric], "higher": higher.label, "lower": lower.label,
                }  # fmt: skip


def _reply_after_solution(content: Content) -> Iterator[str]:
    """A solution that is promised before the first reply."""
    for priority in sorted(Priority, reverse=True):
        first = content.targets.get((Metric.FIRST_REPLY, priority.value))
        for metric in CUMULATIVE:
            whole = content.targets.get((metric, priority.value))
            if first and whole and whole.length < first.length and whole.around == first.around:
                yield _("%(priority)s: “%(metric)s” is promised sooner than the first reply.") % {
                    "priority": priority.label, "metric": METRICS[metric],
                }  # fmt: skip


def _length(target: Target) -> timedelta:
    return target.length
