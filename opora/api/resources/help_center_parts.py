"""Labels of articles, votes of readers, and the comments that there are none of."""

from opora.api.nouns.article_parts import LABELS, VOTES
from opora.api.nouns.articles import ARTICLES
from opora.api.nouns.help_center import asked_locale, reads_drafts
from opora.api.nouns.users import known_people
from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center, help_center_list, offered, short_list
from opora.api.wire.nouns import side_loads
from opora.api.wire.problems import invalid_record, not_found, restricted
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.actions.vote import take_vote_back, vote
from opora.knowledge.models import Article, ArticleText, Vote

LABEL = Body("label", {"name": text(80)}, ("name",))


@offered("GET", "help_center/articles/labels")
def list_labels(call: Call) -> Json:
    """List all labels of articles."""
    return help_center_list(call, LABELS, LABELS.rows(call))


@offered("GET", "help_center/articles/labels/{label_id}")
def show_label(call: Call, label_id: int) -> Json:
    """Show one label."""
    return one_of(call, LABELS, LABELS.find(call, label_id).pk)


@offered("GET", "help_center/articles/{article_id}/labels", who="people")
def list_article_labels(call: Call, article_id: int) -> Json:
    """List the labels of an article."""
    return help_center_list(call, LABELS, ARTICLES.find(call, article_id).labels.all())


@offered("GET", "help_center/articles/{article_id}/labels/{label_id}", who="people")
def show_article_label(call: Call, article_id: int, label_id: int) -> Json:
    """Show one label of an article."""
    return one_of(call, LABELS, _label_of(ARTICLES.find(call, article_id), label_id)[0])


def _label_of(article: Article, label_id: int) -> tuple[int, str]:
    found = article.labels.filter(pk=label_id).values_list("pk", "name").first()
    if found is None:
        raise not_found()
    return found


@offered("POST", "help_center/articles/{article_id}/labels", takes=LABEL)
def create_article_label(call: Call, article_id: int) -> Answer:
    """Put a label to an article."""
    article, given = ARTICLES.find(call, article_id), call.read(LABEL)
    name = " ".join((given.get("name") or "").split())
    if not name:
        raise invalid_record("name", "can't be blank", "BlankValue")
    save_article(article, by=call.person, labels=[*_words(article), name])
    number = article.labels.values_list("pk", flat=True).get(name=name)
    shown = one_of(call, LABELS, number)
    return Answer(shown, 201, {"Location": shown["label"]["url"]})


@offered("DELETE", "help_center/articles/{article_id}/labels/{label_id}")
def delete_article_label(call: Call, article_id: int, label_id: int) -> Answer:
    """Take a label from an article."""
    article = ARTICLES.find(call, article_id)
    gone = _label_of(article, label_id)[1]
    save_article(article, by=call.person, labels=[word for word in _words(article) if word != gone])
    return NOTHING


def _words(article: Article) -> list[str]:
    return list(article.labels.values_list("name", flat=True))


@help_center("GET", "articles/{article_id}/comments", who="readers")
def list_article_comments(call: Call, article_id: int) -> Json:
    """List the comments on an article, of which there are none: readers vote, and write to the desk."""
    ARTICLES.find(call, article_id)
    return short_list(call, "comments", [])


@help_center("GET", "articles/{article_id}/votes")
def list_article_votes(call: Call, article_id: int) -> Json:
    """List the votes on an article."""
    article = ARTICLES.find(call, article_id)
    return help_center_list(call, VOTES, VOTES.rows(call).filter(text__article=article))


@offered("GET", "help_center/users/{user_id}/votes", who="people")
def list_user_votes(call: Call, user_id: int) -> Json:
    """List what somebody voted; for customers their own."""
    if not known_people(call).filter(pk=user_id).exists():
        raise not_found()
    if user_id != call.person.pk and not reads_drafts(call):
        raise restricted()
    return help_center_list(call, VOTES, VOTES.rows(call).filter(person_id=user_id))


@help_center("POST", "articles/{article_id}/up", who="people")
def vote_up(call: Call, article_id: int) -> Json:
    """Say that an article helped; of each reader the last vote counts."""
    return _vote(call, article_id, 1)


@help_center("POST", "articles/{article_id}/down", who="people")
def vote_down(call: Call, article_id: int) -> Json:
    """Say that an article did not help."""
    return _vote(call, article_id, -1)


def _vote(call: Call, article_id: int, value: int) -> Json:
    """The vote is for the article in the language that the caller reads."""
    article = ARTICLES.find(call, article_id)
    cast = vote(_text_read(call, article), value, by=call.person)
    shown = VOTES.present(call, [cast.pk])
    return {"vote": shown[0], **side_loads(call, VOTES, shown)}


def _text_read(call: Call, article: Article) -> ArticleText:
    texts = article.texts.all() if reads_drafts(call) else article.texts.filter(is_draft=False)
    by_locale = {text.locale: text for text in texts}
    if not by_locale:
        raise not_found()
    return (
        by_locale.get(asked_locale(call))
        or by_locale.get(article.source_locale)
        or next(iter(by_locale.values()))
    )


def _own_or_any(call: Call, vote_id: int) -> Vote:
    cast: Vote = VOTES.find(call, vote_id)
    if cast.person_id != call.person.pk and not reads_drafts(call):
        raise not_found()
    return cast


@offered("GET", "help_center/votes/{vote_id}", who="people")
def show_vote(call: Call, vote_id: int) -> Json:
    """Show one vote; for customers their own."""
    return one_of(call, VOTES, _own_or_any(call, vote_id).pk)


@offered("DELETE", "help_center/votes/{vote_id}", who="people")
def delete_vote(call: Call, vote_id: int) -> Answer:
    """Take one's own vote back; 403 for somebody else's."""
    cast = _own_or_any(call, vote_id)
    if cast.person_id != call.person.pk:
        raise restricted()
    take_vote_back(cast, by=call.person)
    return NOTHING
