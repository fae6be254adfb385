"""The desk is made ready for work."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from opora.core.refusals import Conflict, Invalid
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.people.actions.create_person import create_person
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_group import save_group
from opora.people.events import DeskSetUp
from opora.people.models import Desk, Person, Role
from opora.people.permissions import AGENT, LIGHT_AGENT, TEAM_LEAD


def set_up_desk(
    *, name: str, admin_email: str, password: str, admin_name: str = "", brand: str = "", locale: str = "en"
) -> Person:
    """Make the desk, its roles, first administrator, brand and group; returns the administrator.

    Raises `Conflict` on a desk that is set up, `Invalid` for a weak password or a malformed address.
    """
    with update(SYSTEM, via="setup"):
        if Desk.objects.exists():
            raise Conflict(_("This desk is set up already. Sign in instead."))
        desk = Desk.objects.create(name=name.strip() or "Opora", locale=locale)
        administrator = create_roles()
        admin = create_person(by=SYSTEM, name=admin_name, email=admin_email, locale=locale)
        _set_password(admin, password)
        admin.role = administrator
        admin.save(update_fields=["role", "password"])
        save_brand(by=SYSTEM, name=brand or desk.name, locale=locale)
        save_group(by=SYSTEM, name=_("Support"), members=[admin])
        record(DeskSetUp(name=desk.name), subject_id=desk.pk, by=SYSTEM)
    return admin


def create_roles() -> Role:
    """Make the four standard roles where they are missing; returns the administrator's."""
    kinds = {
        Role.Kind.ADMINISTRATOR: (_("Administrator"), []),
        Role.Kind.TEAM_LEAD: (_("Team lead"), sorted(TEAM_LEAD)),
        Role.Kind.AGENT: (_("Agent"), sorted(AGENT)),
        Role.Kind.LIGHT_AGENT: (_("Light agent"), sorted(LIGHT_AGENT)),
    }
    for kind, (name, permissions) in kinds.items():
        Role.objects.get_or_create(kind=kind, defaults={"name": name, "permissions": permissions})
    return Role.objects.get(kind=Role.Kind.ADMINISTRATOR)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Invalid(" ".join(problem.messages), field="password") from problem
    person.set_password(password)
