"""What everybody reads: the public help center."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.knowledge.actions.archive_article import archive_article
from opora.knowledge.actions.keep_file import keep_file
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.save_text import save_text
from opora.knowledge.models import Segment, Standing, Vote
from opora.knowledge.visitors import MOST_VOTES
from opora.people.actions.save_brand import save_brand

PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"}


@pytest.fixture
def visitor(db):
    cache.clear()
    return Client(**PERSON)


def url(article, locale="en"):
    return article.texts.get(locale=locale).get_absolute_url()


def votes_of(article):
    return reverse("help_center:vote", args=["en", article.pk])


def test_the_first_address_leads_to_the_readers_language(visitor, article):
    assert visitor.get("/hc/", headers={"accept-language": "uk"}).url == "/hc/uk"
    assert visitor.get("/hc/en-us").url == "/hc/en"
    assert visitor.get("/hc/xx").status_code == 404


def test_the_first_page_shows_shelves_that_hold_something(visitor, make_article, section):
    assert "Nothing is written here yet" in visitor.get("/hc/en").content.decode()
    make_article("Inner", is_draft=True)
    assert "Payments" not in visitor.get("/hc/en").content.decode()
    make_article("Asked by all", is_promoted=True)
    page = visitor.get("/hc/uk").content.decode()
    assert "Payments" in page and "Картки" in page and "Asked by all" in page and "Inner" not in page


def test_shelves_and_articles_move_to_the_address_of_their_name(visitor, article, section):
    category = section.category
    for path in (
        f"/hc/en/categories/{category.pk}",
        f"/hc/en/sections/{section.pk}-old",
        f"/hc/en/articles/{article.pk}",
    ):
        response = visitor.get(path)
        assert response.status_code == 302 and visitor.get(response.url).status_code == 200, path
    assert visitor.get(url(article)).status_code == 200
    assert (
        visitor.get("/hc/en/articles/x").status_code
        == 404
        == visitor.get("/hc/en/articles/99999-x").status_code
    )


def test_an_article_has_what_search_engines_and_people_ask_for(visitor, article):
    publish_article(
        save_text(article, "uk", by=SYSTEM, title="Картку відхилено", body="<p>Так</p>"), by=SYSTEM
    )
    page = visitor.get(url(article)).content.decode()
    assert '<meta name="description" content="Ask the bank.">' in page and "Was this article helpful?" in page
    assert f'rel="canonical" href="http://testserver{url(article)}"' in page
    assert f'hreflang="uk" href="http://testserver{url(article, "uk")}"' in page and "noindex" not in page


def test_an_article_without_the_language_is_read_in_its_own(visitor, article):
    page = visitor.get(url(article).replace("/hc/en/", "/hc/uk/")).content.decode()
    assert "Ask the bank." in page and "ще не перекладено" in page


def test_drafts_archives_and_audiences_are_not_there_for_visitors(visitor, cast, as_, make_article):
    staff = Segment.objects.get(kind="staff")
    closed, draft, old = (
        make_article("Closed", segment=staff),
        make_article("Draft", is_draft=True),
        make_article("Old"),
    )
    archive_article(old, by=cast.owner)
    for article in (closed, draft, old):
        assert visitor.get(url(article)).status_code == 404
        assert visitor.get("/hc/en/search", {"query": article.title}).context["rows"] == []
        assert visitor.post(votes_of(article), {"value": "1"}).status_code == 404
    assert not Vote.objects.exists()
    for article in (closed, draft):
        page = as_(cast.agent).get(url(article)).content.decode()
        assert "noindex" in page and f"/knowledge/{article.pk}/edit" in page
    assert f"/knowledge/{draft.pk}/edit" not in as_(cast.outsider).get(url(draft)).content.decode()


def test_search_finds_other_inflections_and_other_languages_when_its_own_has_nothing(visitor, make_article):
    make_article("Повернення коштів", "<p>Повернення тривають три дні.</p>", locale="uk")
    found = visitor.get("/hc/uk/search", {"query": "повернень"}).content.decode()
    assert "Повернення коштів" in found and "<mark>" in found
    assert "Повернення коштів" in visitor.get("/hc/en/search", {"query": "коштами"}).content.decode()
    assert (
        "No answer has all these words" in visitor.get("/hc/en/search", {"query": "unicorn"}).content.decode()
    )


def test_each_brand_has_a_help_center_of_its_own(visitor, article, cast):
    other = save_brand(by=cast.owner, name="Gartenhain")
    page = visitor.get(f"/hc/en/brands/{other.slug}").content.decode()
    assert "Gartenhain" in page and article.title not in page and "Payments" not in page
    assert visitor.get("/hc/en/search", {"query": "card", "brand": other.slug}).context["rows"] == []
    assert visitor.get("/hc/en/brands/nobody").status_code == 404


def test_a_visitor_votes_once_and_says_what_was_missing(visitor, article):
    answer = visitor.post(votes_of(article), {"value": "-1"}, headers={"hx-request": "true"}).content.decode()
    assert "What was missing?" in answer
    visitor.post(votes_of(article), {"value": "-1", "note": "The limit"}, headers={"hx-request": "true"})
    cast = Vote.objects.get()
    assert (cast.value, cast.note, cast.person) == (-1, "The limit", None)
    visitor.post(votes_of(article), {"value": "1"})
    standing = Standing.objects.get(article=article)
    assert (standing.up, standing.down, standing.helpful) == (1, 0, 100)
    assert Event.objects.filter(kind="article.voted").first().actor_kind == "customer"


def test_without_scripts_the_vote_leads_back_to_the_article(visitor, article):
    response = visitor.post(votes_of(article), {"value": "-1"})
    assert response.url == f"{url(article)}?voted=-1#votes"
    assert "What was missing?" in visitor.get(response.url.partition("#")[0]).content.decode()


def test_robots_are_thanked_and_nothing_is_kept(article):
    robot = Client(HTTP_USER_AGENT="Googlebot/2.1")
    assert robot.post(votes_of(article), {"value": "1"}).status_code == 302
    assert not Vote.objects.exists()


def test_a_network_that_votes_on_and_on_is_stopped(article):
    for _number in range(MOST_VOTES):
        Client(**PERSON).post(votes_of(article), {"value": "1"})
    assert Client(**PERSON).post(votes_of(article), {"value": "1"}).status_code == 429
    assert Vote.objects.count() == MOST_VOTES


def test_whoever_is_signed_in_votes_in_their_own_name(cast, article, as_):
    browser = as_(cast.customer)
    browser.post(votes_of(article), {"value": "1"}, **PERSON)
    assert Vote.objects.get().person == cast.customer


def test_files_follow_the_article_and_are_harmless(visitor, cast, as_, make_article):
    draft = make_article("Draft", is_draft=True)
    page = keep_file([b"<script>"], by=cast.agent, name="page.html", content_type="text/html", article=draft)
    waiting = keep_file([b"x"], by=cast.agent, name="a.png", content_type="image/png")
    assert (
        visitor.get(page.get_absolute_url()).status_code
        == 404
        == visitor.get(waiting.get_absolute_url()).status_code
    )
    assert as_(cast.second).get(waiting.get_absolute_url()).status_code == 404
    assert as_(cast.agent).get(waiting.get_absolute_url()).headers["Content-Type"] == "image/png"
    publish_article(draft.texts.get(), by=cast.owner)
    served = visitor.get(page.get_absolute_url())
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert served.headers["X-Content-Type-Options"] == "nosniff"


def test_the_public_form_offers_what_may_answer_already(visitor, make_article, cast, section):
    make_article("Why a card is declined")
    brand = section.category.brand.slug
    offered = visitor.get("/hc/en/offered", {"subject": "My card was declined yesterday", "brand": brand})
    assert "Why a card is declined" in offered.content.decode()
    nothing = visitor.get("/hc/en/offered", {"subject": "Unicorns", "brand": brand}).content.decode()
    assert nothing.strip() == ""
    assert "/hc/en/offered" in visitor.get(f"/new/{brand}").content.decode()


def test_a_section_goes_on_where_its_page_ended_in_its_own_order(visitor, make_article, section, monkeypatch):
    monkeypatch.setattr("opora.knowledge.help.PAGE_SIZE", 2)
    section.sorting = "title"
    section.save()
    for title in ("C", "A", "B"):
        make_article(title)
    place = f"/hc/en/sections/{section.pk}-cards"
    first = visitor.get(place)
    assert [text.title for text in first.context["texts"]] == ["A", "B"]
    rest = visitor.get(place, {"cursor": first.context["next_cursor"]})
    assert [text.title for text in rest.context["texts"]] == ["C"]
