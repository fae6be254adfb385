"""The `event` object of each kind of event: what was before and what is now, as the Zendesk reference shapes it.

Ids are texts; words of status, priority and type are in upper case; moments are in UTC and end in Z.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from opora.people.events import IdentityAdded, IdentityRemoved, PersonFact
from opora.tickets.events import CommentRedacted, StatusMoved, TicketAssigned, TicketChanged, TicketCommented
from opora.tickets.models import Comment, TicketField
from opora.webhooks.payloads.values import iso, text_id

Change = dict[str, Any]
LONGEST_COMMENT = 64 * 1024


def plain(fact: TicketChanged) -> Change:
    return {"current": fact.after, "previous": fact.before}


def words(fact: TicketChanged | StatusMoved) -> Change:
    """Status, priority, type: OPEN, URGENT, INCIDENT."""
    before, after = (str(word).upper() if word else None for word in (fact.before, fact.after))  # type: ignore[union-attr]
    return {"current": after, "previous": before}


def moments(fact: TicketChanged) -> Change:
    return {"current": _moment(fact.after), "previous": _moment(fact.before)}


def assignee(fact: TicketAssigned) -> Change:
    return {"current": text_id(fact.assignee_id), "previous": text_id(fact.before_assignee_id)}


def group(fact: TicketAssigned) -> Change:
    return {"current": text_id(fact.group_id), "previous": text_id(fact.before_group_id)}


def tags(fact: TicketChanged) -> Change:
    before, after = set(fact.before or ()), set(fact.after or ())
    return {"tags_added": sorted(after - before), "tags_removed": sorted(before - after)}


def custom_field(fact: TicketChanged) -> Change:
    """A field of several choices has lists of values, any other one value or null."""
    field = TicketField.objects.filter(pk=fact.field.removeprefix("field_")).first()
    several = field is not None and field.type == TicketField.Type.MULTISELECT
    return {
        "custom_field": {
            "id": fact.field.removeprefix("field_"),
            "title": field.title if field else fact.title,
            "type": field.type if field else "text",
        },
        "current": _values(fact.after, several=several),
        "previous": _values(fact.before, several=several),
    }


def comment(fact: TicketCommented | CommentRedacted) -> Change:
    """The comment as it stands now: what was redacted meanwhile is not told."""
    found = Comment.objects.select_related("author").filter(pk=fact.comment_id).first()
    if found is None:
        return {"comment": {"id": str(fact.comment_id)}}
    return {
        "comment": {
            "author": {
                "id": str(found.author_id),
                "is_staff": found.is_ours,
                "name": found.author.name,
            },
            "body": found.text[:LONGEST_COMMENT],
            "id": str(found.pk),
            "is_public": found.is_public,
        }
    }


def identity(fact: IdentityAdded | IdentityRemoved) -> Change:
    return {"identity": {"type": fact.identity_kind, "value": fact.value}}


def switch(is_on: bool) -> Change:
    return {"current": is_on, "previous": not is_on}


def of_field(name: str) -> Callable[[Any], Change]:
    """Return what tells the change of one field of a person or an organization."""

    def tell(fact: PersonFact) -> Change:
        previous, current = fact.changes[name]  # type: ignore[attr-defined]
        return {"current": current, "previous": previous}

    return tell


def _moment(value: Any) -> str | None:
    return iso(datetime.fromisoformat(value)) if value else None


def _values(values: Any, *, several: bool) -> Any:
    known = list(values or ())
    return known if several else (known[0] if known else None)
