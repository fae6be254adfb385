"""Languages of the help center: as the wire names them, and as the desk keeps them."""

from collections.abc import Mapping
from typing import Any

from opora.api.links import help_center_page
from opora.api.nouns.locales import known_locales, own_locale, wire_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.help_center import LANGUAGE
from opora.api.wire.problems import invalid_record, not_found
from opora.people.models import Person
from opora.people.queries import desk

LARGEST_POSITION = 2**31 - 1


def hc_locale(code: str) -> str:
    """Return the language as the Help Center names it: "en-us" for plain English."""
    return wire_locale(code).lower()


def asked_locale(call: Call) -> str:
    """Return the language that the address begins with, as the desk keeps it; "" where it names none."""
    written = call.cache.get(LANGUAGE, "")
    return named_locale(written) if written else ""


def named_locale(written: str) -> str:
    """Return a language that an address names, as the desk keeps it. Raises 404 for one that is none."""
    code = own_locale(written.lower())
    if code not in known_locales():
        raise not_found()
    return code


def given_locale(value: Any, name: str = "locale") -> str:
    """Return the language that a body names, as the desk keeps it. Raises 422 for one that is none."""
    code = own_locale(str(value or "").lower())
    if code not in known_locales():
        raise invalid_record(name, "is not available in this help center", "InvalidValue")
    return code


def usual_locale(call: Call) -> str:
    """Return the language that something new is in when nobody says so: that of the address, or the desk's."""
    return asked_locale(call) or getattr(desk(), "locale", "") or "en"


def reads_drafts(call: Call) -> bool:
    """Whether whoever asks is a colleague, who reads also what is not published."""
    return isinstance(call.anybody, Person) and call.anybody.is_colleague


def article_named(call: Call, cited: Mapping[str, Any]) -> Json:
    """Return an article as an audit names it, from the fact that it was linked to a ticket."""
    number, locale, title = cited["article_id"], cited["locale"], cited["title"]
    return {
        "article": {
            "id": number,
            "locale": hc_locale(locale),
            "title": title,
            "url": call.url(f"help_center/{hc_locale(locale)}/articles/{number}"),
            "html_url": call.base + help_center_page("articles", locale, number, title),
        }
    }


def position_of(value: int) -> int:
    return max(0, min(value, LARGEST_POSITION))
