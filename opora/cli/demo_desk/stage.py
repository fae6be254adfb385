"""Where the stories are played: the people and settings of the desk, and each telling's ticket."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from opora.cli.demo_desk.files import make_file
from opora.cli.demo_desk.planning import Telling
from opora.events.actor import SYSTEM
from opora.people.actions.create_person import create_person
from opora.people.models import Membership, Person
from opora.people.seeds import SeededPeople
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Attachment, Comment, Ticket
from opora.tickets.seeds import SeededTickets

_HEADS = {"administrator", "team_lead"}
_SPEAKERS = {"dev": "pavlo", "qa": "maria", "devops": "artem"}


@dataclass(eq=False)
class Scene:
    """What has come of one telling so far."""

    telling: Telling
    requester: Person
    ticket: Ticket
    twin: Ticket | None = None
    in_copy: Person | None = None


@dataclass
class Stage:
    """The desk as the player sees it."""

    people: SeededPeople
    settings: SeededTickets
    names: dict[str, dict[str, str]]
    speaks: dict[str, list[str]]
    women: set[str]
    scenes: dict[int, Scene] = field(default_factory=dict)
    by_story: dict[str, Ticket] = field(default_factory=dict)
    members: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = {person.pk: key for key, person in self.people.colleagues.items()}
        for membership in Membership.objects.order_by("id"):
            self.members.setdefault(membership.group_id, []).append(keys[membership.person_id])

    def person(self, key: str) -> Person:
        return self.people.colleagues[key]

    def customer_of(self, telling: Telling) -> Person:
        """Return the customer, who becomes known with their first mail."""
        who = telling.customer
        return create_person(by=SYSTEM, name=who.name, email=who.email, locale=who.locale)

    def agent_for(self, ticket: Ticket, telling: Telling) -> str:
        """Return who of the ticket's group takes it: first those who speak the language; heads take little."""
        keys = self.members[ticket.group_id or 0]
        if telling.agent and telling.agent in keys:
            return telling.agent
        replying = [key for key in keys if "tickets.reply" in self.person(key).allowed]
        weights = [self._weight(key, telling.story.language) for key in replying]
        return telling.rng.choices(replying, weights)[0]

    def _weight(self, key: str, language: str) -> float:
        languages = self.speaks.get(key) or ["uk", "en", "ru"]
        skill = 3 if language == languages[0] else 1 if language in languages else 0.01
        role = self.person(key).role
        return skill * (0.04 if role and role.kind in _HEADS else 1)

    def key_of(self, person: Person) -> str:
        return next(key for key, colleague in self.people.colleagues.items() if colleague.pk == person.pk)

    def speaker(self, who: str, scene: Scene) -> Person:
        """Return who speaks a step of ours: a named colleague, else the assignee."""
        if who == "lead":
            return self.person("iryna" if scene.telling.brand["key"] == "platiqo" else "taras")
        if who in _SPEAKERS:
            return self.person(_SPEAKERS[who])
        assignee = scene.ticket.assignee_id
        key = next((key for key, person in self.people.colleagues.items() if person.pk == assignee), "")
        return self.person(key or self.agent_for(scene.ticket, scene.telling))

    def spoken(self, pattern: str, telling: Telling, speaker: Person) -> str:
        """Return the words of a step as HTML, in the voice of the speaker."""
        more = {}
        if speaker.role_id:
            key = self.key_of(speaker)
            more = {"agent": self._signing(key, telling.story.language)}
            return telling.wording.html(pattern, agent_is_woman=key in self.women, **more)
        return telling.wording.html(pattern, agent=telling.wording.slots["full"])

    def _signing(self, key: str, language: str) -> str:
        person = self.person(key)
        if language == "uk":
            return person.first_name if key != "svitlana" else "Світлана"
        if language == "ru":
            return self.names["ru"].get(key, person.first_name)
        return person.email.partition(".")[0].capitalize()

    def comment(
        self, scene: Scene, author: Person, html: str, *, files: Iterable[str] = (), public: bool = True
    ) -> NewComment:
        """Return a comment with its files stored."""
        channel = (
            "web" if author.role_id else ("email" if scene.ticket.channel == "web" else scene.ticket.channel)
        )
        attached = [self.attachment(kind, scene.telling, author) for kind in files if kind]
        return NewComment(html=html, author=author, is_public=public, channel=channel, attachments=attached)

    def attachment(self, kind: str, telling: Telling, author: Person) -> Attachment:
        name, media, content = make_file(kind, telling.wording.slots)
        return upload_attachment([content], name=name, content_type=media, uploader=author)


def last_words_of(ticket: Ticket, person: Person) -> Comment:
    """Return the last public comment of the person on the ticket."""
    return ticket.comments.filter(author=person, is_public=True).order_by("-id")[0]
