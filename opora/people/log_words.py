"""Words of the log: what events are about, and the way they came."""

from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from opora.events.models import Event

WAYS: dict[str, str | Promise] = {
    "web": pgettext_lazy("way", "the desk"),
    "email": pgettext_lazy("way", "mail"),
    "mail": pgettext_lazy("way", "mail"),
    "form": pgettext_lazy("way", "web form"),
    "api": "API",
    "rule": pgettext_lazy("way", "rule"),
    "timer": pgettext_lazy("way", "timer"),
    "import": pgettext_lazy("way", "import"),
    "setup": pgettext_lazy("way", "set-up"),
    "seeds": pgettext_lazy("way", "set-up"),
}

SUBJECTS: dict[str, str | Promise] = {
    "article": pgettext_lazy("log", "Article"),
    "brand": pgettext_lazy("log", "Brand"),
    "delivery": pgettext_lazy("log", "Reaction"),
    "desk": pgettext_lazy("log", "Desk"),
    "group": pgettext_lazy("log", "Group"),
    "macro": pgettext_lazy("log", "Macro"),
    "mail": pgettext_lazy("log", "Suspended mail"),
    "mailbox": pgettext_lazy("log", "Mailbox"),
    "organization": pgettext_lazy("log", "Organization"),
    "person": pgettext_lazy("log", "Person"),
    "role": pgettext_lazy("log", "Role"),
    "status": pgettext_lazy("log", "Status"),
    "tag": pgettext_lazy("log", "Tag"),
    "ticket": pgettext_lazy("log", "Ticket"),
    "ticket_field": pgettext_lazy("log", "Field"),
    "ticket_form": pgettext_lazy("log", "Form"),
    "view": pgettext_lazy("log", "View"),
}


def way(event: Event) -> str:
    """Return how the update came: through the desk, by mail, from a timer."""
    via = "timer" if event.actor_kind == "timer" else event.via
    return str(WAYS.get(via, via))


def actor(event: Event) -> str:
    """Return who did it; of a timer and of a reader whom nobody knows, who have no names, what they are."""
    if event.actor_kind == "timer":
        return pgettext("log", "Timer")
    return event.actor_name or (pgettext("log", "A reader") if event.actor_kind == "customer" else "")


def subject(kind: str) -> str:
    """Return what an event is about; of a kind that has no word here, its name as a word."""
    return str(SUBJECTS.get(kind, kind.replace("_", " ")))
