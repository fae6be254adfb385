"""A mail as it came."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.channels.email.original import raw_of, words_of_original
from opora.channels.email.queries import original_for
from opora.people.doors import DeskRequest, colleagues_only


@require_GET
@colleagues_only
def original(request: DeskRequest, mail_id: int) -> HttpResponse:
    mail = original_for(request.user, mail_id)
    return render(request, "email/original.html", {"mail": mail, "words": words_of_original(mail)})


@require_GET
@colleagues_only
def download(request: DeskRequest, mail_id: int) -> HttpResponse:
    """The message as a file; never shown in place, for it is whatever a stranger made it."""
    mail = original_for(request.user, mail_id)
    response = HttpResponse(raw_of(mail), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="message-{mail.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
