"""Macros: the list and the editor."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.macro_forms import EVERYBODY, MINE, MacroForm, initial_of_macro
from opora.tickets.models import Macro
from opora.tickets.placeholders import offered_placeholders
from opora.tickets.policy import may_change_macro
from opora.tickets.queries import macros_for
from opora.tickets.views.settings_order import asked_row, moved

SHARE = "macros.share"


@require_GET
@colleagues_only
def macro_list(request: DeskRequest) -> HttpResponse:
    """One's own macros, and the shared ones."""
    wanted = request.GET.get("q", "").strip()[:160]
    found = _shown_to(request.user).select_related("group")
    rows = [row for row in found if wanted.casefold() in row.title.casefold()]
    own = [row for row in rows if row.owner_id]
    shared = [row for row in rows if not row.owner_id]
    context = {"own": own, "shared": shared, "q": wanted, "may_share": SHARE in request.user.allowed}
    return render(request, "tickets/settings/macros.html", context)


@require_POST
@colleagues_only
def macro_order(request: DeskRequest) -> HttpResponse:
    """Put a macro, or all of them, in another place among their like."""
    shown = _shown_to(request.user)
    own = shown.filter(owner=request.user)
    rows = own if asked_row(request.POST) in {str(row.pk) for row in own} else shown.filter(owner=None)
    put_in_order(moved(rows, request.POST), save=save_macro, by=request.user)
    return redirect("tickets:macros")


@require_http_methods(["GET", "POST"])
@colleagues_only
def new_macro(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@colleagues_only
def edit_macro(request: DeskRequest, macro_id: int) -> HttpResponse:
    row = get_object_or_404(_shown_to(request.user), pk=macro_id)
    require(may_change_macro(request.user, row))
    return _edit(request, row)


def _edit(request: DeskRequest, row: Macro | None) -> HttpResponse:
    initial = initial_of_macro(row) if row else _blank(request.user)
    form = MacroForm(request.POST or None, by=request.user, initial=initial)
    if attempt(form, lambda _given: save_macro(row, by=request.user, **form.values(row))):
        messages.success(request, _("Saved"))
        return redirect("tickets:macros")
    context = {
        "form": form,
        "macro": row,
        "placeholders": [f"{{{{{name}}}}}" for name in offered_placeholders()],
    }
    return render(request, "tickets/settings/macro.html", context, status=status_of(form))


def _blank(person: Person) -> dict[str, object]:
    return {"audience": EVERYBODY if SHARE in person.allowed else MINE, "is_active": True}


def _shown_to(person: Person) -> QuerySet[Macro]:
    """Their own and, for whoever keeps the shared ones, all of these; for others those that they can apply."""
    if SHARE in person.allowed:
        return Macro.objects.filter(Q(owner=person) | Q(owner=None))
    return Macro.objects.filter(Q(owner=person) | Q(pk__in=macros_for(person).values("pk")))
