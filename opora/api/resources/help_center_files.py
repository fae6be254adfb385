"""Files of articles: pictures in the text, and what is listed under it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http.multipartparser import MultiPartParserError

from opora.api.nouns.article_parts import ARTICLE_FILES
from opora.api.nouns.articles import ARTICLES
from opora.api.nouns.help_center import given_locale
from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import FLAG, IDS, Body, Json, unwrap
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center, help_center_list, offered
from opora.api.wire.problems import invalid_record, missing_parameter, not_found, too_many_values
from opora.api.wire.texts import clean_text
from opora.events.recording import coming_via
from opora.knowledge.actions.keep_file import attach_file, keep_file, remove_file
from opora.knowledge.models import Article, ArticleFile

ATTACHMENT_IDS = Body("attachment_ids", {})
MOST_AT_ONCE = 20
"""So many files are given to an article in one call, as the vendor's documentation says."""


@help_center("GET", "articles/{article_id}/attachments", who="readers")
def list_article_files(call: Call, article_id: int) -> Json:
    """List the files of an article."""
    return _list(call, article_id)


@help_center("GET", "articles/{article_id}/attachments/inline", who="readers")
def list_inline_files(call: Call, article_id: int) -> Json:
    """List the pictures in an article's text."""
    return _list(call, article_id, is_inline=True)


@help_center("GET", "articles/{article_id}/attachments/block", who="readers")
def list_block_files(call: Call, article_id: int) -> Json:
    """List the files under an article's text."""
    return _list(call, article_id, is_inline=False)


def _list(call: Call, article_id: int, **which: bool) -> Json:
    article: Article = ARTICLES.find(call, article_id)
    return help_center_list(call, ARTICLE_FILES, article.files.filter(**which))


@help_center("GET", "articles/attachments/{attachment_id}", who="readers")
def show_article_file(call: Call, attachment_id: int) -> Json:
    """Show what is known of a file."""
    return one_of(call, ARTICLE_FILES, ARTICLE_FILES.find(call, attachment_id).pk)


@help_center("GET", "articles/{article_id}/attachments/{attachment_id}", who="readers")
def show_file_of_article(call: Call, article_id: int, attachment_id: int) -> Json:
    """Show what is known of a file of an article."""
    file = ARTICLES.find(call, article_id).files.filter(pk=attachment_id).first()
    if file is None:
        raise not_found()
    return one_of(call, ARTICLE_FILES, file.pk)


@offered("POST", "help_center/articles/attachments", in_update=False)
def create_waiting_file(call: Call) -> Answer:
    """Keep a file that waits for its article: a form with the part `file`, and `inline`."""
    return _keep(call, None)


@offered("POST", "help_center/articles/{article_id}/attachments", in_update=False)
def create_article_file(call: Call, article_id: int) -> Answer:
    """Put a file to an article: a form with the part `file`, and `inline` and `locale`."""
    return _keep(call, ARTICLES.find(call, article_id))


def _keep(call: Call, article: Article | None) -> Answer:
    sent, said = _form(call)
    locale = said("locale")
    with coming_via("api"):
        kept = keep_file(
            sent.chunks(),
            by=call.person,
            name=clean_text(said("file_name") or sent.name or "attachment"),
            content_type=clean_text(sent.content_type or ""),
            article=article,
            is_inline=bool(FLAG.read("inline", said("inline"))),
            locale=given_locale(locale) if locale else "",
        )
    shown = one_of(call, ARTICLE_FILES, kept.pk)
    return Answer(shown, 201, {"Location": shown["article_attachment"]["url"]})


def _form(call: Call) -> tuple[UploadedFile, Any]:
    """The file of a form, and what reads its other parts. Raises 422 for a broken form, 400 for one without a file."""
    try:
        sent = call.request.FILES.get("file")
    except MultiPartParserError as problem:
        raise invalid_record("file", "could not be read") from problem
    if sent is None:
        raise missing_parameter("file")
    return sent, lambda name: call.request.POST.get(name, "")


@offered("POST", "help_center/articles/{article_id}/bulk_attachments", takes=ATTACHMENT_IDS)
def attach_files(call: Call, article_id: int) -> Json:
    """Give files that wait to an article, at most twenty at once."""
    article, ids = (
        ARTICLES.find(call, article_id),
        IDS.read("attachment_ids", unwrap(call.body, "attachment_ids")),
    )
    if len(ids) > MOST_AT_ONCE:
        raise too_many_values(MOST_AT_ONCE, "attachment_ids")
    files = ArticleFile.objects.filter(pk__in=ids, article=None, uploader=call.person).in_bulk()
    for number in dict.fromkeys(ids):
        if number not in files and not article.files.filter(pk=number).exists():
            raise invalid_record("attachment_ids", f"{number} does not wait for an article")
    for file in files.values():
        attach_file(file, article, by=call.person)
    return {}


@offered("DELETE", "help_center/articles/attachments/{attachment_id}")
def delete_article_file(call: Call, attachment_id: int) -> Answer:
    """Take a file from its article."""
    remove_file(ARTICLE_FILES.find(call, attachment_id), by=call.person)
    return NOTHING
