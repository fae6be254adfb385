"""The settings of mailboxes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.forms import MailboxForm
from opora.channels.email.models import Mailbox
from opora.channels.email.queries import mailbox_with, mailboxes
from opora.channels.email.trial import unsaved_mailbox
from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, permission_required


@require_GET
@permission_required("settings.channels")
def mailbox_list(request: DeskRequest) -> HttpResponse:
    return render(request, "email/mailboxes.html", {"mailboxes": mailboxes()})


@require_http_methods(["GET", "POST"])
@permission_required("settings.channels")
def new_mailbox(request: DeskRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("settings.channels")
def mailbox(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    return _form(request, mailbox_with(mailbox_id))


@require_POST
@permission_required("settings.channels")
def trial(request: DeskRequest, mailbox_id: int | None = None) -> HttpResponse:
    """Try the connections as the form has them now, saved or not; answers a fragment."""
    stored = mailbox_with(mailbox_id) if mailbox_id else None
    form = MailboxForm(request.POST, instance=stored)
    findings = check_mailbox(unsaved_mailbox(form, stored), by=request.user) if form.is_valid() else []
    return render(request, "email/_findings.html", {"findings": findings, "form": form})


def _form(request: DeskRequest, stored: Mailbox | None) -> HttpResponse:
    form = MailboxForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_mailbox(stored, by=request.user, **form.values)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Saved. Changes of the connection work within seconds."))
            return redirect("email:mailbox", saved.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "email/mailbox_form.html", {"form": form, "mailbox": stored}, status=status)
