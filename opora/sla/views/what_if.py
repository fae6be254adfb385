"""What if: a draft held against the past."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from opora.calendars.queries import calendars
from opora.core.attempts import status_of
from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, permission_required
from opora.sla.actions.ask_what_if import PERIODS, ask_what_if
from opora.sla.actions.save_policy import policies
from opora.sla.attainment import Share, names_of
from opora.sla.forms import PRIORITIES, PolicyForm
from opora.sla.models import WhatIf
from opora.sla.policy import CHANGE
from opora.sla.words import METRICS, OUTCOMES

CHAPTERS = {
    "all": gettext_lazy("Altogether"),
    "metric": gettext_lazy("By promise"),
    "brand": gettext_lazy("By brand"),
    "group": gettext_lazy("By group"),
    "priority": gettext_lazy("By priority"),
}


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def what_ifs(request: DeskRequest) -> HttpResponse:
    """The questions asked so far; a new one comes from the editor of a policy, or is about a calendar."""
    if request.method == "POST" and "preset" in request.POST:
        return _of_policy(request)
    if request.method == "POST":
        question = {"days": _number(request, "days"), "calendar": _calendar(request, "calendar")}
        asked = ask_what_if(question | {"instead_of": _calendar(request, "instead_of")}, by=request.user)
        return redirect("sla:what_if", asked.pk)
    found = WhatIf.objects.select_related("asked_by").order_by("-id")[:50]
    return render(
        request, "sla/what_ifs.html", {"found": found, "calendars": calendars(), "periods": PERIODS}
    )


@require_GET
@permission_required(CHANGE)
def what_if(request: DeskRequest, what_if_id: int) -> HttpResponse:
    """How far it is, then what came out."""
    asked = get_object_or_404(WhatIf.objects.select_related("asked_by"), pk=what_if_id)
    context = {"asked": asked, "chapters": _chapters(asked), "changed": _changed(asked)}
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "sla/_what_if.html" if fragment else "sla/what_if.html", context)


def _of_policy(request: DeskRequest) -> HttpResponse:
    form, row = PolicyForm(request.POST), policies().filter(pk=_number(request, "policy_id")).first()
    if not form.is_valid() or not form.content.targets:
        if form.is_valid():
            form.add_error(None, _("Promise at least one thing: fill in a time in the table."))
        context = {"form": form, "policy": row, "priorities": PRIORITIES}
        return render(request, "sla/policy.html", context, status=status_of(form))
    question = {"days": 30, "content": form.content.to_json(), "policy_id": row.pk if row else None}
    asked = ask_what_if(question | {"name": form.cleaned_data["name"]}, by=request.user)
    return redirect("sla:what_if", asked.pk)


def _number(request: DeskRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _calendar(request: DeskRequest, name: str) -> int:
    found = calendars().filter(pk=_number(request, name)).first()
    if found is None:
        raise Invalid(_("Choose two calendars."), field=name)
    return found.pk


def _chapters(asked: WhatIf) -> list[tuple[Any, list[tuple[str, Share, Share]]]]:
    if not asked.result:
        return []
    names: dict[str, dict[Any, str]] = names_of(("metric", "brand", "group", "priority"))
    names["all"] = {"": str(_("All promises"))}
    made = []
    for chapter, title in CHAPTERS.items():
        rows = [
            (names[chapter].get(value, "–"), Share(*before), Share(*after))
            for name, value, before, after in asked.result["rows"]
            if name == chapter
        ]
        made.append((title, sorted(rows, key=lambda row: row[0])))
    return made


def _changed(asked: WhatIf) -> list[dict[str, Any]]:
    rows = asked.result["changed"] if asked.result else []
    return [
        {
            "ticket": row["ticket"],
            "metric": METRICS[row["clock"].split(":")[1]],
            "before": OUTCOMES.get(row["before"], "–"),
            "after": OUTCOMES.get(row["after"], "–"),
            "is_better": row["after"] == "met",
        }
        for row in rows
    ]
