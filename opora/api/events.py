"""Facts about the API's own things."""

from django.utils.translation import gettext as _

from opora.events.fact import Fact, event


@event("api_token.created")
class TokenCreated(Fact):
    """Somebody made a token by which a program may act in their name."""

    name: str
    person_id: int
    scopes: list

    def sentence(self) -> str:
        return _("created the API token “%(name)s”") % {"name": self.name}


@event("api_token.revoked")
class TokenRevoked(Fact):
    """A token stopped working because somebody revoked it."""

    name: str
    person_id: int

    def sentence(self) -> str:
        return _("revoked the API token “%(name)s”") % {"name": self.name}


@event("oauth_client.saved")
class ClientSaved(Fact):
    """A program that may ask people for access was registered or changed."""

    name: str
    created: bool = False

    def sentence(self) -> str:
        sentence = (
            _("registered the program “%(name)s”") if self.created else _("changed the program “%(name)s”")
        )
        return sentence % {"name": self.name}


@event("oauth_client.removed")
class ClientRemoved(Fact):
    """A program was forgotten, with every token it had got."""

    name: str

    def sentence(self) -> str:
        return _("removed the program “%(name)s”") % {"name": self.name}
