"""Texts in several languages: the list, and each with its languages."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.people.languages import own_name
from opora.tickets.actions.save_dynamic_content import remove_item, remove_variant, save_item
from opora.tickets.dynamic_content import is_outdated
from opora.tickets.models import DynamicItem, DynamicVariant
from opora.tickets.text_forms import TextForm

PERMISSION = "settings.tickets"


@require_GET
@permission_required(PERMISSION)
def texts(request: DeskRequest) -> HttpResponse:
    rows = DynamicItem.objects.prefetch_related("variants")
    listed = [(item, [own_name(one.locale) for one in item.variants.all()]) for item in rows]
    return render(request, "tickets/settings/texts.html", {"texts": listed})


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def new_text(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def text(request: DeskRequest, text_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(DynamicItem, pk=text_id))


@require_POST
@permission_required(PERMISSION)
def text_removal(request: DeskRequest, text_id: int) -> HttpResponse:
    """Remove a text in all its languages."""
    row = get_object_or_404(DynamicItem, pk=text_id)
    remove_item(row, by=request.user)
    messages.success(request, _("Removed the text “%(name)s”") % {"name": row.name})
    return redirect("tickets:texts")


@require_POST
@permission_required(PERMISSION)
def variant_removal(request: DeskRequest, variant_id: int) -> HttpResponse:
    """Take one language away."""
    variant = get_object_or_404(DynamicVariant.objects.select_related("item"), pk=variant_id)
    remove_variant(variant, by=request.user)
    return redirect("tickets:text", variant.item_id)


def _edit(request: DeskRequest, row: DynamicItem | None) -> HttpResponse:
    form = TextForm(request.POST or None, item=row)
    saved = attempt(form, lambda given: save_item(row, by=request.user, **form.fields_of(given)))
    if saved:
        messages.success(request, _("Saved"))
        return redirect("tickets:text", saved.pk)
    context = {"form": form, "text": row, "variants": _variants(row)}
    return render(request, "tickets/settings/text.html", context, status=status_of(form))


def _variants(row: DynamicItem | None) -> list[dict[str, Any]]:
    if row is None:
        return []
    return [
        {"variant": one, "language": own_name(one.locale), "is_outdated": is_outdated(one, row)}
        for one in row.variants.all()
        if one.locale != row.locale
    ]
