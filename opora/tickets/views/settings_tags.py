"""Tags: how often each is used, renaming, joining."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.people.doors import DeskRequest, permission_required
from opora.tickets.actions.rename_tag import rename_tag
from opora.tickets.models import Tag
from opora.tickets.settings_forms import TagForm

PERMISSION = "settings.tickets"
PAGE_SIZE = 100


@require_GET
@permission_required(PERMISSION)
def tags(request: DeskRequest) -> HttpResponse:
    """Tags by name, those that contain `?q=`."""
    wanted = request.GET.get("q", "").strip().lower()[:80]
    rows = Tag.objects.filter(name__contains=wanted).annotate(uses=Count("marks"))
    page = keyset_page(rows, order=["name"], size=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    template = (
        "tickets/settings/_tag_rows.html" if request.GET.get("cursor") else "tickets/settings/tags.html"
    )
    return render(request, template, {"page": page, "q": wanted})


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def tag(request: DeskRequest, tag_id: int) -> HttpResponse:
    """Give a tag another name, perhaps that of another tag."""
    row = get_object_or_404(Tag.objects.annotate(uses=Count("marks")), pk=tag_id)
    form = TagForm(request.POST or None, initial={"name": row.name})
    saved = attempt(form, lambda given: rename_tag(row, given["name"], by=request.user))
    if saved:
        messages.success(request, _("The tag is “%(name)s” everywhere now") % {"name": saved.name})
        return redirect("tickets:tags")
    return render(request, "tickets/settings/tag.html", {"form": form, "tag": row}, status=status_of(form))
