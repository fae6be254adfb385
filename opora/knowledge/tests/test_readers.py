"""Who finds and reads which article, whether it helped, and what it answered."""

import pytest

from opora.core.refusals import Conflict
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.knowledge.actions.archive_article import archive_article
from opora.knowledge.actions.cite_article import cite_article, uncite_article
from opora.knowledge.actions.keep_file import attach_file, keep_file, remove_file
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.actions.save_segment import remove_segment, save_segment
from opora.knowledge.actions.save_text import remove_text, save_text
from opora.knowledge.actions.vote import take_vote_back, vote
from opora.knowledge.models import Article, Segment, Standing
from opora.knowledge.policy import readable_articles
from opora.knowledge.searching import Wanted, search_articles


def titles(words, reader=None, **wanted):
    return [text.title for text in search_articles(Wanted(words, **wanted), reader=reader)]


def reads(reader, article):
    return Article.objects.filter(readable_articles(reader), pk=article.pk).exists()


def test_visitors_read_what_is_published_for_everybody(cast, make_article):
    draft, public = make_article("Draft", is_draft=True), make_article("Public")
    assert not reads(None, draft) and reads(None, public) and reads(cast.customer, public)
    assert reads(cast.agent, draft) and reads(cast.outsider, draft)
    archive_article(public, by=cast.owner)
    assert not reads(None, public) and not reads(cast.customer, public) and not reads(cast.outsider, public)
    assert reads(cast.agent, public)


def test_an_audience_is_for_those_who_belong_to_it(cast, make_article):
    signed_in, staff = (Segment.objects.get(name=name) for name in ("Signed-in users", "Agents and managers"))
    for_all, inner = make_article("All", segment=signed_in), make_article("Inner", segment=staff)
    assert not reads(None, for_all) and reads(cast.customer, for_all) and reads(cast.agent, for_all)
    assert not reads(None, inner) and not reads(cast.customer, inner) and reads(cast.outsider, inner)
    gold = save_segment(by=SYSTEM, name="Gold", tags=["gold"], people=[cast.customer])
    narrow = make_article("Gold", segment=gold)
    assert reads(cast.customer, narrow) and not reads(cast.banker, narrow)
    cast.banker.tags = ["gold"]
    cast.banker.save()
    assert reads(cast.banker, narrow)


def test_colleagues_outside_a_closed_audience_do_not_read_it_unless_it_is_theirs(cast, make_article):
    closed = save_segment(by=SYSTEM, name="Managers", kind="staff", tags=["manager"])
    article = make_article("Salaries", segment=closed)
    assert reads(cast.owner, article) and not reads(cast.agent, article)
    save_article(article, by=cast.owner, owner=cast.agent)
    assert reads(cast.agent, article)


def test_words_are_found_in_any_inflection_labels_count_and_drafts_stay_among_us(cast, make_article):
    make_article(
        "Повернення коштів", "<p>Картка отримує гроші за три дні.</p>", locale="uk", labels=["refund"]
    )
    make_article("Draft about картки", is_draft=True)
    assert titles("картки") == ["Повернення коштів"]
    assert titles("карткою", locale="uk") == ["Повернення коштів"] and titles("карткою", locale="en") == []
    assert titles("refund") == ["Повернення коштів"]
    assert len(titles("картки", cast.agent)) == 2
    assert titles("поверн") == ["Повернення коштів"], "while somebody types"


def test_an_article_in_two_languages_is_found_once(cast, article):
    text = save_text(article, "uk", by=cast.owner, title="Declined", body="<p>declined</p>")
    assert titles("declined", cast.agent) in (["Declined"], ["Why a card is declined"])
    remove_text(text, by=cast.owner)
    assert titles("declined", cast.agent) == ["Why a card is declined"]


def test_the_brand_narrows_and_the_archive_is_not_searched(cast, article, brand):
    assert titles("card", brand_id=brand.pk) == ["Why a card is declined"]
    assert titles("card", brand_id=brand.pk + 1) == []
    archive_article(article, by=cast.owner)
    assert titles("card", cast.agent) == []


def test_of_each_reader_the_last_vote_counts(cast, article):
    text = article.texts.get()
    vote(text, 1, by=cast.customer)
    vote(text, -1, by=cast.customer, note="Which bank?")
    vote(text, 1, by=SYSTEM, visitor="a" * 64)
    vote(text, 1, by=SYSTEM, visitor="a" * 64)
    standing = Standing.objects.get(article=article)
    assert (standing.up, standing.down, standing.votes, standing.balance) == (1, 1, 2, 0)
    take_vote_back(text.votes.get(person=cast.customer), by=cast.customer)
    standing.refresh_from_db()
    assert (standing.up, standing.down) == (1, 0)
    assert Event.objects.filter(kind="article.voted").count() == 4


def test_an_article_is_cited_on_a_ticket_once_and_can_be_unlinked(cast, article, ticket):
    cited = cite_article(article.texts.get(), ticket, by=cast.agent)
    assert cite_article(article.texts.get(), ticket, by=cast.owner) == cited
    standing = Standing.objects.get(article=article)
    assert (cited.version, cited.person, standing.citations) == (1, cast.agent, 1)
    uncite_article(cited, by=cast.agent)
    standing.refresh_from_db()
    assert standing.citations == 0 and not ticket.citations.exists()
    kinds = Event.objects.filter(subject_kind="ticket", kind__contains="article").values_list(
        "kind", flat=True
    )
    assert list(kinds.order_by("id")) == ["ticket.article_cited", "ticket.article_uncited"]


def test_an_audience_in_use_or_built_in_stays(cast, make_article):
    gold = save_segment(by=SYSTEM, name="Gold")
    article = make_article("Gold", segment=gold)
    with pytest.raises(Conflict):
        remove_segment(gold, by=cast.owner)
    save_article(article, by=cast.owner, segment=None)
    remove_segment(gold, by=cast.owner)
    with pytest.raises(Conflict):
        save_segment(Segment.objects.get(name="Signed-in users"), by=cast.owner, name="Mine")


def test_files_wait_for_their_article_and_belong_to_one(cast, article, make_article):
    file = keep_file([b"%PDF"], by=cast.agent, name="../limits.pdf", content_type="application/pdf")
    assert (file.name, file.size, file.article, file.path.read_bytes()) == ("limits.pdf", 4, None, b"%PDF")
    attach_file(file, article, by=cast.agent)
    with pytest.raises(Conflict):
        attach_file(file, make_article("Other"), by=cast.agent)
    remove_file(file, by=cast.agent)
    kinds = Event.objects.filter(subject_id=article.pk, kind__contains="file").values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == ["article.file_added", "article.file_removed"]
