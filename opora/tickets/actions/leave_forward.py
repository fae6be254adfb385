"""A forward leaves: the ticket says what went to whom."""

from opora.events.recording import record, update
from opora.people.models import Person
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.events import TicketForwarded
from opora.tickets.models import Comment, Forward


def leave_forward(forward: Forward, note: NewComment, *, by: Person) -> Comment:
    """Add the note that says what was passed on, and record it; channels read that and send."""
    with update(by):
        comment = add_comment(forward.ticket, note, by=by)
        forward.comment = comment
        forward.save(update_fields=["comment"])
        fact = TicketForwarded(
            forward_id=forward.pk,
            comment_id=comment.pk,
            to=[address for _name, address in forward.to],
            cc=[address for _name, address in forward.cc],
            messages=len(forward.comment_ids),
        )
        record(fact, subject_id=forward.ticket_id, by=by)
    return comment


def forward_details(forward: Forward) -> dict[str, object]:
    """Return `Comment.details["forward"]` of the note: what its line on the page says."""
    return {
        "id": forward.root.pk,
        "to": forward.names,
        "cc": ", ".join(address for _name, address in forward.cc),
        "messages": len(forward.comment_ids),
        "files": len(forward.attachment_ids),
    }
