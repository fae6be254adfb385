"""Comments as they are written through the API."""

from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_attribute, invalid_record
from opora.api.writes.values import person_of
from opora.core.html import html_to_text, text_to_html
from opora.people.models import Person
from opora.tickets.actions.comment import NewComment
from opora.tickets.models import Attachment


def new_comment(
    given: Any, *, by: Person, author: Person | None = None, channel: str = "api", metadata: Any = None
) -> NewComment | None:
    """Return the comment that the attributes describe, None where there is none. Plain text stays exactly as it came.

    `author` writes it unless `author_id` names somebody. Raises 422 for an empty one.
    """
    if given is None or given == "":
        return None
    if isinstance(given, str):
        given = {"body": given}
    if not isinstance(given, dict):
        raise invalid_attribute("comment", "must be an object")
    body, html = _texts(given)
    files = uploads_of(given.get("uploads"), by=by)
    if not body.strip() and not html.strip() and not files:
        if not given or set(given) <= {"public", "author_id"}:
            return None
        raise invalid_record("base", "Description: cannot be blank", "BlankValue")
    writer = person_of("author_id", given.get("author_id")) if by.is_colleague else None
    is_public = given.get("public", True) not in (False, "false", 0)
    return NewComment(
        html=html,
        text=body,
        author=writer or author or by,
        is_public=is_public or not by.is_colleague,
        channel=channel,
        attachments=files,
        moves_status=False,
        details={"custom": metadata} if metadata else {},
    )


def _texts(given: Json) -> tuple[str, str]:
    """The comment as plain text and as HTML, each made from the other where only one is given."""
    for name in ("body", "value", "plain_body", "html_body"):
        if given.get(name) is not None and isinstance(given[name], (dict, list)):
            raise invalid_attribute(name, "must be a string")
    html = str(given.get("html_body") or "")
    body = str(given.get("body") or given.get("value") or given.get("plain_body") or "")
    if html:
        return html_to_text(html), html
    return body, text_to_html(body)


def uploads_of(tokens: Any, *, by: Person) -> list[Attachment]:
    """Return the waiting files of upload tokens, given as a list or as one. Raises 422 for a token that is none."""
    if not tokens:
        return []
    wanted = [str(token) for token in (tokens if isinstance(tokens, list) else [tokens])]
    files = list(Attachment.objects.filter(token__in=wanted, comment=None, uploader=by).order_by("id"))
    if {file.token for file in files} != set(wanted):
        raise invalid_record("base", "Attachment: token is invalid or has been used", "InvalidValue")
    return files
