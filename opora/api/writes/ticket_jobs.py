"""What jobs do with one ticket."""

from opora.api.actions.queue_job import Item, job_step
from opora.api.wire.bodies import FLAG, IDS, LONG_TEXT, Body, read_attributes
from opora.api.wire.problems import not_found
from opora.api.writes.imports import IMPORT, import_from
from opora.api.writes.tickets import TICKET, create_from, ticket_to_change, update_from
from opora.core.html import text_to_html
from opora.people.models import Person
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.erase import erase_ticket
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.remove import delete_ticket, mark_spam
from opora.tickets.actions.tag import add_tags
from opora.tickets.models import Ticket
from opora.tickets.policy import may_see

MERGE = Body(
    "merge",
    {
        "ids": IDS, "target_comment": LONG_TEXT, "source_comment": LONG_TEXT, "target_comment_is_public": FLAG,
        "source_comment_is_public": FLAG,
    },
    ("ids",),
)  # fmt: skip
MERGED_TAG = "closed_by_merge"


@job_step("tickets.create")
def create(item: Item, by: Person) -> Item:
    return {"id": create_from(read_attributes(item, TICKET)[0], by=by).pk, "status": "Created"}


@job_step("tickets.update")
def change(item: Item, by: Person) -> Item:
    given = read_attributes(item, TICKET)[0]
    ticket = _ticket(item, by)
    if not item.get("id"):
        given.pop("external_id", None)
    update_from(ticket, given, by=by)
    return {"id": ticket.pk, "action": "update", "status": "Updated", "success": True}


def _ticket(item: Item, by: Person) -> Ticket:
    if item.get("id"):
        return ticket_to_change(int(item["id"]), by=by)
    found = Ticket.objects.live().filter(external_id=item.get("external_id") or "-").first()
    if found is None:
        raise not_found()
    return ticket_to_change(found.pk, by=by)


@job_step("tickets.delete")
def delete(item: Item, by: Person) -> Item:
    delete_ticket(ticket_to_change(item["id"], by=by), by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}


@job_step("tickets.spam")
def spam(item: Item, by: Person) -> Item:
    mark_spam(ticket_to_change(item["id"], by=by), by=by)
    return {"id": item["id"], "action": "update", "status": "Updated", "success": True}


@job_step("tickets.erase")
def erase(item: Item, by: Person) -> Item:
    ticket = Ticket.objects.filter(pk=item["id"], removed_as=Ticket.Removed.DELETED).first()
    if ticket is None or not may_see(by, ticket):
        raise not_found()
    erase_ticket(ticket, by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}


@job_step("tickets.import")
def bring_in(item: Item, by: Person) -> Item:
    given = read_attributes(item, IMPORT)[0]
    return {"id": import_from(given, by=by, archive=bool(item.get("archive"))).pk, "status": "Created"}


@job_step("tickets.merge")
def merge(item: Item, by: Person) -> Item:
    """Say on both sides what was merged where, close the sources with their tag, and merge."""
    into = ticket_to_change(item["id"], by=by)
    sources = [ticket_to_change(pk, by=by) for pk in item["ids"]]
    given = read_attributes(item, MERGE)[0]
    for source in sources:
        if not source.is_closed:
            _say(source, given.get("source_comment"), given.get("source_comment_is_public"), by=by)
            add_tags(source, [MERGED_TAG], by=by)
    _say(into, given.get("target_comment"), given.get("target_comment_is_public"), by=by)
    merge_tickets(sources, into=into, by=by)
    return {"id": into.pk, "action": "merge", "status": "Merged", "success": True}


def _say(ticket: Ticket, words: str | None, is_public: bool | None, *, by: Person) -> None:
    if not words or not words.strip():
        return
    comment = NewComment(
        html=text_to_html(words),
        text=words,
        author=by,
        is_public=bool(is_public),
        channel="api",
        moves_status=False,
    )
    add_comment(ticket, comment, by=by)
