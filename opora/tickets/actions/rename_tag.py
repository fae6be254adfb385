"""A tag gets another name everywhere."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.actions.tag import clean_tag
from opora.tickets.events import TagRenamed
from opora.tickets.models import Tag, TicketTag


def rename_tag(tag: Tag, name: str, *, by: ActsAsActor) -> Tag:
    """Rename the tag; if another has that name already, the two become one.

    Raises `Conflict` while rules or views name it: they would go on asking for the old name.
    """
    after = clean_tag(name)
    if not after:
        raise Invalid(_("Give the tag a name."), field="name")
    with update(by):
        require(may(by, "settings.tickets"))
        if tag.name == after:
            return tag
        refuse_while_used(thing_of(tag), tag.name, field="name")
        record(TagRenamed(before=tag.name, after=after), subject_id=tag.pk, by=by)
        other = Tag.objects.filter(name=after).first()
        if other is None:
            tag.name = after
            tag.save(update_fields=["name"])
            return tag
        already = TicketTag.objects.filter(tag=other).values("ticket_id")
        TicketTag.objects.filter(tag=tag).exclude(ticket_id__in=already).update(tag=other)
        tag.delete()
    return other
