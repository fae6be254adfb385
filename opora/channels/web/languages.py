"""In which language a customer is spoken to."""

from django.conf import settings

SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)


def first_spoken(*locales: str) -> str:
    """Return the first of these that Opora speaks, without its region; English when there is none."""
    bare = (locale.lower().replace("_", "-").partition("-")[0] for locale in locales)
    return next((locale for locale in bare if locale in SPOKEN), "en")
