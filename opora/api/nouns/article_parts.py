"""What belongs to an article: its labels, files and votes."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from opora.api.links import article_file_path
from opora.api.nouns.articles import articles_of
from opora.api.nouns.help_center import hc_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.times import stamp
from opora.knowledge.models import Article, ArticleFile, Label, Vote


def _labels(call: Call) -> QuerySet[Label]:
    """The labels that some article has; which articles those are, is asked of the article."""
    return Label.objects.filter(pk__in=Article.labels.through.objects.values("label_id"))


def _load_labels(call: Call, ids: Sequence[int]) -> QuerySet[Label]:
    return Label.objects.filter(pk__in=ids)


def _label(call: Call, row: Label) -> Json:
    return {
        "id": row.pk,
        "url": call.url(f"help_center/articles/labels/{row.pk}"),
        "name": row.name,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


def _files(call: Call) -> QuerySet[ArticleFile]:
    """The files of articles that the caller may read, and those of the caller's own that wait for one."""
    seen = Q(article__in=articles_of(call).values("pk"))
    return ArticleFile.objects.filter(seen | Q(article=None, uploader=call.anybody) if call.anybody else seen)


def _load_files(call: Call, ids: Sequence[int]) -> QuerySet[ArticleFile]:
    return ArticleFile.objects.filter(pk__in=ids)


def _file(call: Call, row: ArticleFile) -> Json:
    path = article_file_path(row.pk, row.name)
    return {
        "id": row.pk,
        "url": call.url(f"help_center/articles/attachments/{row.pk}"),
        "article_id": row.article_id,
        "display_file_name": row.name,
        "file_name": row.name,
        "locale": hc_locale(row.locale) if row.locale else None,
        "content_url": call.base + path,
        "relative_path": path,
        "content_type": row.content_type,
        "size": row.size,
        "inline": row.is_inline,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


def _votes(call: Call) -> QuerySet[Vote]:
    return Vote.objects.filter(text__article__in=articles_of(call).values("pk"))


def _load_votes(call: Call, ids: Sequence[int]) -> QuerySet[Vote]:
    return Vote.objects.filter(pk__in=ids).select_related("text")


def _vote(call: Call, row: Vote) -> Json:
    """A visitor who was not signed in has no number."""
    return {
        "id": row.pk,
        "url": call.url(f"help_center/votes/{row.pk}"),
        "user_id": row.person_id,
        "value": row.value,
        "item_id": row.text.article_id,
        "item_type": "Article",
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


LABELS = Noun(
    "label", "labels", "help_center/articles/labels", _labels, present_rows(_load_labels, _label),
    orders={"id": "id", "name": "name"},
)  # fmt: skip
ARTICLE_FILES = Noun(
    "article_attachment", "article_attachments", "help_center/articles/attachments", _files,
    present_rows(_load_files, _file),
)  # fmt: skip
VOTES = Noun(
    "vote", "votes", "help_center/votes", _votes, present_rows(_load_votes, _vote),
    orders={"id": "id", "created_at": "created_at"}, references={"users": ("user_id",)},
)  # fmt: skip
