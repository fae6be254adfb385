"""Colleagues come, go and sign in."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.people.events.base import PersonFact


@event("person.invited")
class PersonInvited(PersonFact):
    """A colleague was invited and may choose a password with the link that was sent."""

    email: str
    role: str

    def sentence(self) -> str:
        return _("invited %(email)s as %(role)s") % {"email": self.email, "role": self.role}


@event("person.joined")
class PersonJoined(PersonFact):
    """An invited colleague chose a password and can sign in."""

    def sentence(self) -> str:
        return _("joined")


@event("person.deactivated")
class ColleagueDeactivated(PersonFact):
    """A colleague no longer works here and cannot sign in; what they did stays under their name."""

    def sentence(self) -> str:
        return _("closed the desk to this colleague")


@event("person.reactivated")
class ColleagueReactivated(PersonFact):
    """A colleague who had been deactivated may sign in again."""

    def sentence(self) -> str:
        return _("opened the desk to this colleague again")


@event("person.signed_out")
class PersonSignedOut(PersonFact):
    """Sessions of a colleague were ended; `sessions` says how many."""

    sessions: int

    def sentence(self) -> str:
        return _("signed this colleague out")


@event("person.password_changed")
class PasswordChanged(PersonFact):
    """A colleague changed their password."""

    def sentence(self) -> str:
        return _("changed the password")
