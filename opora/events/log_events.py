"""Facts about the log itself."""

from django.utils.translation import gettext as _

from opora.events.fact import Fact, event


@event("event.loop_stopped")
class LoopStopped(Fact):
    """A chain of events that caused one another was cut at the deepest step allowed."""

    reaction: str

    def sentence(self) -> str:
        return _("stopped a loop at %(reaction)s") % {"reaction": self.reaction}
