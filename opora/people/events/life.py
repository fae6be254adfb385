"""People become known, change, merge, are shut out and are deleted."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.events.fact import event
from opora.events.field_words import field_word
from opora.people.events.base import PersonFact


@event("person.created")
class PersonCreated(PersonFact):
    """Somebody became known: wrote to us, was entered by an agent, or was imported."""

    personal = ("name", "email")
    name: str
    email: str = ""

    def sentence(self) -> str:
        return _("added %(name)s") % {"name": self.name or self.email}


@event("person.changed")
class PersonChanged(PersonFact):
    """Something about a person was changed by hand: name, language, organization, role, notes."""

    personal = ("changes",)
    changes: dict

    def sentence(self) -> str:
        names = ", ".join(field_word(name, of="person") for name in self.changes)
        return _("changed the profile: %(fields)s") % {"fields": names}


@event("person.merged")
class PersonMerged(PersonFact):
    """A person turned out to be the same as another; all that was theirs moved there."""

    into_id: int
    into_name: str

    def sentence(self) -> str:
        return _("merged into %(name)s") % {"name": self.into_name}


@event("person.unmerged")
class PersonUnmerged(PersonFact):
    """A merge of two people was undone: what was theirs went back to each."""

    from_id: int
    from_name: str

    def sentence(self) -> str:
        return _("undid the merge into %(name)s") % {"name": self.from_name}


@event("person.suspended")
class PersonSuspended(PersonFact):
    """A person's mail is no longer taken in: it waits among the suspended mail."""

    def sentence(self) -> str:
        return pgettext("event", "suspended")


@event("person.unsuspended")
class PersonUnsuspended(PersonFact):
    """A suspended person may write again."""

    def sentence(self) -> str:
        return _("lifted the suspension")


@event("person.deleted")
class PersonDeleted(PersonFact):
    """A customer was deleted: they have no addresses any more; what they wrote stays under their name."""

    def sentence(self) -> str:
        return _("deleted this person")
