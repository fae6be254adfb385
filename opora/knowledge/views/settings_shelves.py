"""Settings: categories and sections of the brands' help centers."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.knowledge.actions.remove_shelf import remove_category, remove_section
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.models import Article, Category, Section
from opora.knowledge.policy import ARRANGE
from opora.knowledge.queries import category_of, laid_out, section_of, shelves
from opora.knowledge.settings_forms import CategoryForm, SectionForm, values_of_shelf
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Brand
from opora.people.queries import active_brands
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.views.settings_order import asked_row, moved


@require_GET
@permission_required(ARRANGE)
def shelf_list(request: DeskRequest) -> HttpResponse:
    """The tree of each brand, with how many articles in use stand where."""
    in_use = Article.objects.filter(archived_at=None).order_by()
    counts = dict(in_use.values_list("section_id").annotate(Count("pk")))
    by_brand: dict[int, list[Any]] = {}
    for category in shelves():
        rows = [
            (section, depth, counts.get(section.pk, 0), *_ends(category, section))
            for section, depth in laid_out(category)
        ]
        by_brand.setdefault(category.brand_id, []).append((category, rows))
    brands = [(brand, by_brand.get(brand.pk, [])) for brand in active_brands()]
    brands.sort(key=lambda pair: not pair[1])
    return render(request, "knowledge/settings/shelves.html", {"brands": brands})


def _ends(category: Category, section: Section) -> tuple[bool, bool]:
    """Whether the section is the first of its like, and the last."""
    like = [one for one in category.sections.all() if one.parent_id == section.parent_id]
    return like[0] == section, like[-1] == section


@require_POST
@permission_required(ARRANGE)
def category_order(request: DeskRequest) -> HttpResponse:
    """Put the categories of a brand in another order."""
    asked = get_object_or_404(Category, pk=_number(asked_row(request.POST)))
    put_in_order(
        moved(Category.objects.filter(brand=asked.brand_id), request.POST),
        save=save_category,
        by=request.user,
    )
    return redirect("knowledge:shelves")


@require_POST
@permission_required(ARRANGE)
def section_order(request: DeskRequest) -> HttpResponse:
    """Put the sections that stand side by side in another order."""
    asked = get_object_or_404(Section, pk=_number(asked_row(request.POST)))
    like = Section.objects.filter(Q(category=asked.category_id), parent=asked.parent_id)
    put_in_order(moved(like, request.POST), save=save_section, by=request.user)
    return redirect("knowledge:shelves")


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def new_category(request: DeskRequest) -> HttpResponse:
    wanted = request.GET.get("brand", "")
    brand = get_object_or_404(Brand, pk=int(wanted)) if wanted.isdigit() else None
    return _edit(
        request,
        None,
        CategoryForm,
        {"brand": brand, "source_locale": (brand.locale if brand else "") or "en"},
    )


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def category(request: DeskRequest, category_id: int) -> HttpResponse:
    row = category_of(category_id)
    return _edit(request, row, CategoryForm, {"brand": row.brand})


@require_POST
@permission_required(ARRANGE)
def category_removal(request: DeskRequest, category_id: int) -> HttpResponse:
    row = category_of(category_id)
    remove_category(row, by=request.user, with_articles="with_articles" in request.POST)
    messages.success(request, _("Removed “%(name)s”") % {"name": row.name})
    return redirect("knowledge:shelves")


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def new_section(request: DeskRequest) -> HttpResponse:
    wanted = request.GET.get("category", "")
    within = category_of(int(wanted)) if wanted.isdigit() else None
    return _edit(
        request,
        None,
        SectionForm,
        {"category": within, "source_locale": within.source_locale if within else "en", "sorting": "manual"},
    )


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def section(request: DeskRequest, section_id: int) -> HttpResponse:
    row = section_of(section_id)
    return _edit(
        request, row, SectionForm, {"category": row.category, "parent": row.parent, "sorting": row.sorting}
    )


@require_POST
@permission_required(ARRANGE)
def section_removal(request: DeskRequest, section_id: int) -> HttpResponse:
    row = section_of(section_id)
    remove_section(row, by=request.user, with_articles="with_articles" in request.POST)
    messages.success(request, _("Removed “%(name)s”") % {"name": row.name})
    return redirect("knowledge:shelves")


def _edit(request: DeskRequest, row: Any, form_class: type[Any], initial: dict[str, Any]) -> HttpResponse:
    form = form_class(request.POST or None, initial=values_of_shelf(row) | initial, row=row)
    if attempt(form, lambda _given: form.save(row, by=request.user)):
        messages.success(request, _("Saved"))
        return redirect("knowledge:shelves")
    context = {"form": form, "row": row, "is_section": form_class is SectionForm}
    return render(request, "knowledge/settings/shelf.html", context, status=status_of(form))


def _number(asked: str) -> int:
    return int(asked) if asked.isdigit() and len(asked) < 18 else 0
