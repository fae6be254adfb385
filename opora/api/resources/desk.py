"""The desk as a whole: account settings, languages."""

from typing import Any

from opora.api.nouns.account_settings import account_settings as settings
from opora.api.nouns.locales import known_locales, locale_name, locale_number, own_locale, wire_locale
from opora.api.wire.bodies import OBJECT, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.api.wire.zones import zone_of
from opora.api.writes.values import brand_of
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_desk import save_desk
from opora.people.languages import languages_of_desk
from opora.people.models import Desk
from opora.people.policy import may, require
from opora.people.queries import desk

SETTINGS = Body("settings", {"localization": OBJECT, "brands": OBJECT})
_CHANGEABLE = {
    "localization": ("iana_time_zone", "time_zone", "default_locale_identifier"),
    "brands": ("default_brand_id",),
}


@operation("GET", "account/settings")
def account_settings(call: Call) -> Json:
    """Show the settings of the desk, in the words of the wire."""
    return {"settings": settings(call, desk())}


@operation("PUT", "account/settings", takes=SETTINGS)
def change_account_settings(call: Call) -> Any:
    """Change what the desk has of an account's settings: its language, its time zone, the default brand."""
    given, here = call.read(SETTINGS), desk()
    require(may(call.person, "settings.desk"))
    spoken, brands = given.get("localization") or {}, given.get("brands") or {}
    _note_ignored(call, given)
    fields: Json = {}
    zone = spoken.get("iana_time_zone") or spoken.get("time_zone")
    if zone is not None:
        fields["time_zone"] = zone_of(str(zone))
        if not fields["time_zone"]:
            raise invalid_record("time_zone", "is not a time zone")
    if spoken.get("default_locale_identifier") is not None:
        fields["locale"] = own_locale(str(spoken["default_locale_identifier"]))
        if fields["locale"] not in dict(languages_of_desk()):
            raise invalid_record("default_locale_identifier", "is not a language of this desk")
    if here and fields:
        save_desk(here, by=call.person, **fields)
    if brands.get("default_brand_id") is not None:
        brand = brand_of(WHOLE.read("default_brand_id", brands["default_brand_id"]))
        if brand is not None and not brand.is_default:
            save_brand(brand, by=call.person, is_default=True)
    return lambda: {"settings": settings(call, desk())}


def _note_ignored(call: Call, given: Json) -> None:
    """Name in the warning which settings of the two groups were sent and cannot be changed here."""
    for group, names in _CHANGEABLE.items():
        call.ignored += sorted(
            f"{group}.{name}" for name in given.get(group) or {} if name not in names and name.isidentifier()
        )


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


@operation("GET", "locales/detect_best_locale")
def best_locale(call: Call) -> Json:
    """Show the caller's language if it is among `available_locales`, else the first of those that the desk knows."""
    offered = call.all_of("available_locales")
    shown = current_locale(call)["locale"]
    if not offered or shown["locale"] in offered:
        return {"locale": shown}
    known = {wire_locale(code): code for code in known_locales()}
    chosen = next((known[word] for word in offered if word in known), None)
    return {"locale": _locale(call, chosen) if chosen else shown}


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
