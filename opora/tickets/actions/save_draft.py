"""What a colleague types is kept."""

from collections.abc import Sequence

from opora.core import clock
from opora.core.html import sanitise
from opora.core.text import without_nulls
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.models import Attachment, Draft, Ticket
from opora.tickets.policy import may_note


def save_draft(
    ticket: Ticket,
    *,
    by: Person,
    kind: str,
    html: str,
    cc: Sequence[str] = (),
    attachment_ids: Sequence[int] = (),
) -> Draft | None:
    """Keep what was typed; an empty draft is removed. A draft is not a fact: nothing is recorded."""
    require(may_note(by, ticket))
    if not html.strip() and not attachment_ids:
        discard_draft(ticket, by=by)
        return None
    own = Attachment.objects.filter(pk__in=attachment_ids, uploader=by, comment=None).values_list(
        "pk", flat=True
    )
    content = {
        "kind": kind,
        "html": sanitise(without_nulls(html)),
        "cc": list(cc),
        "attachment_ids": sorted(own),
        "updated_at": clock.now(),
    }
    return Draft.objects.update_or_create(ticket=ticket, person=by, defaults=content)[0]


def discard_draft(ticket: Ticket, *, by: Person) -> None:
    """Forget what was typed."""
    Draft.objects.filter(ticket=ticket, person=by).delete()
