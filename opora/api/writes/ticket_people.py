"""Who is in copy of a ticket and who follows it, as programs write it."""

from opora.api.wire.bodies import Json
from opora.api.writes import values
from opora.people.models import Person
from opora.tickets.actions.collaborate import add_collaborators, set_collaborators
from opora.tickets.models import Ticket


def set_people(ticket: Ticket, given: Json, *, by: Person) -> None:
    """Who is in copy and who follows: lists replace, entries with an action add or remove. Customers only add copies."""
    if not by.is_colleague:
        _add_copies(ticket, given, by=by)
        return
    for kind, names in {
        "cc": ("collaborator_ids", "collaborators", "email_cc_ids"),
        "follower": ("follower_ids",),
    }.items():
        for name in names:
            if isinstance(given.get(name), list):
                people = values.people_listed(given[name], by=by)
                set_collaborators(ticket, people, kind=kind, by=by)
    if isinstance(given.get("additional_collaborators"), list):
        people = values.people_listed(given["additional_collaborators"], by=by)
        add_collaborators(ticket, people, kind="cc", by=by)
    for kind, name in {"cc": "email_ccs", "follower": "followers"}.items():
        if isinstance(given.get(name), list):
            _add_and_remove(ticket, given[name], kind=kind, by=by)


def _add_copies(ticket: Ticket, given: Json, *, by: Person) -> None:
    named = [given.get(name) for name in ("collaborators", "additional_collaborators", "email_ccs")]
    entries = [one for listed in named if isinstance(listed, list) for one in listed if not _is_removal(one)]
    add_collaborators(ticket, values.people_listed(entries, by=by), kind="cc", by=by)


def _add_and_remove(ticket: Ticket, entries: list[Json], *, kind: str, by: Person) -> None:
    gone = {person.pk for person in values.people_listed([one for one in entries if _is_removal(one)], by=by)}
    added = values.people_listed([one for one in entries if not _is_removal(one)], by=by)
    present = ticket.collaborations.filter(kind=kind).select_related("person__role")
    kept = [place.person for place in present if place.person_id not in gone]
    set_collaborators(ticket, [*kept, *added], kind=kind, by=by)


def _is_removal(entry: Json) -> bool:
    return isinstance(entry, dict) and entry.get("action") == "delete"
