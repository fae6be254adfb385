"""The component gallery: every token, component and state on pages that need no database."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static

from opora.tickets.conditions import ConditionsField
from opora.web import samples

COLOURS = (
    "bg", "surface", "surface-2", "surface-3", "float", "line", "line-2", "text", "text-2", "text-3",
    "accent", "accent-2", "accent-weak", "on-accent", "focus", "ok", "ok-weak", "warn", "warn-weak",
    "danger", "danger-2", "danger-weak", "info", "info-weak", "note", "note-2", "note-line", "note-ink", "mark",
)  # fmt: skip


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As customers will see it in replies.")
    email = forms.EmailField(label="E-mail")
    language = forms.ChoiceField(
        label="Language", choices=[("uk", "Українська"), ("de", "Deutsch"), ("en", "English")]
    )
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    contact = forms.ChoiceField(
        label="Answer by",
        choices=[("mail", "E-mail"), ("phone", "Phone")],
        widget=forms.RadioSelect,
        required=False,
    )
    vip = forms.BooleanField(
        label="Treat as a key customer", help_text="Shorter promises apply.", required=False
    )


class ConditionsForm(forms.Form):
    conditions = ConditionsField()
    trigger = ConditionsField(label="Trigger", for_rules=True)


View = Callable[..., HttpResponse]


def builders_only(view: View) -> View:
    """The gallery is for those who build: open while developing, and to colleagues."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not settings.DEBUG and not getattr(request.user, "is_colleague", False):
            raise Http404
        return view(request, **arguments)

    return guarded


@builders_only
def components(request: HttpRequest) -> HttpResponse:
    form = SampleForm(
        {"name": "Олександра-Вікторія Кучеренко-Лисогорська", "email": "не адреса", "language": "uk"}
    )
    context = {
        "colours": COLOURS,
        "form": form,
        "blank_form": SampleForm(prefix="blank"),
        **samples.components(),
    }
    return render(request, "web/gallery/components.html", context)


@builders_only
def workspace(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery/workspace.html", samples.workspace())


@builders_only
def table(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery/table.html", samples.workspace())


@builders_only
def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery/plain.html", {"form": SampleForm()})


@builders_only
def conditions(request: HttpRequest) -> HttpResponse:
    """The editor of conditions, with the fields of this desk."""
    return render(
        request, "web/gallery/conditions.html", {"form": ConditionsForm(initial=samples.CONDITIONS)}
    )


@builders_only
def answers(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer what controllers ask for: options, saved drafts, uploads, presence, a refusal and the palette's groups."""
    wanted = request.GET.get("q", "").casefold()
    if kind in samples.OPTIONS:
        found = [option for option in samples.OPTIONS[kind] if wanted in str(option["label"]).casefold()]
        return JsonResponse(found[:20], safe=False)
    if kind == "draft":
        return HttpResponse(status=204)
    if kind == "upload":
        return JsonResponse({"id": "1", "url": static("web/logo.svg"), "size": 12_000}, status=201)
    if kind == "presence":
        return render(request, "web/gallery/_presence.html", samples.components())
    if kind == "palette":
        return render(request, "web/gallery/_palette.html", {"wanted": wanted, **samples.workspace()})
    if kind == "refusal":
        return HttpResponse(
            "This ticket is closed. Write a follow-up instead.", status=409, content_type="text/plain"
        )
    if kind == "undo":
        response = HttpResponse(status=204)
        response["Opora-Toast"] = json.dumps({"text": "The reply was not sent; it is in the composer again."})
        return response
    raise Http404
