"""Settings: audiences of articles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.knowledge.actions.save_segment import remove_segment, save_segment
from opora.knowledge.models import Segment
from opora.knowledge.policy import ARRANGE
from opora.knowledge.queries import segments
from opora.knowledge.settings_forms import SegmentForm, initial_of_segment
from opora.people.doors import DeskRequest, permission_required


@require_GET
@permission_required(ARRANGE)
def segment_list(request: DeskRequest) -> HttpResponse:
    return render(request, "knowledge/settings/segments.html", {"rows": segments()})


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def new_segment(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def segment(request: DeskRequest, segment_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Segment, pk=segment_id))


@require_POST
@permission_required(ARRANGE)
def segment_removal(request: DeskRequest, segment_id: int) -> HttpResponse:
    row = get_object_or_404(Segment, pk=segment_id)
    remove_segment(row, by=request.user)
    messages.success(request, _("Removed “%(name)s”") % {"name": row})
    return redirect("knowledge:segments")


def _edit(request: DeskRequest, row: Segment | None) -> HttpResponse:
    form = SegmentForm(request.POST or None, initial=initial_of_segment(row))
    if attempt(form, lambda given: save_segment(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("knowledge:segments")
    context = {"form": form, "row": row}
    return render(request, "knowledge/settings/segment.html", context, status=status_of(form))
