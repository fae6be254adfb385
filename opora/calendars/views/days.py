"""Holidays and special days of a calendar, over a year."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from opora.calendars.actions.special_days import (
    import_days,
    observe_holiday,
    put_special_days,
    remove_special_day,
)
from opora.calendars.forms import DayForm, ImportForm
from opora.calendars.glance import local_now
from opora.calendars.holiday_books import countries
from opora.calendars.models import Calendar
from opora.calendars.policy import CHANGE
from opora.calendars.queries import calendar_of, current_content
from opora.calendars.special import Content
from opora.calendars.year_view import months_of, of_year
from opora.core.attempts import attempt, status_of
from opora.core.refusals import NotFound
from opora.people.doors import DeskRequest, permission_required


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def days(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """The year, and a form for one more special day."""
    calendar = calendar_of(calendar_id)
    form = DayForm(request.POST or None)
    done = attempt(form, lambda given: put_special_days(calendar, [form.day], by=request.user))
    if done:
        messages.success(request, _("Saved"))
        return _back(calendar, form.day.date)
    return _page(request, calendar, {"day_form": form}, form)


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def imports(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """Days off from an iCalendar file."""
    calendar = calendar_of(calendar_id)
    form = ImportForm(request.POST or None, request.FILES or None)
    count = attempt(form, lambda given: import_days(calendar, form.content, by=request.user))
    if count:
        said = ngettext("Took over %(count)s day", "Took over %(count)s days", count) % {"count": count}
        messages.success(request, said)
        return redirect("calendars:days", calendar.pk)
    return render(
        request, "calendars/import.html", {"calendar": calendar, "form": form}, status=status_of(form)
    )


@require_POST
@permission_required(CHANGE)
def day_removal(request: DeskRequest, calendar_id: int, day: str) -> HttpResponse:
    """A date is like its weekday again; a public holiday is worked."""
    calendar, chosen = calendar_of(calendar_id), _date(day)
    remove_special_day(calendar, chosen, by=request.user)
    return _back(calendar, chosen)


@require_POST
@permission_required(CHANGE)
def day_observance(request: DeskRequest, calendar_id: int, day: str) -> HttpResponse:
    """A public holiday that was worked is a day off again."""
    calendar, chosen = calendar_of(calendar_id), _date(day)
    observe_holiday(calendar, chosen, by=request.user)
    return _back(calendar, chosen)


def _page(request: DeskRequest, calendar: Calendar, context: dict[str, Any], form: Form) -> HttpResponse:
    content = current_content(calendar) or Content("UTC", ((),) * 7)
    today = local_now(content.zone).date()
    year = _year(request.GET.get("year", ""), today.year)
    context |= {
        "calendar": calendar,
        "year": year,
        "months": months_of(year, content, today=today),
        "days": of_year(content.days, year),
        "country": countries().get(calendar.country, ""),
    }
    return render(request, "calendars/days.html", context, status=status_of(form))


def _year(text: str, present: int) -> int:
    year = int(text) if text.isdecimal() and len(text) == 4 else present
    return min(max(year, present - 20), present + 20)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise NotFound(_("There is no such day.")) from problem


def _back(calendar: Calendar, day: date) -> HttpResponse:
    return redirect(f"{reverse('calendars:days', args=[calendar.pk])}?year={day.year}")
