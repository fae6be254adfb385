"""Lists of people: customers and colleagues."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.core.pagination import keyset_page
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.queries import customers, named_like

PAGE_SIZE = 50
MOST_COUNTED = 1000
"""A count above this is shown as “999+”."""
SORTS = {"name", "-name", "updated_at", "-updated_at"}


@require_GET
@colleagues_only
def people(request: DeskRequest) -> HttpResponse:
    """Customers, found by the beginning of a name or address; `?cursor=` gives the next rows alone."""
    wanted, sort = request.GET.get("q", ""), request.GET.get("sort", "-updated_at")
    sort = sort if sort in SORTS else "-updated_at"
    found = named_like(customers(), wanted)
    page = keyset_page(found, order=[sort], size=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "q": wanted, "sort": sort, "tab": "customers"}
    if request.GET.get("cursor"):
        return render(request, "people/_customer_rows.html", context)
    return render(request, "people/customers.html", context | {"count": counted(found)})


@require_GET
@colleagues_only
def colleague_list(request: DeskRequest) -> HttpResponse:
    """Who works here, with roles and groups."""
    wanted = request.GET.get("q", "")
    everybody = Person.objects.colleagues().select_related("role").prefetch_related("memberships__group")
    page = keyset_page(
        named_like(everybody, wanted), order=["name"], size=PAGE_SIZE, cursor=request.GET.get("cursor", "")
    )
    context = {"page": page, "q": wanted, "tab": "colleagues"}
    if request.GET.get("cursor"):
        return render(request, "people/_colleague_rows.html", context)
    return render(
        request, "people/colleague_list.html", context | {"count": counted(named_like(everybody, wanted))}
    )


def counted(rows) -> str:  # type: ignore[no-untyped-def]
    """Return how many rows there are, as text, counting no further than anybody would read."""
    count = len(rows.order_by().values_list("pk", flat=True)[:MOST_COUNTED])
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)
