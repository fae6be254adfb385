"""A colleague chooses what they are told of."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from opora.core.refusals import NotAllowed
from opora.events.recording import record, update
from opora.notifications.events import NotificationsChosen
from opora.notifications.kinds import Kind
from opora.notifications.models import Preference
from opora.notifications.queries import Choice, choices_of
from opora.people.models import Person


def choose_notifications(person: Person, choices: Mapping[Kind, Choice], *, by: Person) -> None:
    """Set what the person is told of, for each kind given. Everybody chooses for themselves."""
    if by.pk != person.pk:
        raise NotAllowed(_("Everybody chooses for themselves what they are told of."))
    with update(by):
        before = choices_of(person)
        changed = {kind: choice for kind, choice in choices.items() if before[kind] != choice}
        for kind, choice in changed.items():
            Preference.objects.update_or_create(
                person=person, kind=kind, defaults={"in_app": choice.in_app, "by_mail": choice.by_mail}
            )
        if changed:
            changes = {str(kind): [list(before[kind]), list(choice)] for kind, choice in changed.items()}
            record(NotificationsChosen(changes=changes), subject_id=person.pk, by=by)
