"""Short lists for fields that find. Each answers [{value, label, hint}]."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.languages import zones_like
from opora.people.queries import customers, named_like, organizations_named_like

MOST = 12


@require_GET
@colleagues_only
def zones(request: DeskRequest) -> JsonResponse:
    return JsonResponse(
        [{"value": name, "label": name, "hint": ""} for name in zones_like(request.GET.get("q", ""))],
        safe=False,
    )


@require_GET
@colleagues_only
def organizations(request: DeskRequest) -> JsonResponse:
    found = organizations_named_like(request.GET.get("q", ""))[:MOST]
    return JsonResponse([{"value": row.pk, "label": row.name, "hint": ""} for row in found], safe=False)


@require_GET
@colleagues_only
def customer_options(request: DeskRequest) -> JsonResponse:
    """Customers, but for the one of ?beside=."""
    beside = request.GET.get("beside", "")
    found = named_like(customers(), request.GET.get("q", "")).order_by("name", "id")
    if beside.isdecimal() and len(beside) < 18:
        found = found.exclude(pk=int(beside))
    return JsonResponse(
        [{"value": row.pk, "label": str(row), "hint": row.email} for row in found[:MOST]], safe=False
    )
