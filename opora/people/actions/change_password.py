"""A colleague changes their own password."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.recording import record, update
from opora.people.actions.end_sessions import end_sessions
from opora.people.events import PasswordChanged
from opora.people.models import Person


def change_password(person: Person, *, previous: str, password: str) -> Person:
    """Set a new password and end every session. Raises `Invalid` for a wrong previous one and a weak new one."""
    with update(person):
        if not person.check_password(previous):
            raise Invalid(_("This is not your present password."), field="previous_password")
        try:
            validate_password(password, person)
        except ValidationError as problem:
            raise Invalid(" ".join(problem.messages), field="password") from problem
        person.set_password(password)
        person.save(update_fields=["password"])
        record(PasswordChanged(), subject_id=person.pk, by=person)
        end_sessions(UserSession.objects.filter(user=person), of=person, by=person)
    return person
