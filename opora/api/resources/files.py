"""Uploads that wait for a comment, and attachments."""

import mimetypes
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from opora.api.links import file_of
from opora.api.nouns.attachments import attachment_json
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import FLAG, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.routing import operation
from opora.api.wire.texts import clean_text
from opora.api.wire.times import stamp
from opora.core.downloads import serve_file
from opora.core.refusals import NotFound
from opora.tickets.actions.upload import discard_uploads, upload_attachment
from opora.tickets.models import Attachment
from opora.tickets.policy import may_see_comment

LASTS = timedelta(days=3)
CHUNK = 256 * 1024
_BYTES = {"", "application/binary", "application/octet-stream", "application/x-www-form-urlencoded"}
ATTACHMENT = Body("attachment", {"malware_access_override": FLAG})


@operation("POST", "uploads", who="people", in_update=False)
def upload(call: Call) -> Answer:
    """Keep a file until a comment takes it; with `token` it joins the files of an earlier upload."""
    token = call.param("token")
    if token and not _waiting(call, token).exists():
        raise invalid_record("token", "is invalid or has been used")
    file = upload_attachment(
        _chunks(call.request),
        name=call.param("filename") or "attachment",
        content_type=_content_type(call),
        uploader=call.person,
        **({"token": token} if token else {}),
    )
    shown = attachment_json(call, file)
    files = [attachment_json(call, one) for one in _waiting(call, file.token)]
    body = {
        "token": file.token,
        "expires_at": stamp(file.created_at + LASTS),
        "attachments": files,
        "attachment": shown,
    }
    return Answer({"upload": body}, 201, {"Location": shown["url"]})


def _content_type(call: Call) -> str:
    """What the client says the file is; what its name says where the client only says that it is bytes."""
    said = clean_text(call.request.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    guessed = mimetypes.guess_type(call.param("filename"))[0] if said in _BYTES else None
    return guessed or said


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


@operation("DELETE", "uploads/{token:text}", who="people")
def delete_upload(call: Call, token: str) -> Answer:
    """Throw away the files of an upload that no comment has taken."""
    if not discard_uploads(clean_text(token), uploader=call.person):
        raise not_found()
    return NOTHING


def _waiting(call: Call, token: str) -> Any:
    return Attachment.objects.filter(token=token, comment=None, uploader=call.person).order_by("id")


@operation("GET", "attachments/{attachment_id}", who="people")
def show_attachment(call: Call, attachment_id: int) -> Json:
    """Show what is known of a file."""
    return {"attachment": attachment_json(call, _file(call, attachment_id))}


@operation("PUT", "attachments/{attachment_id}", takes=ATTACHMENT)
def update_attachment(call: Call, attachment_id: int) -> Json:
    """Say whether a file may be opened although it is suspicious; files are not scanned here, so nothing changes."""
    given = call.read(ATTACHMENT)
    shown = attachment_json(call, _file(call, attachment_id))
    if given.get("malware_access_override"):
        raise invalid_record("malware_access_override", "is not available: files are not scanned")
    return {"attachment": shown}


def _file(call: Call, attachment_id: int) -> Attachment:
    file = Attachment.objects.select_related("comment__ticket").filter(pk=attachment_id).first()
    if file is None:
        raise not_found()
    if file.comment is None and file.uploader_id != call.person.pk:
        raise not_found()
    if file.comment and not may_see_comment(call.person, file.comment):
        raise not_found()
    return file


@require_GET
def content(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a file to whoever has its signed address."""
    file = file_of(token)
    if file is None or not file.sha256:
        raise NotFound("There is no such file.")
    return serve_file(file.path, name=file.name, content_type=file.content_type, is_picture=file.is_picture)  # type: ignore[return-value]
