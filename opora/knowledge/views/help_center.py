"""The public help center: its first page, its shelves, its search."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opora.core.html import html_to_text
from opora.core.refusals import NotFound
from opora.knowledge.forms import languages
from opora.knowledge.help import (
    Visit,
    brand_of_help,
    languages_of,
    number_in,
    page_of_section,
    part_of,
    parts_of,
    place_of,
    promoted,
)
from opora.knowledge.models import ArticleText
from opora.knowledge.policy import may_write
from opora.knowledge.queries import category_of, section_of
from opora.knowledge.searching import Wanted, search_articles, suggest_articles
from opora.people.languages import own_name
from opora.people.models import Brand
from opora.people.widgets import hue_place
from opora.search.highlight import highlight
from opora.search.matching import expand
from opora.search.query import TextQuery

View = Callable[..., HttpResponseBase]
SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)
OFFERED = 3


def in_language(view: View) -> View:
    """Speak the language of the address, as far as Opora speaks it; “en-us” is “en”. Other codes are `NotFound`."""

    @wraps(view)
    def spoken(request: HttpRequest, locale: str, **options: object) -> HttpResponseBase:
        code = locale.lower().replace("_", "-").partition("-")[0]
        if code not in dict(languages()):
            raise NotFound(_("There is no such page."))
        if code != locale and request.method == "GET":
            return redirect(
                request.get_full_path().replace(f"/hc/{locale}", f"/hc/{code}", 1), permanent=True
            )
        language = code if code in SPOKEN else "en"
        with translation.override(language):
            response = view(request, code, **options)
        response.headers["Content-Language"] = language
        return response

    return spoken


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return redirect("help_center:home", (translation.get_language() or "en").partition("-")[0])


@require_GET
@in_language
def home(request: HttpRequest, locale: str) -> HttpResponse:
    """The first page of the default brand."""
    return _home(request, Visit(request.user, brand_of_help(), locale))


@require_GET
@in_language
def brand(request: HttpRequest, locale: str, slug: str) -> HttpResponse:
    found = brand_of_help(slug)
    return (
        redirect("help_center:home", locale)
        if found.is_default
        else _home(request, Visit(request.user, found, locale))
    )


@require_GET
@in_language
def category(request: HttpRequest, locale: str, place: str) -> HttpResponse:
    found = category_of(number_in(place))
    visit = Visit(request.user, brand_of_help(found.brand.slug), locale)
    if place != place_of(found.pk, found.name_in(locale)):
        return redirect("help_center:category", locale, place_of(found.pk, found.name_in(locale)))
    context = {"part": part_of(visit, found), "category": found}
    addresses = {one: place_of(found.pk, found.name_in(one)) for one in languages_of(visit)}
    return render(request, "help_center/category.html", shell(visit, "category", addresses) | context)


@require_GET
@in_language
def section(request: HttpRequest, locale: str, place: str) -> HttpResponse:
    found = section_of(number_in(place))
    visit = Visit(request.user, brand_of_help(found.category.brand.slug), locale)
    if place != place_of(found.pk, found.name_in(locale)):
        return redirect("help_center:section", locale, place_of(found.pk, found.name_in(locale)))
    page = page_of_section(visit, found, request.GET.get("cursor", ""))
    context = {
        "section": found,
        "name": found.name_in(locale),
        "description": found.description_in(locale),
        "texts": visit.listed(page.rows),
    }
    context |= {"crumbs": crumbs(visit, found.category), "next_cursor": page.next_cursor}
    addresses = {one: place_of(found.pk, found.name_in(one)) for one in languages_of(visit)}
    return render(request, "help_center/section.html", shell(visit, "section", addresses) | context)


@require_GET
@in_language
def search(request: HttpRequest, locale: str) -> HttpResponse:
    """Articles of a brand by words in any inflection, in the language of the page, else in others."""
    visit = Visit(request.user, brand_of_help(request.GET.get("brand", "")), locale)
    words = request.GET.get("query", "").strip()[:200]
    found = find(visit, words)
    match = expand(TextQuery.of(words)) if words else None
    rows = [(text, highlight(html_to_text(text.body), match)) for text in found] if match else []
    context = {"q": words, "rows": rows, "is_search": True}
    return render(request, "help_center/search.html", shell(visit, "home", {}) | context)


@require_GET
@in_language
def offered(request: HttpRequest, locale: str) -> HttpResponse:
    """What may answer a question that somebody begins to write; nothing where nothing fits."""
    visit = Visit(None, brand_of_help(request.GET.get("brand", "")), locale)
    wanted = Wanted(request.GET.get("query", request.GET.get("subject", ""))[:200], locale, visit.brand.pk)
    found = search_articles(wanted, reader=None, limit=OFFERED) if len(wanted.words) > 2 else []
    found = found or suggest_articles(wanted, reader=None, limit=OFFERED)
    return render(request, "help_center/_offered.html", {"found": found})


def find(visit: Visit, words: str) -> list[ArticleText]:
    """Return what fits the words in the language of the page; where nothing does, in any."""
    if not words:
        return []
    own = Wanted(words, visit.locale, visit.brand.pk)
    return search_articles(own, reader=visit.reader) or search_articles(
        Wanted(words, "", visit.brand.pk), reader=visit.reader
    )


def shell(visit: Visit, page: str, addresses: dict[str, str]) -> dict[str, object]:
    """Return what every page shows: the brand, the search box, the page's other languages, the way to us."""
    brand = visit.brand
    links = [(code, own_name(code), _address(page, code, place, brand)) for code, place in addresses.items()]
    return {
        "visit": visit,
        "brand": brand,
        "hue": hue_place(brand.hue),
        "home_url": _address("home", visit.locale, "", brand),
        "search_url": reverse("help_center:search", args=[visit.locale]),
        "write_url": reverse("web_form:new_ticket", args=[brand.slug]),
        "languages": [(code, name, url, code == visit.locale) for code, name, url in links],
        "canonical": next((url for code, _name, url in links if code == visit.locale), ""),
        "is_colleague": getattr(visit.reader, "is_colleague", False) and may_write(visit.reader),  # type: ignore[arg-type]
    }


def crumbs(visit: Visit, *shelves) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Return the way from the first page: names and addresses."""
    return [
        (
            shelf.name_in(visit.locale),
            reverse(
                f"help_center:{shelf._meta.model_name}",
                args=[visit.locale, place_of(shelf.pk, shelf.name_in(visit.locale))],
            ),
        )
        for shelf in shelves
    ]


def _home(request: HttpRequest, visit: Visit) -> HttpResponse:
    context = {"parts": parts_of(visit), "promoted": promoted(visit), "is_home": True}
    others = (
        Brand.objects.filter(is_active=True, categories__isnull=False).exclude(pk=visit.brand.pk).distinct()
    )
    addresses = dict.fromkeys([*languages_of(visit)], "")
    return render(
        request, "help_center/home.html", shell(visit, "home", addresses) | context | {"other_brands": others}
    )


def _address(page: str, locale: str, place: str, brand: Brand) -> str:
    if page != "home":
        return reverse(f"help_center:{page}", args=[locale, place])
    return (
        reverse("help_center:home", args=[locale])
        if brand.is_default
        else reverse("help_center:brand", args=[locale, brand.slug])
    )
