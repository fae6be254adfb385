"""The places of the rail, assembled by hand: a section appears here when its pages exist."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """A section of the product. `key` follows `g`; `permission` is a name of `people.permissions`, "" for everybody.

    `also` are further starts of addresses that belong to the place.
    """

    name: str
    label: str | Promise
    icon: str
    url_name: str
    key: str
    permission: str = ""
    also: tuple[str, ...] = ()


PLACES = [
    Place(
        "workspace",
        pgettext_lazy("section", "Workspace"),
        "inbox",
        "tickets:workspace",
        "g t",
        also=("/views/",),
    ),
    Place("search", pgettext_lazy("section", "Search"), "search", "tickets:search", "/"),
    Place(
        "people",
        pgettext_lazy("section", "People"),
        "users",
        "people:people",
        "g p",
        also=("/organizations/",),
    ),
    Place("knowledge", pgettext_lazy("section", "Knowledge"), "book-open", "knowledge:articles", "g k"),
    Place("team", pgettext_lazy("section", "Team"), "gauge", "routing:board", "g l", also=("/escalations/",)),
    Place("settings", pgettext_lazy("section", "Settings"), "settings", "people:settings", "g s"),
]


@dataclass(frozen=True)
class Link:
    """A place as one person sees it on one page."""

    place: Place
    url: str
    current: bool

    @property
    def starts(self) -> tuple[str, ...]:
        return (self.url, *self.place.also)


def links_for(request: HttpRequest) -> list[Link]:
    """Return the places this person may enter; the one with the longest start of this page's address is current."""
    found = [(place, _url(place)) for place in PLACES if _may_enter(request, place)]
    links = [Link(place, url, current=False) for place, url in found if url]
    within = [(len(start), link) for link in links for start in link.starts if _starts(request.path, start)]
    current = max(within, key=lambda pair: pair[0], default=(0, None))[1]
    return [replace(link, current=link is current) for link in links]


def _may_enter(request: HttpRequest, place: Place) -> bool:
    return not place.permission or place.permission in getattr(request.user, "allowed", frozenset())


def _url(place: Place) -> str:
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return ""


def _starts(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
