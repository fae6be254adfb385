"""The desk as a whole: account settings, languages, roles of colleagues."""

from opora.api.nouns.custom_roles import CUSTOM_ROLES
from opora.api.nouns.locales import known_locales, locale_name, locale_number, wire_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.people.models import Desk
from opora.people.queries import default_brand, desk
from opora.tickets.actions.upload import LARGEST

FEATURES = {
    "organization_access_enabled": True,
    "customer_satisfaction": True,
    "satisfaction_prediction": False,
    "custom_statuses_enabled": True,
    "ticket_forms": True,
    "user_tagging": True,
    "ticket_tagging": True,
    "business_hours": True,
    "sandbox": False,
    "chat": False,
    "voice": False,
    "twitter": False,
    "facebook": False,
    "explore": False,
    "light_agents": True,
    "side_conversations": False,
    "suspended_ticket_notification": True,
}
OF_TICKETS = {
    "tagging": True,
    "collaboration": True,
    "emoji_autocompletion": True,
    "comments_public_by_default": True,
    "is_first_comment_private_enabled": True,
    "has_color_text": False,
    "agent_ticket_deletion": True,
    "allow_group_reset": False,
    "assign_tickets_upon_solve": True,
    "custom_statuses_enabled": True,
    "using_skill_based_routing": False,
}

offer_list(CUSTOM_ROLES)
offer_one(CUSTOM_ROLES)


@operation("GET", "account/settings")
def account_settings(call: Call) -> Json:
    """Show which features the desk has, in the words of the wire."""
    here = desk()
    brand = default_brand()
    return {
        "settings": {
            "active_features": FEATURES,
            "agents": {"agent_workspace": True, "aw_self_serve_migration_enabled": False},
            "api": {
                "accepted_api_agreement": True,
                "api_password_access": "false",
                "api_token_access": "true",
            },
            "brands": {"default_brand_id": brand.pk, "require_brand_on_new_tickets": False},
            "branding": {"header_color": None, "page_background_color": None, "text_color": None},
            "groups": {"check_group_name_uniqueness": True},
            "localization": {"locale_ids": [locale_number(code) for code in ("en", "uk", "ru")]},
            "limits": {"attachment_size": LARGEST},
            "lotus": {"prefer_lotus": True, "reporting": False, "pod_id": 0},
            "statistics": {"forum": False, "rule_usage": False, "search": False},
            "tickets": OF_TICKETS,
            "ticket_form": {"ticket_forms_instructions": "", "raw_ticket_forms_instructions": ""},
            "user": {
                "agent_created_welcome_emails": True,
                "language_selection": True,
                "multiple_organizations": True,
                "tagging": True,
                "time_zone_selection": True,
            },
            "localization_default": wire_locale(getattr(here, "locale", "en")),
        }
    }


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
