"""Files in and out."""

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.downloads import serve_file
from opora.core.refusals import Invalid, NotFound
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Attachment
from opora.tickets.policy import may_see_comment


@require_POST
@colleagues_only
def uploads(request: DeskRequest) -> HttpResponse:
    """Keep a file until its comment is sent."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("No file came. Choose one again."), field="file")
    attachment = upload_attachment(
        file.chunks(),
        name=file.name or "",
        content_type=file.content_type or "",
        uploader=request.user,
        is_inline=request.POST.get("inline") == "true",
    )
    url = reverse("tickets:attachment", args=[attachment.pk, attachment.name])
    return JsonResponse(
        {"id": attachment.pk, "url": url, "name": attachment.name, "size": attachment.size}, status=201
    )


@require_GET
@colleagues_only
def attachment(request: DeskRequest, attachment_id: int, name: str) -> FileResponse:
    """One file: pictures are shown, everything else is only downloaded."""
    found = get_object_or_404(Attachment.objects.select_related("comment__ticket"), pk=attachment_id)
    if not _may_open(request.user, found):
        raise NotFound(_("There is no such file."))
    return serve_file(
        found.path, name=found.name, content_type=found.content_type, is_picture=found.is_picture
    )


def _may_open(person: Person, attachment: Attachment) -> bool:
    if attachment.comment is None:
        return attachment.uploader_id == person.pk
    return may_see_comment(person, attachment.comment)
