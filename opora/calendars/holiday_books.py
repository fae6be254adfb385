"""Public holidays of countries and their parts, from the `holidays` library.

They are asked for once for each year and then kept as dates, so that a newer library does not move the past.
"""

from functools import cache

import holidays

from opora.calendars.special import Day

YEARS_BACK, YEARS_AHEAD = 1, 2
"""Years around the present one that a calendar knows the holidays of."""


@cache
def countries() -> dict[str, str]:
    """Return the countries with known holidays: ISO 3166 code and English name."""
    names = {
        code: _name_of(code)
        for code in holidays.list_supported_countries(include_aliases=False)
        if len(code) == 2
    }
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


@cache
def subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of a country's parts that have holidays of their own."""
    if country not in countries():
        return ()
    book = holidays.country_holidays(country, years=[])
    names: dict[str, str] = {}
    for alias, code in book.subdivisions_aliases.items():
        names.setdefault(code, alias)
    return tuple((code, names.get(code, code)) for code in book.subdivisions)


def holidays_of(country: str, subdivision: str, years: range, *, locale: str) -> list[Day]:
    """Return the days off by law in the years, named in the language if the library has it, else in the country's."""
    if country not in countries():
        return []
    known = dict(subdivisions(country))
    book = holidays.country_holidays(
        country,
        subdiv=subdivision if subdivision in known else None,
        years=years,
        language=_language(country, locale),
    )
    return [Day(date=day, name=name[:120], source="holiday") for day, name in sorted(book.items())]


def _language(country: str, locale: str) -> str | None:
    spoken = holidays.country_holidays(country, years=[]).supported_languages
    wanted = {"en": ("en_US", "en_GB", "en")}.get(locale, (locale,))
    return next((language for language in wanted if language in spoken), None)


def _name_of(code: str) -> str:
    words = type(holidays.country_holidays(code, years=[])).__mro__
    name = next((cls.__name__ for cls in words if len(cls.__name__) > 3), code)
    return "".join(
        f" {letter}" if letter.isupper() and place else letter for place, letter in enumerate(name)
    )
