"""Two customers turn out to be one person."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.belong import move_memberships
from opora.people.events import PersonMerged
from opora.people.models import Identity, Person, PersonMerge
from opora.people.policy import may, require

FILLED_IN = ("organization", "locale", "time_zone", "phone", "photo", "external_id")


def merge_people(source: Person, *, into: Person, by: ActsAsActor) -> PersonMerge:
    """Move the addresses of `source` to `into` and let everybody who looks for it find `into`.

    What `into` has not is filled in; notes are joined. Returns what has to go back if it is undone. Their tickets
    move by `tickets.actions.merge_people`, which calls this one. Raises `Invalid` for colleagues, for a person with themselves, and for somebody merged already.
    """
    with update(by):
        require(may(by, "people.merge"))
        list(Person.objects.select_for_update().filter(pk__in=[source.pk, into.pk]).order_by("pk"))
        _check(source, into)
        merge = _remember(source, into)
        source.email, source.merged_into, source.updated_at = "", into, clock.now()
        source.save(update_fields=["email", "merged_into", "updated_at"])
        _move_identities(source, into)
        _fill_in(source, into)
        move_memberships(source, into)
        Person.objects.filter(merged_into=source).update(merged_into=into)
        merge.event = record(PersonMerged(into_id=into.pk, into_name=into.name), subject_id=source.pk, by=by)
        merge.save()
    return merge


def _remember(source: Person, into: Person) -> PersonMerge:
    """What both were before."""
    kept = {name: getattr(into, f"{name}_id" if name == "organization" else name) for name in FILLED_IN}
    return PersonMerge(
        source=source,
        into=into,
        kept={
            "email": source.email,
            "into": {**kept, "email": into.email, "notes": into.notes},
            "primary": list(source.identities.filter(is_primary=True).values_list("pk", flat=True)),
        },
        moved={
            "identities": list(source.identities.values_list("pk", flat=True)),
            "merged": list(Person.objects.filter(merged_into=source).values_list("pk", flat=True)),
        },
    )


def _check(source: Person, into: Person) -> None:
    for person in (source, into):
        person.refresh_from_db()
        if person.role_id:
            sentence = _("%(name)s works here. Only customers can be merged.")
            raise Invalid(sentence % {"name": person.name}, field="into")
        if person.merged_into_id:
            sentence = _("%(name)s is merged into somebody else already.")
            raise Invalid(sentence % {"name": person.name}, field="into")
    if source.pk == into.pk:
        raise Invalid(_("Choose another person: nobody can be merged with themselves."), field="into")


def _move_identities(source: Person, into: Person) -> None:
    source.identities.update(person=into, is_primary=False)
    if into.email:
        return
    first = into.identities.filter(kind=Identity.Kind.EMAIL).order_by("id").first()
    if first:
        into.email = first.value
        Identity.objects.filter(pk=first.pk).update(is_primary=True)


def _fill_in(source: Person, into: Person) -> None:
    for name in FILLED_IN:
        if not getattr(into, name):
            setattr(into, name, getattr(source, name))
    into.notes = "\n\n".join(filter(None, [into.notes, source.notes]))
    into.updated_at = clock.now()
    into.save()
