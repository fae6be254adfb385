"""The first run: a desk with its administrator and brand, then its first mailbox."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from opora.automation.actions.standard_rules import create_standard_rules
from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.actions.save_mailbox import PASSWORDS, save_mailbox
from opora.channels.email.models import Mailbox
from opora.core.attempts import attempt, status_of
from opora.core.crypto import encrypt
from opora.core.refusals import NotFound
from opora.people.actions.save_desk import save_desk
from opora.people.addresses import valid_email
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person
from opora.people.queries import default_brand, desk
from opora.people.views.invitation import BACKEND
from opora.tickets.actions.open_desk import open_desk
from opora.web.welcome_forms import FirstMailboxForm, WelcomeForm

USUAL_ZONES = {"uk": "Europe/Kyiv", "en": "UTC"}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Name the desk and make its first administrator. Only ever once."""
    if desk() is not None:
        raise NotFound(_("This desk is set up already. Sign in instead."))
    form = WelcomeForm(request.POST or None, initial=_guesses())
    admin = attempt(form, lambda given: _open(**given))
    if admin:
        login(request, admin, backend=BACKEND)
        return redirect("web:welcome_mailbox")
    return render(request, "web/welcome.html", {"form": form}, status=status_of(form))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@permission_required("settings.channels")
def welcome_mailbox(request: DeskRequest) -> HttpResponse:
    """Name the first mailbox, or leave it for later."""
    if Mailbox.objects.exists():
        return redirect("tickets:workspace")
    form = FirstMailboxForm(request.POST or None)
    by = request.user
    if attempt(form, lambda _given: save_mailbox(by=by, brand=default_brand(), **form.values)):
        return redirect("tickets:workspace")
    return render(request, "web/welcome_mailbox.html", {"form": form}, status=status_of(form))


@sensitive_post_parameters("password")
@require_POST
@permission_required("settings.channels")
def welcome_trial(request: DeskRequest) -> HttpResponse:
    """Try the two servers as the form has them, and say how each answered. Nothing is saved."""
    form = FirstMailboxForm(request.POST)
    findings = check_mailbox(_unsaved(form), by=request.user) if form.is_valid() else []
    return render(request, "email/_findings.html", {"findings": findings, "form": form})


def _guesses() -> dict[str, Any]:
    language = (translation.get_language() or "en").partition("-")[0]
    return {"locale": language, "time_zone": USUAL_ZONES.get(language, "UTC")}


def _open(*, time_zone: str, **given: Any) -> Person:
    valid_email(given["admin_email"], field="admin_email")
    admin = open_desk(**given)
    create_standard_rules(given.get("locale", "en"))
    row = desk()
    if row is not None:
        save_desk(row, by=admin, time_zone=time_zone)
    return admin


def _unsaved(form: FirstMailboxForm) -> Mailbox:
    values = {name: encrypt(value) if name in PASSWORDS else value for name, value in form.values.items()}
    return Mailbox(brand=default_brand(), **values)
