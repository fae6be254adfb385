"""Settings: the queues in their order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.routing.actions.save_queue import remove_queue, save_queue
from opora.routing.models import Queue
from opora.routing.policy import SETTINGS
from opora.routing.queries import queues, waiting_by_queue
from opora.routing.settings_forms import QueueForm
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.conditions import describe
from opora.tickets.views.settings_order import moved

NEW = {"is_active": True, "is_sticky": True, "takes_back": True, "relax_minutes": 15, "language": "wanted"}


@require_GET
@permission_required(SETTINGS)
def queue_list(request: DeskRequest) -> HttpResponse:
    waiting = waiting_by_queue()
    rows = [(queue, describe(queue.conditions), waiting.get(queue.pk, 0)) for queue in queues()]
    return render(request, "routing/settings/queues.html", {"rows": rows})


@require_POST
@permission_required(SETTINGS)
def queue_order(request: DeskRequest) -> HttpResponse:
    """Move a queue one place up or down."""
    put_in_order(moved(queues(), request.POST), save=save_queue, by=request.user)
    return redirect("routing:queues")


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def new_queue(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def queue(request: DeskRequest, queue_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(queues(), pk=queue_id))


@require_POST
@permission_required(SETTINGS)
def queue_removal(request: DeskRequest, queue_id: int) -> HttpResponse:
    row = get_object_or_404(queues(), pk=queue_id)
    name = row.name
    remove_queue(row, by=request.user)
    messages.success(request, _("Removed the queue “%(name)s”") % {"name": name})
    return redirect("routing:queues")


def _edit(request: DeskRequest, row: Queue | None) -> HttpResponse:
    form = QueueForm(request.POST or None, initial=_initial(row))
    if attempt(form, lambda given: save_queue(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("routing:queues")
    return render(
        request, "routing/settings/queue.html", {"form": form, "queue": row}, status=status_of(form)
    )


def _initial(row: Queue | None) -> dict[str, Any]:
    return initial_of(row, QueueForm) | {"group": row.group_id} if row else NEW
