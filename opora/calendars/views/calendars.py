"""Calendars: the list, the editor, its history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.calendars.actions.remove_calendar import remove_calendar
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.forms import USES, CalendarForm, week_initial
from opora.calendars.glance import glance, rows
from opora.calendars.models import Calendar
from opora.calendars.policy import CHANGE
from opora.calendars.queries import calendar_of, current_content, default_calendar, schedule_of
from opora.core import clock
from opora.core.attempts import attempt, status_of
from opora.core.business_time import Hours, Schedule
from opora.people import queries as people
from opora.people.doors import DeskRequest, permission_required


@require_GET
@permission_required(CHANGE)
def calendar_list(request: DeskRequest) -> HttpResponse:
    return render(request, "calendars/calendars.html", {"rows": rows()})


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def new_calendar(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def calendar(request: DeskRequest, calendar_id: int) -> HttpResponse:
    return _edit(request, calendar_of(calendar_id))


@require_POST
@permission_required(CHANGE)
def removal(request: DeskRequest, calendar_id: int) -> HttpResponse:
    row = calendar_of(calendar_id)
    remove_calendar(row, by=request.user)
    messages.success(request, _("Removed the calendar “%(name)s”") % {"name": row.name})
    return redirect("calendars:calendars")


@require_GET
@permission_required(CHANGE)
def versions(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """What the calendar said from when on."""
    row = calendar_of(calendar_id)
    found = row.versions.select_related("saved_by").order_by("-number")[:200]
    return render(request, "calendars/versions.html", {"calendar": row, "versions": found})


@require_POST
@permission_required(CHANGE)
def preview(request: DeskRequest) -> HttpResponse:
    """Whether hours that are being edited are open now; answers a fragment."""
    form = CalendarForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    whole = bool(given.get("zone")) and all(f"day_{place}" in given for place in range(7))
    context: dict[str, Any] = {"form": form, "glance": None}
    if whole:
        hours = Hours(given["zone"], form.week)
        context["glance"] = glance(Schedule.of(hours), clock.now(), hours.zone)
    return render(request, "calendars/_preview.html", context)


@require_GET
@permission_required(CHANGE)
def subdivisions(request: DeskRequest) -> HttpResponse:
    """The parts of the country that is being chosen; answers the field."""
    form = CalendarForm(initial={"country": request.GET.get("country", "")})
    return render(request, "calendars/_subdivision.html", {"form": form})


def _edit(request: DeskRequest, row: Calendar | None) -> HttpResponse:
    form = CalendarForm(request.POST or None, initial=_initial(row))
    saved = attempt(form, lambda given: _save(row, form, request))
    if saved:
        messages.success(request, _("Saved"))
        return redirect("calendars:calendars") if row else redirect("calendars:days", saved.pk)
    context: dict[str, Any] = {"form": form, "calendar": row}
    if row:
        content = current_content(row)
        context["glance"] = glance(schedule_of(row.pk), clock.now(), content.zone) if content else None
    return render(request, "calendars/calendar.html", context, status=status_of(form))


def _save(row: Calendar | None, form: CalendarForm, request: DeskRequest) -> Calendar:
    given = form.cleaned_data
    hours = WeekHours(given["zone"], form.week, form.begins_at)
    uses = {kind: [subject.pk for subject in given[field]] for kind, field in USES}
    fields = {name: given[name] for name in ("name", "country", "subdivision", "is_default")}
    return save_calendar(row, by=request.user, hours=hours, uses=uses, **fields)


def _initial(row: Calendar | None) -> dict[str, Any]:
    content = current_content(row) if row else None
    desk = people.desk()
    initial: dict[str, Any] = week_initial(content)
    initial["zone"] = content.zone if content else (desk.time_zone if desk else "UTC")
    if row is None:
        return initial | {"is_default": default_calendar() is None}
    chosen = {
        field: list(row.uses.filter(kind=kind).values_list("subject_id", flat=True)) for kind, field in USES
    }
    same = {name: getattr(row, name) for name in ("name", "country", "subdivision", "is_default")}
    return initial | same | chosen
