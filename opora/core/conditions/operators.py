"""The words of comparisons: as the editor offers them, and as sentences use them."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

OF_UPDATES = ("changed", "not_changed", "value", "not_value", "value_previous", "not_value_previous")
"""Comparisons that need an update to look at: changed, changed to, changed from."""
VALUELESS = frozenset({"present", "not_present", "changed", "not_changed"})

OPERATOR_LABELS: dict[str, str | Promise] = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "less_than": gettext_lazy("is less than"),
    "less_than_equal": gettext_lazy("is at most"),
    "greater_than": gettext_lazy("is more than"),
    "greater_than_equal": gettext_lazy("is at least"),
    "includes": gettext_lazy("includes at least one of"),
    "not_includes": gettext_lazy("includes none of"),
    "includes_words": gettext_lazy("has at least one of the words"),
    "not_includes_words": gettext_lazy("has none of the words"),
    "includes_string": gettext_lazy("contains the text"),
    "not_includes_string": gettext_lazy("does not contain the text"),
    "present": gettext_lazy("is filled"),
    "not_present": gettext_lazy("is empty"),
    "within_previous_n_hours": gettext_lazy("within the last … hours"),
    "within_previous_n_days": gettext_lazy("within the last … days"),
    "within_next_n_days": gettext_lazy("within the next … days"),
    "older_than_n_hours": gettext_lazy("more than … hours ago"),
    "changed": gettext_lazy("changed"),
    "not_changed": gettext_lazy("did not change"),
    "value": gettext_lazy("changed to"),
    "not_value": gettext_lazy("did not change to"),
    "value_previous": gettext_lazy("changed from"),
    "not_value_previous": gettext_lazy("did not change from"),
}
_LABELS_OF_KIND: dict[tuple[str, str], str | Promise] = {
    ("choice", "less_than"): gettext_lazy("is below"),
    ("choice", "less_than_equal"): gettext_lazy("is at most"),
    ("choice", "greater_than"): gettext_lazy("is above"),
    ("choice", "greater_than_equal"): gettext_lazy("is at least"),
    ("moment", "less_than"): gettext_lazy("is before"),
    ("moment", "greater_than"): gettext_lazy("is after"),
}

_PATTERNS: dict[str, str | Promise] = {
    "is": pgettext_lazy("condition", "%(field)s is %(value)s"),
    "is_not": pgettext_lazy("condition", "%(field)s is not %(value)s"),
    "less_than": pgettext_lazy("condition", "%(field)s is less than %(value)s"),
    "less_than_equal": pgettext_lazy("condition", "%(field)s is at most %(value)s"),
    "greater_than": pgettext_lazy("condition", "%(field)s is more than %(value)s"),
    "greater_than_equal": pgettext_lazy("condition", "%(field)s is at least %(value)s"),
    "includes": pgettext_lazy("condition", "%(field)s include %(value)s"),
    "not_includes": pgettext_lazy("condition", "%(field)s do not include %(value)s"),
    "includes_words": pgettext_lazy("condition", "%(field)s has one of the words %(value)s"),
    "not_includes_words": pgettext_lazy("condition", "%(field)s has none of the words %(value)s"),
    "includes_string": pgettext_lazy("condition", "%(field)s contains %(value)s"),
    "not_includes_string": pgettext_lazy("condition", "%(field)s does not contain %(value)s"),
    "present": pgettext_lazy("condition", "%(field)s is filled"),
    "not_present": pgettext_lazy("condition", "%(field)s is empty"),
    "changed": pgettext_lazy("condition", "%(field)s changed"),
    "not_changed": pgettext_lazy("condition", "%(field)s did not change"),
    "value": pgettext_lazy("condition", "%(field)s changed to %(value)s"),
    "not_value": pgettext_lazy("condition", "%(field)s did not change to %(value)s"),
    "value_previous": pgettext_lazy("condition", "%(field)s changed from %(value)s"),
    "not_value_previous": pgettext_lazy("condition", "%(field)s did not change from %(value)s"),
}
_PATTERNS_OF_KIND: dict[tuple[str, str], str | Promise] = {
    ("choice", "less_than"): pgettext_lazy("condition", "%(field)s is below %(value)s"),
    ("choice", "greater_than"): pgettext_lazy("condition", "%(field)s is above %(value)s"),
    ("moment", "less_than"): pgettext_lazy("condition", "%(field)s before %(value)s"),
    ("moment", "greater_than"): pgettext_lazy("condition", "%(field)s after %(value)s"),
}


def operator_label(kind: str, operator: str) -> str:
    """Return a comparison as the editor offers it for fields of this kind."""
    return str(_LABELS_OF_KIND.get((kind, operator)) or OPERATOR_LABELS.get(operator, operator))


def pattern_of(kind: str, operator: str, operand: Any) -> str:
    """Return the sentence of a comparison, with places for `field` and `value`."""
    if operator in _COUNTED:
        return _COUNTED[operator](int(operand))
    return str(_PATTERNS_OF_KIND.get((kind, operator)) or _PATTERNS[operator])


def _last_hours(count: int) -> str:
    return ngettext(
        "%(field)s within the last %(value)s hour", "%(field)s within the last %(value)s hours", count
    )


def _last_days(count: int) -> str:
    return ngettext(
        "%(field)s within the last %(value)s day", "%(field)s within the last %(value)s days", count
    )


def _next_days(count: int) -> str:
    return ngettext(
        "%(field)s within the next %(value)s day", "%(field)s within the next %(value)s days", count
    )


def _hours_ago(count: int) -> str:
    return ngettext(
        "%(field)s more than %(value)s hour ago", "%(field)s more than %(value)s hours ago", count
    )


_COUNTED: dict[str, Callable[[int], str]] = {
    "within_previous_n_hours": _last_hours,
    "within_previous_n_days": _last_days,
    "within_next_n_days": _next_days,
    "older_than_n_hours": _hours_ago,
}
