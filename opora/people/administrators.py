"""The rule that somebody always can change the settings."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.people.models import Person, Role


def refuse_last_administrator(person: Person, *, field: str = "") -> None:
    """Raise `Conflict` when `person` is the only administrator who can sign in."""
    administrators = Person.objects.colleagues().filter(role__kind=Role.Kind.ADMINISTRATOR)
    if administrators.filter(pk=person.pk).exists() and not administrators.exclude(pk=person.pk).exists():
        sentence = _("%(name)s is the only administrator. Make somebody else an administrator first.")
        raise Conflict(sentence % {"name": person.name}, field=field)
