"""What the editor of articles saves at once: words, files, and where the article stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from opora.events.recording import update
from opora.knowledge.actions.keep_draft import discard_draft
from opora.knowledge.actions.keep_file import attach_file
from opora.knowledge.actions.save_article import create_article
from opora.knowledge.actions.save_text import save_text
from opora.knowledge.models import Article, ArticleFile, ArticleText, Section
from opora.people.models import Person

_OWN_FILE = re.compile(r"/hc/article_attachments/(\d{1,18})/")


@dataclass(frozen=True)
class Written:
    """What was typed: `version` is the one it began from, `files` are those that were added beside the text."""

    title: str
    body: str
    version: int | None = None
    files: Iterable[int] = ()
    place: Mapping[str, object] = field(default_factory=dict)


def begin_article(written: Written, *, by: Person) -> Article:
    """Make an article of what was typed; `place` names its section and locale. See `create_article`."""
    section, locale = written.place["section"], str(written.place["locale"])
    assert isinstance(section, Section)
    with update(by):
        article = create_article(section, by=by, locale=locale, title=written.title, body=written.body)
        _take_files(article, written, by)
        discard_draft(None, locale, by=by)
    return article


def write_article(article: Article, locale: str, written: Written, *, by: Person) -> ArticleText:
    """Save the text and its files, and forget the draft. Raises `Conflict` where another version came meanwhile."""
    with update(by):
        text = save_text(
            article, locale, by=by, title=written.title, body=written.body, expected=written.version
        )
        _take_files(article, written, by)
        discard_draft(article, locale, by=by)
    return text


def _take_files(article: Article, written: Written, by: Person) -> None:
    """The files that the text shows and those beside it belong to the article from now on."""
    named = {*written.files, *map(int, _OWN_FILE.findall(written.body))}
    for file in ArticleFile.objects.filter(pk__in=named, article=None, uploader=by):
        attach_file(file, article, by=by)
