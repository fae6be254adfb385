"""A new colleague is invited, and joins."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid, NotFound
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.create_person import create_person
from opora.people.events import PersonInvited, PersonJoined
from opora.people.models import Invitation, Person, Role
from opora.people.policy import may, may_grant, require

LASTS = timedelta(days=7)


def invite_colleague(*, by: ActsAsActor, email: str, name: str, role: Role) -> tuple[Person, str]:
    """Give the person behind `email` a role and return them with the secret of a link that lasts seven days.

    Earlier links of theirs stop working. Raises `Invalid` for somebody who works here already.
    """
    with update(by):
        require(may(by, "settings.people") and may_grant(by, role))
        person = create_person(by=by, email=email, name=name)
        if person.role_id and person.has_usable_password():
            raise Invalid(_("%(email)s works here already.") % {"email": person.email}, field="email")
        require(person.role is None or may_grant(by, person.role))
        person.role, person.is_active = role, True
        person.set_unusable_password()
        person.save(update_fields=["role", "is_active", "password"])
        Invitation.objects.filter(person=person, accepted_at=None).update(expires_at=clock.now())
        token = secrets.token_urlsafe(24)
        Invitation.objects.create(
            person=person,
            invited_by=by if isinstance(by, Person) else None,
            token_hash=_hash(token),
            expires_at=clock.now() + LASTS,
        )
        record(PersonInvited(email=person.email, role=role.name), subject_id=person.pk, by=by)
    return person, token


def open_invitation(token: str) -> Invitation:
    """Return the invitation behind the secret. Raises `NotFound` when it is used, old or made up."""
    found = Invitation.objects.select_related("person__role").filter(
        token_hash=_hash(token),
        accepted_at=None,
        expires_at__gt=clock.now(),
        person__is_active=True,
        person__role__isnull=False,
    )
    invitation = found.first()
    if invitation is None:
        raise NotFound(
            _("This invitation has been used or is too old. Ask whoever invited you for a new one.")
        )
    return invitation


def accept_invitation(invitation: Invitation, *, password: str, name: str) -> Person:
    """Let the invited colleague in. Raises `Invalid` for a weak password."""
    person = invitation.person
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Invalid(" ".join(problem.messages), field="password") from problem
    with update(person):
        claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
            accepted_at=clock.now()
        )
        if not claimed:
            raise NotFound(_("This invitation has been used already. Sign in instead."))
        person.name = name.strip() or person.name
        person.set_password(password)
        person.save(update_fields=["name", "password"])
        record(PersonJoined(), subject_id=person.pk, by=person)
    return person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
