"""Two people who were merged are two again."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.merge_people import FILLED_IN
from opora.people.events import PersonUnmerged
from opora.people.models import Identity, Person, PersonMerge
from opora.people.policy import may, require


def unmerge_people(source: Person, *, by: ActsAsActor) -> tuple[PersonMerge, Person]:
    """Give `source` back what it had; returns the merge that is undone and whoever held it all until now.

    What came after the merge stays where it came, and what was changed since is not changed back. Tickets go back by
    `tickets.actions.unmerge_people`, which calls this one. Raises `Conflict` when there is nothing to undo.
    """
    with update(by):
        require(may(by, "people.merge"))
        source = Person.objects.select_for_update().get(pk=source.pk)
        merge = PersonMerge.objects.filter(source=source, undone_at=None).first()
        if merge is None or source.merged_into_id is None:
            raise Conflict(_("This person is not merged into anybody."))
        holder = Person.objects.select_for_update().get(pk=source.merged_into_id)
        Person.objects.filter(pk__in=merge.moved["merged"], merged_into=holder).update(merged_into=source)
        source.merged_into = None
        _give_back_addresses(merge, source, holder)
        _take_out_again(merge, source, holder)
        merge.undone_at = clock.now()
        merge.save(update_fields=["undone_at"])
        record(PersonUnmerged(from_id=holder.pk, from_name=holder.name), subject_id=source.pk, by=by)
    return merge, holder


def _give_back_addresses(merge: PersonMerge, source: Person, holder: Person) -> None:
    theirs = Identity.objects.filter(pk__in=merge.moved["identities"], person=holder)
    values = set(theirs.filter(kind=Identity.Kind.EMAIL).values_list("value", flat=True))
    theirs.filter(pk__in=merge.kept["primary"]).update(is_primary=True)
    theirs.exclude(pk__in=merge.kept["primary"]).update(is_primary=False)
    theirs.update(person=source)
    source.email = merge.kept["email"] if merge.kept["email"] in values else ""
    source.updated_at = clock.now()
    source.save(update_fields=["email", "merged_into", "updated_at"])
    if holder.email in values:
        first = holder.identities.filter(kind=Identity.Kind.EMAIL).order_by("id").first()
        holder.email = first.value if first else ""
        holder.identities.filter(pk=first.pk if first else 0).update(is_primary=True)


def _take_out_again(merge: PersonMerge, source: Person, holder: Person) -> None:
    """What was filled in leaves again, unless somebody has changed it since."""
    before = merge.kept["into"]
    for name in FILLED_IN if merge.into_id == holder.pk else ():
        attribute = f"{name}_id" if name == "organization" else name
        if getattr(holder, attribute) == getattr(source, attribute):
            setattr(holder, attribute, before[name])
    if merge.into_id == holder.pk and holder.notes == "\n\n".join(
        filter(None, [before["notes"], source.notes])
    ):
        holder.notes = before["notes"]
    holder.updated_at = clock.now()
    holder.save()
