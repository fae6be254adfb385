"""The queue of suspended mail."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from opora.channels.email.actions.delete_mail import delete_mail
from opora.channels.email.actions.release_mail import release_mail
from opora.channels.email.models import SuspendedMail
from opora.channels.email.original import words_of_original
from opora.channels.email.queries import suspended_mails, suspended_with, waiting_reasons
from opora.core.pagination import keyset_page
from opora.core.refusals import Conflict, Invalid
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person

PAGE = 50


@require_GET
@permission_required("tickets.spam")
def suspended_list(request: DeskRequest) -> HttpResponse:
    reason = request.GET.get("reason", "")
    found = suspended_mails().filter(reason=reason) if reason else suspended_mails()
    page = keyset_page(found, order=["-suspended_at"], size=PAGE, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "reason": reason,
        "reasons": waiting_reasons(),
        "count": suspended_mails().count(),
    }
    fragment = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(
        request, "email/_suspended_rows.html" if fragment else "email/suspended_mails.html", context
    )


@require_GET
@permission_required("tickets.spam")
def suspended_mail(request: DeskRequest, mail_id: int) -> HttpResponse:
    suspension = suspended_with(mail_id)
    context = {"suspension": suspension, "mail": suspension.mail, "words": words_of_original(suspension.mail)}
    return render(request, "email/suspended_mail.html", context)


@require_POST
@permission_required("tickets.spam")
def decision(request: DeskRequest, mail_id: int) -> HttpResponse:
    """One mail is released or deleted."""
    suspension = suspended_with(mail_id)
    _decide(request.POST.get("decision", ""))(suspension, request.user)
    if suspension.mail.ticket:
        return redirect(suspension.mail.ticket)
    return redirect("email:suspended")


@require_POST
@permission_required("tickets.spam")
def decisions(request: DeskRequest) -> HttpResponse:
    """Several mails are released or deleted; those that somebody else has decided about are passed over."""
    ids = [int(value) for value in request.POST.getlist("mail") if value.isdigit()]
    decide, done = _decide(request.POST.get("decision", "")), 0
    for suspension in suspended_mails().filter(mail_id__in=ids)[:PAGE]:
        done += _was_decided(decide, suspension, request.user)
    messages.success(
        request,
        ngettext("%(count)s mail is dealt with.", "%(count)s mails are dealt with.", done) % {"count": done},
    )
    return redirect("email:suspended")


Decision = Callable[[SuspendedMail, Person], object]

_DECISIONS: dict[str, Decision] = {
    "release": lambda suspension, by: release_mail(suspension, by=by),
    "release_sender": lambda suspension, by: release_mail(suspension, by=by, lift_suspension=True),
    "delete": lambda suspension, by: delete_mail(suspension, by=by),
}


def _decide(name: str) -> Decision:
    if name not in _DECISIONS:
        raise Invalid(_("Choose whether to release or to delete."), field="decision")
    return _DECISIONS[name]


def _was_decided(decide: Decision, suspension: SuspendedMail, by: Person) -> bool:
    try:
        decide(suspension, by)
    except Conflict:
        return False
    return True
