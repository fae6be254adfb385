"""What metrics, agreements, steps and reasons are called."""

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.sla.engine.metrics import Metric

Words = str | Lazy

METRICS: dict[str, Words] = {
    Metric.FIRST_REPLY: _("First reply"),
    Metric.NEXT_REPLY: _("Next reply"),
    Metric.PERIODIC_UPDATE: _("Periodic update"),
    Metric.PAUSABLE_UPDATE: _("Pausable update"),
    Metric.REQUESTER_WAIT: _("Customer’s waiting"),
    Metric.AGENT_WORK: _("Our work"),
    Metric.TOTAL_RESOLUTION: _("Resolution"),
    Metric.GROUP_OWNERSHIP: _("Time in a group"),
    Metric.THIRD_PARTY: _("Time at a third party"),
}
EXPLAINED: dict[str, Words] = {
    Metric.FIRST_REPLY: _("From the customer’s first words to our first public reply."),
    Metric.NEXT_REPLY: _("From the oldest unanswered words of the customer to our next public reply."),
    Metric.PERIODIC_UPDATE: _("Between our public replies, in every unsolved status."),
    Metric.PAUSABLE_UPDATE: _("Between our public replies; stands still while the ticket is pending."),
    Metric.REQUESTER_WAIT: _("In new, open and on hold, until it is solved."),
    Metric.AGENT_WORK: _("In new and open, until it is solved."),
    Metric.TOTAL_RESOLUTION: _("In every unsolved status, until it is solved."),
    Metric.GROUP_OWNERSHIP: _(
        "From when a group gets it to when it leaves the group or is solved; in new and open."
    ),
    Metric.THIRD_PARTY: _("While it is on hold."),
}
AGREEMENTS: dict[str, Words] = {
    "sla": _("SLA: promised to customers"),
    "ola": _("OLA: promised between our groups"),
    "uc": _("UC: promised by suppliers"),
}
SOURCES: dict[str, Words] = {
    "desk": _("the desk’s default calendar"),
    "group": _("the calendar of the ticket’s group"),
    "brand": _("the calendar of its brand"),
    "organization": _("the calendar of its organization"),
    "policy": _("a calendar of this policy"),
    "around": _("around the clock"),
}
STEPS: dict[str, Words] = {
    "notify_assignee": _("tell the assignee"),
    "notify_group": _("tell the group"),
    "notify_leads": _("tell the team leads of the group"),
    "notify_person": _("tell a colleague"),
    "assign_group": _("give it to a group"),
    "assign_person": _("give it to a colleague"),
    "raise_priority": _("raise the priority by one"),
}
OURS_STARTS: dict[str, Words] = {
    "never": _("waits for no first reply until the customer writes"),
    "note": _("waits for a first reply if all we wrote was internal"),
    "always": _("always waits for a first reply; our opening words are none"),
}
PRESETS: dict[str, Words] = {
    "opora": "Opora",
    "zendesk": "Zendesk",
    "freshdesk": "Freshdesk",
    "jsm": "Jira Service Management",
    "servicenow": "ServiceNow",
}
HOWS: dict[str, Words] = {
    "replied": _("by a reply"),
    "note": _("by an internal note"),
    "without_reply": _("solved without a reply"),
    "solved": _("by the solution"),
    "left": _("it went elsewhere"),
    "merged": _("the ticket was merged"),
    "deleted": _("the ticket was deleted"),
    "spam": _("the ticket was spam"),
    "unneeded": _("no reply was needed"),
    "no_target": _("no policy promises this any more"),
}
OUTCOMES: dict[str, Words] = {
    "met": pgettext_lazy("promise", "kept"),
    "breached": pgettext_lazy("promise", "broken"),
    "cancelled": pgettext_lazy("promise", "cancelled"),
}


def metric_name(metric: str) -> str:
    return str(METRICS.get(metric, metric))
