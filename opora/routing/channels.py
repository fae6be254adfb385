"""The three ways of working that a person can be open or closed for, each with a capacity of its own."""

from django.utils.translation import pgettext_lazy

MAIL, MESSAGING, VOICE = "mail", "messaging", "voice"

NAMES = {
    MAIL: pgettext_lazy("way of working", "Mail and forms"),
    MESSAGING: pgettext_lazy("way of working", "Messaging"),
    VOICE: pgettext_lazy("way of working", "Calls"),
}
WAYS = tuple(NAMES)

_WAY_OF_CHANNEL = {
    "chat": MESSAGING,
    "messaging": MESSAGING,
    "telegram": MESSAGING,
    "viber": MESSAGING,
    "whatsapp": MESSAGING,
    "instagram": MESSAGING,
    "facebook": MESSAGING,
    "sms": MESSAGING,
    "voice": VOICE,
    "phone": VOICE,
}


def way_of(channel: str) -> str:
    """Return the way of working that a ticket of this channel takes; what nobody waits for live is mail."""
    return _WAY_OF_CHANNEL.get(channel, MAIL)
