"""Facts about articles, and about how they are arranged."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.tickets.events.base import TicketFact


class ArticleFact(Fact):
    """The base of facts about one article, which lead to its page."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("knowledge:article", args=[subject_id])


@event("article.created")
class ArticleCreated(ArticleFact):
    """Somebody began an article; its first text is told of by itself."""

    title: str
    locale: str

    def sentence(self) -> str:
        return _("began the article “%(title)s”") % {"title": self.title}


@event("article.changed")
class ArticleChanged(ArticleFact, ConfigurationFact):
    """The section, owner, audience, labels or another property of an article changed."""


@event("article.text_saved")
class TextSaved(ArticleFact):
    """An article was written in a language, or written anew: the version that this made."""

    title: str
    locale: str
    version: int

    def sentence(self) -> str:
        said = _("wrote version %(version)s of “%(title)s” (%(locale)s)")
        return said % {"version": self.version, "title": self.title, "locale": self.locale}


@event("article.text_outdated")
class TextOutdated(ArticleFact):
    """A translation was marked as behind its source, or as level with it again."""

    title: str
    locale: str
    is_outdated: bool

    def sentence(self) -> str:
        outdated, level = (
            _("marked “%(title)s” (%(locale)s) as outdated"),
            _("marked “%(title)s” (%(locale)s) as up to date"),
        )
        return (outdated if self.is_outdated else level) % {"title": self.title, "locale": self.locale}


@event("article.text_removed")
class TextRemoved(ArticleFact):
    """A translation was taken away."""

    title: str
    locale: str

    def sentence(self) -> str:
        return _("removed “%(title)s” (%(locale)s)") % {"title": self.title, "locale": self.locale}


@event("article.published")
class ArticlePublished(ArticleFact):
    """A text can be read from now on by its audience."""

    title: str
    locale: str
    version: int

    def sentence(self) -> str:
        return _("published “%(title)s” (%(locale)s)") % {"title": self.title, "locale": self.locale}


@event("article.unpublished")
class ArticleUnpublished(ArticleFact):
    """A text became a draft again."""

    title: str
    locale: str

    def sentence(self) -> str:
        return _("took “%(title)s” (%(locale)s) back into the drafts") % {
            "title": self.title,
            "locale": self.locale,
        }


@event("article.archived")
class ArticleArchived(ArticleFact):
    """An article was taken out of use, in all its languages."""

    title: str

    def sentence(self) -> str:
        return _("archived the article “%(title)s”") % {"title": self.title}


@event("article.restored")
class ArticleRestored(ArticleFact):
    """An archived article came back, as drafts."""

    title: str

    def sentence(self) -> str:
        return _("brought the article “%(title)s” back from the archive") % {"title": self.title}


@event("article.reviewed")
class ArticleReviewed(ArticleFact):
    """Somebody looked whether the article is still true, and it is; `next_on` is when to look again."""

    title: str
    next_on: date

    def sentence(self) -> str:
        return _("found the article “%(title)s” still true") % {"title": self.title}


@event("article.voted")
class ArticleVoted(ArticleFact):
    """A reader said whether a text helped: 1 or -1, 0 for a vote taken back; `before` is what this reader had said."""

    personal = ("note",)

    title: str
    locale: str
    value: int
    before: int = 0
    note: str = ""

    def sentence(self) -> str:
        if not self.value:
            said = _("took back the vote on the article “%(title)s”")
        elif self.value > 0:
            said = _("found the article “%(title)s” helpful")
        else:
            said = _("did not find the article “%(title)s” helpful")
        return said % {"title": self.title}


@event("article.file_added")
class ArticleFileAdded(ArticleFact):
    """A file was put to an article."""

    name: str

    def sentence(self) -> str:
        return _("added the file “%(name)s” to an article") % {"name": self.name}


@event("article.file_removed")
class ArticleFileRemoved(ArticleFact):
    """A file was taken from an article."""

    name: str

    def sentence(self) -> str:
        return _("removed the file “%(name)s” from an article") % {"name": self.name}


@dataclass(frozen=True, kw_only=True)
class CitationFact(TicketFact):
    """The base of facts about an article on a ticket. The ticket is what they are about."""

    article_id: int
    title: str
    locale: str


@event("ticket.article_cited")
class ArticleCited(CitationFact):
    """A colleague answered a ticket with an article, or noted that it is about it."""

    version: int

    def sentence(self) -> str:
        return _("linked the article “%(title)s”") % {"title": self.title}


@event("ticket.article_uncited")
class ArticleUncited(CitationFact):
    """An article that had been linked to a ticket no longer is."""

    def sentence(self) -> str:
        return _("unlinked the article “%(title)s”") % {"title": self.title}


@event("knowledge_category.saved")
class CategorySaved(ConfigurationFact):
    """A category of the help center was added or changed."""


@event("knowledge_section.saved")
class SectionSaved(ConfigurationFact):
    """A section of the help center was added or changed."""


@event("user_segment.saved")
class SegmentSaved(ConfigurationFact):
    """An audience of articles was added or changed."""


@event("permission_group.saved")
class PermissionGroupSaved(ConfigurationFact):
    """Who may write and publish some articles was set."""


@dataclass(frozen=True, kw_only=True)
class ArrangementRemoved(Fact):
    """The base of facts about how articles are arranged, when something of that is removed."""

    name: str

    def sentence(self) -> str:
        return _("removed “%(name)s”") % {"name": self.name}


@event("knowledge_category.removed")
class CategoryRemoved(ArrangementRemoved):
    """A category was removed with its sections; its articles went to the archive."""


@event("knowledge_section.removed")
class SectionRemoved(ArrangementRemoved):
    """A section was removed; its articles went to the archive."""


@event("user_segment.removed")
class SegmentRemoved(ArrangementRemoved):
    """An audience was removed."""


@event("permission_group.removed")
class PermissionGroupRemoved(ArrangementRemoved):
    """A permission group was removed."""
