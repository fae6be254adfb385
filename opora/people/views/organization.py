"""Organizations: the list, a page, the form."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.people.actions.save_organization import save_organization
from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.people.forms import OrganizationForm, initial_of
from opora.people.models import Organization, Person
from opora.people.queries import organizations_named_like, people_of
from opora.people.views.lists import PAGE_SIZE, counted


@require_GET
@colleagues_only
def organizations(request: DeskRequest) -> HttpResponse:
    """Organizations, found by the beginning of a name or a mail domain."""
    wanted = request.GET.get("q", "")
    found = organizations_named_like(wanted)
    rows = found.prefetch_related("domains").annotate(
        size=Count("people", filter=Q(people__merged_into=None))
    )
    page = keyset_page(rows, order=["name"], size=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "q": wanted, "tab": "organizations"}
    if request.GET.get("cursor"):
        return render(request, "people/_organization_rows.html", context)
    return render(request, "people/organizations.html", context | {"count": counted(found)})


@require_GET
@colleagues_only
def organization_page(request: DeskRequest, organization_id: int) -> HttpResponse:
    """One organization with its domains and people; `?cursor=` gives more of the people."""
    organization = get_object_or_404(Organization, pk=organization_id)
    page = keyset_page(
        people_of(organization), order=["name"], size=PAGE_SIZE, cursor=request.GET.get("cursor", "")
    )
    context = {"organization": organization, "page": page}
    template = "people/_member_rows.html" if request.GET.get("cursor") else "people/organization.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@permission_required("people.edit")
def new_organization(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("people.edit")
def edit_organization(request: DeskRequest, organization_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Organization, pk=organization_id))


def _edit(request: DeskRequest, organization: Organization | None) -> HttpResponse:
    form = OrganizationForm(request.POST or None, initial=_initial(organization))
    saved = attempt(form, lambda given: _save(organization, given, request.user))
    if saved:
        messages.success(request, _("Saved"))
        return redirect("people:organization", saved.pk)
    context = {"form": form, "organization": organization}
    return render(request, "people/organization_form.html", context, status=status_of(form))


def _save(organization: Organization | None, given: dict[str, Any], by: Person) -> Organization:
    domains = given.pop("domains").replace(",", " ").split()
    return save_organization(organization, by=by, domains=[domain.lstrip("@") for domain in domains], **given)


def _initial(organization: Organization | None) -> dict[str, Any]:
    if organization is None:
        return {}
    domains = organization.domains.values_list("domain", flat=True)
    return initial_of(organization, OrganizationForm) | {"domains": "\n".join(domains)}
