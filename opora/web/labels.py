"""The words of statuses and priorities, and the shapes beside them."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

PRIORITY_WORDS: dict[Any, str] = {1: "low", 2: "normal", 3: "high", 4: "urgent"}
PRIORITY_ICONS = {"low": "chevron-down", "normal": "minus", "high": "chevron-up", "urgent": "chevrons-up"}


STATUS_NAMES = {
    "new": pgettext_lazy("status", "New"),
    "open": pgettext_lazy("status", "Open"),
    "pending": pgettext_lazy("status", "Pending"),
    "hold": pgettext_lazy("status", "On hold"),
    "solved": pgettext_lazy("status", "Solved"),
    "closed": pgettext_lazy("status", "Closed"),
}
PRIORITY_NAMES = {
    "low": pgettext_lazy("priority", "Low"),
    "normal": pgettext_lazy("priority", "Normal"),
    "high": pgettext_lazy("priority", "High"),
    "urgent": pgettext_lazy("priority", "Urgent"),
}


def status_name(category: str) -> str:
    return str(STATUS_NAMES.get(category, category))


def priority_word(priority: Any) -> str:
    """Return low, normal, high or urgent for the number or word of a priority; nothing is normal."""
    return str(getattr(priority, "word", "") or PRIORITY_WORDS.get(priority, priority) or "normal")


def priority_name(priority: str) -> str:
    return str(PRIORITY_NAMES[priority])


def attributes(given: dict[str, Any]) -> SafeString:
    """Return HTML attributes: data_key="e" is data-key="e", True stands alone, False and None leave no trace."""
    named = [(name.rstrip("_").replace("_", "-"), value) for name, value in given.items()]
    parts = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in named
        if value is not False and value is not None
    ]
    return SafeString("".join(parts))
