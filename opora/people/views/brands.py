"""Brands: the list, the form, and pictures of ours."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.core.attempts import attempt, status_of
from opora.core.refusals import NotFound
from opora.core.uses import warn_of_uses
from opora.people.actions.save_brand import save_brand
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.people.models import Brand
from opora.people.pictures import picture_path, store_picture
from opora.people.settings_forms import BrandForm


@require_GET
@permission_required("settings.channels")
def brands(request: DeskRequest) -> HttpResponse:
    rows = Brand.objects.order_by("-is_active", "-is_default", "name")
    return render(request, "people/settings/brands.html", {"brands": rows})


@require_http_methods(["GET", "POST"])
@permission_required("settings.channels")
def new_brand(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("settings.channels")
def brand(request: DeskRequest, brand_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Brand, pk=brand_id))


@require_GET
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One of our small pictures, for anybody: mails and public pages show them. Only a picture can come of it."""
    path = picture_path(name)
    if not path.exists():
        raise NotFound(_("There is no such picture."))
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _edit(request: DeskRequest, row: Brand | None) -> HttpResponse:
    initial = initial_of(row, BrandForm) if row else {"hue": 195, "is_active": True}
    form = BrandForm(request.POST or None, request.FILES or None, initial=initial)
    saved = attempt(form, lambda given: _save(row, given, request))
    if saved:
        warn_of_uses(request, saved)
        messages.success(request, _("Saved"))
        return redirect("people:brands")
    context = {"form": form, "brand": row}
    return render(request, "people/settings/brand.html", context, status=status_of(form))


def _save(row: Brand | None, given: dict[str, Any], request: DeskRequest) -> Brand:
    upload = given.pop("logo")
    if upload:
        given["logo"] = store_picture(upload, field="logo")
    elif request.POST.get("without_logo"):
        given["logo"] = ""
    return save_brand(row, by=request.user, **given)
