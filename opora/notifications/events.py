"""Facts about notifications."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.people.events import PersonFact


@event("person.notifications_chosen")
class NotificationsChosen(PersonFact):
    """A colleague chose what they are told of, in the desk and by mail."""

    changes: dict

    def sentence(self) -> str:
        return _("chose what to be told of")
