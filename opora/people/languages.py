"""Languages and time zones to choose from, by the names their speakers use."""

import zoneinfo
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

_OF_CUSTOMERS = (
    "en", "uk", "ru", "pl", "de", "fr", "es", "it", "pt", "nl", "cs", "sk", "ro", "hu", "bg", "lt", "lv", "et",
    "fi", "sv", "da", "el", "tr", "ka", "hy", "kk", "ar", "he", "ja", "ko",
)  # fmt: skip


def own_name(code: str) -> str:
    """Return the language's name in itself: "Українська"; the code where none is known."""
    name = LANG_INFO.get(code, {}).get("name_local", code)
    return name[:1].upper() + name[1:]


def languages_of_desk() -> list[tuple[str, str]]:
    """The languages that Opora speaks."""
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]


def languages_of_customers() -> list[tuple[str, object]]:
    """Languages that a customer may be known to speak; the first says that it is not known."""
    return [("", _("Not known")), *((code, own_name(code)) for code in _OF_CUSTOMERS)]


@cache
def time_zones() -> tuple[str, ...]:
    """The names of places, as "Europe/Kyiv", in order; "UTC" first."""
    areas = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return ("UTC", *sorted(name for name in zoneinfo.available_timezones() if name.startswith(areas)))


def zones_like(text: str) -> list[str]:
    """Return the zones whose area or city begins with the text, at most twelve."""
    wanted = text.strip().replace(" ", "_").lower()
    found = [
        name
        for name in time_zones()
        if any(part.startswith(wanted) for part in (name.lower(), *name.lower().split("/")))
    ]
    return found[:12]
