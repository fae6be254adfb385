"""Expected refusals: each is a sentence with a next step and the HTTP status that fits it."""

from django.utils.translation import gettext as _


class Refusal(Exception):
    """Something asked for cannot be done, and the person can be told why.

    `sentence` is shown as it is; `field` names the form field it belongs to, if any. `reason` is a word for programs
    that ask through the API, where the common ones have names there: "DuplicateValue", "BlankValue".
    """

    status = 400

    def __init__(self, sentence: str, *, field: str = "", reason: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.reason = reason


class Invalid(Refusal):
    """What was sent does not make sense; nothing was written."""

    status = 422


class NotAllowed(Refusal):
    """The person may not do this."""

    status = 403

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence or _("Your role does not allow this. An administrator can change roles in Settings.")
        )


class NotFound(Refusal):
    """There is no such thing, or this person may not know of it."""

    status = 404


class Conflict(Refusal):
    """Somebody else was first; the person should look at what changed and decide again."""

    status = 409


class TooMany(Refusal):
    """The same was asked too often."""

    status = 429
