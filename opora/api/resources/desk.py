"""The desk as a whole: account settings, languages."""

from opora.api.nouns.account_settings import account_settings as settings
from opora.api.nouns.locales import known_locales, locale_name, locale_number, wire_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.people.models import Desk
from opora.people.queries import desk


@operation("GET", "account/settings")
def account_settings(call: Call) -> Json:
    """Show the settings of the desk, in the words of the wire."""
    return {"settings": settings(call, desk())}


@operation("GET", "locales", who="anybody")
def list_locales(call: Call) -> Json:
    """List the languages that customers can have."""
    shown = [_locale(call, code) for code in known_locales()]
    return {"locales": shown, "next_page": None, "previous_page": None, "count": len(shown)}


@operation("GET", "locales/public", who="anybody")
def public_locales(call: Call) -> Json:
    """List the languages that customers can have."""
    return list_locales(call)


@operation("GET", "locales/agent")
def agent_locales(call: Call) -> Json:
    """List the languages that the desk itself speaks."""
    shown = [_locale(call, code) for code in ("en", "uk", "ru")]
    return {"locales": shown, "next_page": None, "previous_page": None, "count": len(shown)}


@operation("GET", "locales/current")
def current_locale(call: Call) -> Json:
    """Show the caller's language."""
    return {"locale": _locale(call, call.person.locale or getattr(desk(), "locale", "en"))}


@operation("GET", "locales/{locale:text}", who="anybody")
def show_locale(call: Call, locale: str) -> Json:
    """Show one language by its name or number."""
    for code in known_locales():
        if locale in {code, wire_locale(code), str(locale_number(code))}:
            return {"locale": _locale(call, code)}
    raise not_found()


def _locale(call: Call, code: str) -> Json:
    opened = _opened(desk())
    name = locale_name(code)
    return {
        "url": call.url(f"locales/{wire_locale(code)}"),
        "id": locale_number(code),
        "locale": wire_locale(code),
        "name": name,
        "native_name": name,
        "presentation_name": name,
        "rtl": code in {"ar", "he"},
        "created_at": opened,
        "updated_at": opened,
        "default": code == getattr(desk(), "locale", "en"),
    }


def _opened(here: Desk | None) -> str | None:
    return stamp(here.created_at) if here else None
