"""Form controls that Django does not have."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Url = str | Promise


class Finder(forms.Widget):
    """A field that finds one value while one types: `url` answers `?q=` with [{value, label, hint}].

    `text_of` gives the words for a value that is chosen already; with `is_free` what is typed counts, too.
    """

    def __init__(
        self,
        url: Url,
        *,
        text_of: Callable[[str], str] = str,
        label: Url = "",
        placeholder: Url = "",
        is_free: bool = False,
    ) -> None:
        super().__init__()
        self.url, self.text_of, self.label, self.placeholder = url, text_of, label, placeholder
        self.is_free = is_free

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        context = {
            "name": name,
            "url": self.url,
            "id": (attrs or {}).get("id", ""),
            "label": self.label,
            "placeholder": self.placeholder,
            "free": self.is_free,
            "value": chosen,
            "text": self.text_of(chosen) if chosen else "",
        }
        return render_to_string("web/components/_combobox.html", context)


class Hues(forms.RadioSelect):
    """Twelve colours to choose from, each a number of degrees."""

    template_name = "people/widgets/hues.html"
    input_type = "radio"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return render_to_string(self.template_name, {"name": name, "hues": hues(value), "attrs": attrs or {}})


def hues(chosen: Any) -> list[dict[str, Any]]:
    """Return the twelve hues with the one nearest to `chosen` marked."""
    nearest = hue_place(chosen)
    return [
        {"degrees": place * 30 + 15, "place": place, "is_chosen": place == nearest} for place in range(12)
    ]


def hue_place(degrees: Any) -> int:
    """Return which of the twelve hues (`data-hue`) is nearest to so many degrees."""
    try:
        return int(degrees) % 360 // 30
    except (TypeError, ValueError):
        return 6
