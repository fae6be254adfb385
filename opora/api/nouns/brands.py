"""Brands."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.templatetags.static import static

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import stamps_of
from opora.api.wire.times import stamp
from opora.knowledge.models import Category
from opora.people.models import Brand
from opora.tickets.models import TicketForm

KEPT = ("host_mapping",)
"""The desk answers on one address whatever the brand."""


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Brand.objects.in_bulk(ids)
    times = stamps_of(call, "brand", ids)
    forms = TicketForm.objects.filter(is_active=True).prefetch_related("brands")
    kept = kept_attributes("brand", ids)
    written = set(
        Category.objects.filter(brand__in=ids).order_by().values_list("brand_id", flat=True).distinct()
    )
    return [
        _brand(call, rows[pk], times[pk][1], _forms_of(pk, forms), has_articles=pk in written)
        | kept.get(pk, {})
        for pk in ids
        if pk in rows
    ]


def _forms_of(brand_id: int, forms: Iterable[TicketForm]) -> list[int]:
    return [
        form.pk
        for form in forms
        if brand_id in (wanted := [brand.pk for brand in form.brands.all()]) or not wanted
    ]


def _brand(call: Call, brand: Brand, updated_at: datetime, forms: list[int], *, has_articles: bool) -> Json:
    return {
        "url": call.url(f"brands/{brand.pk}"),
        "id": brand.pk,
        "name": brand.name,
        "brand_url": brand.website or call.base,
        "subdomain": brand.slug,
        "host_mapping": None,
        "has_help_center": has_articles,
        "help_center_state": "enabled" if has_articles else "disabled",
        "active": brand.is_active,
        "default": brand.is_default,
        "is_deleted": False,
        "logo": _logo(call, brand),
        "ticket_form_ids": forms,
        "signature_template": brand.signature or None,
        "created_at": stamp(brand.created_at),
        "updated_at": stamp(max(brand.created_at, updated_at)),
    }


def _logo(call: Call, brand: Brand) -> Json:
    """The picture that the brand is shown with: its own, or the mark of the product, which every page has."""
    own = bool(brand.logo)
    address = f"{call.base}{brand.logo_url or static('web/logo.svg')}"
    return {
        "url": call.url(f"brands/{brand.pk}"),
        "id": brand.pk,
        "file_name": f"brand_{brand.pk}.webp" if own else "logo.svg",
        "content_url": address,
        "mapped_content_url": address,
        "content_type": "image/webp" if own else "image/svg+xml",
        "size": 0,
        "width": 80,
        "height": 80,
        "inline": False,
        "deleted": False,
        "thumbnails": [],
    }


BRANDS = Noun("brand", "brands", "brands", lambda call: Brand.objects.all(), _present)
