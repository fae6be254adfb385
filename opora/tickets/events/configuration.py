"""Facts about the settings of tickets."""

from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event


@event("ticket_field.saved")
class FieldSaved(ConfigurationFact):
    """A custom field was added or changed."""


@event("ticket_form.saved")
class FormSaved(ConfigurationFact):
    """A form was added or changed."""


@event("dynamic_content.saved")
class DynamicContentSaved(ConfigurationFact):
    """A text in several languages was added or changed; each language that changed with its text before and after."""


@event("dynamic_content.removed")
class DynamicContentRemoved(Fact):
    """A text in several languages was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the text “%(name)s”") % {"name": self.name}


@event("status.saved")
class StatusSaved(ConfigurationFact):
    """A custom status was added or changed."""


@event("view.saved")
class ViewSaved(ConfigurationFact):
    """A view was added or changed."""


@event("view.deleted")
class ViewDeleted(Fact):
    """A view was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the view “%(name)s”") % {"name": self.name}


@event("macro.saved")
class MacroSaved(ConfigurationFact):
    """A macro was added or changed."""


@event("tag.renamed")
class TagRenamed(Fact):
    """A tag got another name everywhere, or was joined with one of that name."""

    before: str
    after: str

    def sentence(self) -> str:
        return _("renamed the tag “%(before)s” to “%(after)s”") % {"before": self.before, "after": self.after}
