"""As whom the writer of a mail speaks: a customer, or a colleague who has proved it."""

from dataclasses import dataclass

from opora.channels.email.reading.letter import Letter
from opora.channels.email.reading.threads import is_participant
from opora.events.actor import Actor, ActsAsActor
from opora.people.models import Person
from opora.tickets.models import Comment
from opora.tickets.policy import may_note, may_reply


@dataclass(frozen=True)
class Standing:
    """The writer, and what they are on this ticket.

    `is_agent` only when the mail answers a notification that was made for exactly this colleague. `is_public` is
    False for what a colleague says about an internal note, or may not say to customers, and for what a partner says:
    somebody outside to whom a colleague forwarded the ticket.
    """

    person: Person
    is_agent: bool = False
    is_public: bool = True
    is_stranger: bool = False
    is_partner: bool = False

    @property
    def by(self) -> ActsAsActor:
        """The author of the update; the log calls somebody a colleague only when it is proved."""
        return self.person if self.is_agent else Actor("customer", self.person.pk, str(self.person))

    @property
    def is_unverified_agent(self) -> bool:
        return self.person.is_colleague and not self.is_agent and not self.is_partner

    @property
    def author_kind(self) -> Comment.AuthorKind:
        if self.is_partner:
            return Comment.AuthorKind.PARTNER
        return Comment.AuthorKind.AGENT if self.is_agent else Comment.AuthorKind.CUSTOMER


def standing_of(person: Person, letter: Letter) -> Standing:
    """Find out as whom `person` speaks in this mail."""
    thread = letter.thread
    if thread is None:
        return Standing(person)
    if thread.forward:
        return Standing(person, is_public=False, is_partner=True)
    if person.is_colleague and thread.person_id == person.pk:
        public = may_reply(person, thread.ticket) and not _is_about_note(letter)
        if public or may_note(person, thread.ticket):
            return Standing(person, is_agent=True, is_public=public)
    return Standing(person, is_stranger=not is_participant(thread.ticket, person))


def _is_about_note(letter: Letter) -> bool:
    comment_id = letter.thread.comment_id if letter.thread else None
    return comment_id is not None and Comment.objects.filter(pk=comment_id, is_public=False).exists()
