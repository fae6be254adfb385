"""What colleagues see and do on the pages of articles."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opora.core.uses import thing_of, used_by
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.knowledge.actions.archive_article import archive_article
from opora.knowledge.actions.cite_article import cite_article
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.review_article import review_article
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.actions.save_segment import save_segment
from opora.knowledge.actions.save_text import save_text
from opora.knowledge.actions.vote import vote
from opora.knowledge.models import Article, ArticleDraft, ArticleFile, Citation, PermissionGroup, Segment
from opora.people.models import Brand
from opora.tickets.actions.comment import NewComment, add_comment


def shown(response):
    return [article.title for article in response.context["page"].rows]


def of(article, name, *more):
    return reverse(f"knowledge:{name}", args=[article.pk, *more])


@pytest.fixture
def list_of(cast, as_):
    """Return a function that opens the list of articles as the owner with these filters."""
    return lambda **asked: shown(as_(cast.owner).get("/knowledge/", asked))


def test_the_empty_list_teaches_and_offers_to_write(cast, as_):
    assert "No articles yet" in as_(cast.agent).get("/knowledge/").content.decode()
    assert "New article" not in as_(cast.outsider).get("/knowledge/").content.decode()


def test_the_list_is_narrowed_by_each_filter(cast, make_article, section, list_of, later):
    make_article("Published", owner=cast.agent)
    make_article("Draft", is_draft=True)
    make_article("Українською", locale="uk", freshness=90, confidence="validated")
    archive_article(make_article("Old"), by=cast.owner)
    assert set(list_of()) == {"Published", "Draft", "Українською"}
    assert set(list_of(state="published")) == {"Published", "Українською"}
    assert list_of(state="draft") == ["Draft"] and list_of(state="archived") == ["Old"]
    assert list_of(locale="uk") == ["Українською"] == list_of(confidence="validated")
    assert list_of(owner=cast.agent.pk) == ["Published"]
    assert len(list_of(section=section.pk)) == 3 == len(list_of(brand=section.category.brand_id))
    assert list_of(brand=10**9) == [] == list_of(due="1")
    later(100 * 86400)
    assert list_of(due="1") == ["Українською"]


def test_the_list_is_sorted_by_what_its_columns_say(cast, make_article, make_ticket, list_of):
    loved, hated, cited = (make_article(name) for name in ("B loved", "C hated", "A cited"))
    vote(loved.texts.get(), 1, by=cast.customer)
    vote(hated.texts.get(), -1, by=cast.customer)
    cite_article(cited.texts.get(), make_ticket(), by=cast.agent)
    assert list_of(sort="title") == ["A cited", "B loved", "C hated"]
    assert list_of(sort="-cited")[0] == "A cited"
    assert list_of(sort="helpful") == ["C hated", "B loved", "A cited"]
    assert list_of(sort="review") == ["B loved", "C hated", "A cited"]


@pytest.mark.parametrize("sort", ["title", "-cited", "helpful", "review", "-updated_at"])
def test_the_list_goes_on_where_it_ended(cast, make_article, as_, monkeypatch, sort):
    monkeypatch.setattr("opora.knowledge.views.articles.PAGE_SIZE", 2)
    names = {make_article(f"Article {number}", is_draft=number == 1).title for number in range(5)}
    browser, cursor, found = as_(cast.agent), "", []
    while True:
        page = browser.get("/knowledge/", {"sort": sort, "cursor": cursor}).context["page"]
        found += [article.title for article in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert len(found) == 5 and set(found) == names


def test_words_find_articles_among_those_that_pass_the_filters(make_article, list_of):
    make_article("Повернення коштів", locale="uk")
    make_article("Delivery")
    assert list_of(q="повернень") == ["Повернення коштів"] and list_of(q="повернень", locale="en") == []


def test_the_page_shows_the_article_its_standing_and_what_readers_missed(cast, article, ticket, as_):
    vote(article.texts.get(), -1, by=cast.customer, note="Where is the limit?")
    cite_article(article.texts.get(), ticket, by=cast.agent)
    page = as_(cast.agent).get(of(article, "article")).content.decode()
    assert "Ask the bank." in page and "Where is the limit?" in page and f"#{ticket.pk}" in page
    assert "published" in as_(cast.agent).get(of(article, "events")).content.decode()


def test_tickets_that_one_may_not_see_are_not_listed(cast, article, ticket, as_):
    cite_article(article.texts.get(), ticket, by=cast.agent)
    assert as_(cast.outsider).get(of(article, "article")).context["citations"] == []


def test_an_article_of_a_closed_audience_is_not_there_for_others(cast, make_article, as_):
    closed = save_segment(by=SYSTEM, name="Managers", kind="staff", tags=["manager"])
    article = make_article("Salaries", segment=closed)
    assert as_(cast.agent).get(of(article, "article")).status_code == 404
    assert as_(cast.owner).get(of(article, "article")).status_code == 200


def test_an_agent_begins_an_article_of_a_ticket_with_its_last_reply(cast, section, ticket, as_):
    add_comment(ticket, NewComment(html="<p>Call the bank.</p>", author=cast.agent), by=cast.agent)
    form = as_(cast.agent).get("/knowledge/new", {"ticket": ticket.pk}).context["form"]
    assert form["title"].value() == ticket.subject and "Call the bank." in form["body"].value()
    assert form["section"].value() == section.pk


def test_a_new_article_is_a_draft_and_takes_its_files_along(cast, section, as_):
    browser = as_(cast.agent)
    picture = SimpleUploadedFile("a.png", b"png", content_type="image/png")
    kept = json.loads(browser.post("/knowledge/files", {"file": picture, "inline": "true"}).content)
    beside = json.loads(
        browser.post("/knowledge/files", {"file": SimpleUploadedFile("b.pdf", b"pdf")}).content
    )
    typed = {
        "title": "Declined",
        "body": f'<p><img src="{kept["url"]}"></p>',
        "section": section.pk,
        "locale": "en",
    }
    response = browser.post("/knowledge/new", typed | {"attachments": [beside["id"]]})
    article = Article.objects.get()
    assert response.url == f"/knowledge/{article.pk}?locale=en" and article.texts.get().is_draft
    assert set(article.files.values_list("name", flat=True)) == {"a.png", "b.pdf"}
    assert "publish" in as_(cast.owner).get(of(article, "edit")).content.decode()


def test_nobody_takes_a_file_of_somebody_else_along(cast, section, as_):
    kept = json.loads(
        as_(cast.second).post("/knowledge/files", {"file": SimpleUploadedFile("b.pdf", b"pdf")}).content
    )
    typed = {"title": "Mine", "body": "", "section": section.pk, "locale": "en", "attachments": [kept["id"]]}
    as_(cast.agent).post("/knowledge/new", typed)
    assert ArticleFile.objects.get().article is None


def test_writing_needs_the_permission(cast, article, as_):
    browser = as_(cast.outsider)
    assert browser.get("/knowledge/new").status_code == 403
    assert (
        browser.get(of(article, "edit")).status_code
        == 403
        == browser.get(of(article, "properties")).status_code
    )
    assert browser.post(of(article, "draft"), {"title": "x"}).status_code == 403
    assert browser.post("/knowledge/files", {"file": SimpleUploadedFile("a", b"a")}).status_code == 403


def test_what_came_meanwhile_is_shown_and_decided_about(cast, article, as_):
    save_text(article, "en", by=cast.owner, body="<p>Ask the issuer.</p>")
    response = as_(cast.agent).post(
        of(article, "edit"), {"title": "Declined", "body": "<p>Mine</p>", "version": 1}
    )
    page = response.content.decode()
    assert response.status_code == 422 and "Ask the issuer." in page and "Save mine over it" in page
    assert article.texts.get().version == 2
    as_(cast.agent).post(of(article, "edit"), {"title": "Declined", "body": "<p>Mine</p>", "version": 2})
    assert article.texts.get().body == "<p>Mine</p>"


def test_what_is_typed_is_kept_comes_back_and_goes_when_saved(cast, article, as_):
    browser = as_(cast.agent)
    browser.post(
        of(article, "draft"), {"title": "Typed", "body": "<script></script><p>so far</p>", "version": "1"}
    )
    assert Event.objects.filter(subject_id=article.pk, kind="article.text_saved").count() == 1
    page = browser.get(of(article, "edit"))
    assert (
        page.context["form"]["title"].value() == "Typed"
        and page.context["form"]["body"].value() == "<p>so far</p>"
    )
    assert as_(cast.second).get(of(article, "edit")).context["form"]["title"].value() == article.title
    browser.post(of(article, "edit"), {"title": "Typed", "body": "<p>all</p>", "version": 1})
    assert not ArticleDraft.objects.exists() and article.texts.get().title == "Typed"


def test_a_draft_of_a_new_article_is_kept_and_can_be_forgotten(cast, section, as_):
    browser = as_(cast.agent)
    browser.post("/knowledge/new/draft", {"title": "Half", "locale": "uk"})
    browser.post("/knowledge/new/draft", {"title": "Half done", "locale": "uk"})
    assert browser.get("/knowledge/new").context["form"]["title"].value() == "Half done"
    browser.post("/knowledge/new/draft/removal")
    assert not ArticleDraft.objects.exists()


def test_a_text_with_a_table_is_edited_as_html(cast, make_article, as_):
    table = make_article("Limits", "<table><tbody><tr><td>5 000</td></tr></tbody></table>")
    assert "<trix-editor" not in as_(cast.agent).get(of(table, "edit")).content.decode()
    assert "<trix-editor" in as_(cast.agent).get(of(make_article("Plain"), "edit")).content.decode()


def test_a_translation_is_written_beside_its_source(cast, article, as_):
    page = as_(cast.agent).get(of(article, "edit"), {"locale": "uk"}).content.decode()
    assert "Ask the bank." in page
    as_(cast.agent).post(of(article, "edit") + "?locale=uk", {"title": "Картка", "body": "", "version": 0})
    assert article.texts.get(locale="uk").is_draft
    assert as_(cast.agent).get(of(article, "edit"), {"locale": "xx"}).status_code == 404


def test_a_lead_publishes_takes_back_archives_and_restores(cast, make_article, as_):
    article, browser = make_article(is_draft=True), as_(cast.lead)
    browser.post(of(article, "publication", "en"))
    assert not article.texts.get().is_draft
    browser.post(of(article, "withdrawal", "en"))
    assert article.texts.get().is_draft
    browser.post(of(article, "archive"))
    assert Article.objects.get(pk=article.pk).is_archived
    browser.post(of(article, "restoration"))
    browser.post(of(article, "review"))
    article.refresh_from_db()
    assert not article.is_archived and article.confidence == "validated"


def test_an_agent_publishes_and_archives_nothing(cast, make_article, as_):
    article, browser = make_article(is_draft=True), as_(cast.agent)
    for name, *more in (("publication", "en"), ("archive",), ("review",)):
        assert browser.post(of(article, name, *more)).status_code == 403
    assert "Save and publish" not in browser.get(of(article, "edit")).content.decode()


def test_saving_and_publishing_are_one_step_for_those_who_may(cast, make_article, as_):
    article = make_article(is_draft=True)
    as_(cast.lead).post(
        of(article, "edit"), {"title": "Now", "body": "<p>x</p>", "version": 1, "publish": "1"}
    )
    assert not article.texts.get().is_draft and article.texts.get().title == "Now"


def test_after_the_source_is_written_anew_its_translations_can_be_marked(cast, article, as_, later):
    save_text(article, "uk", by=cast.agent, title="Картка", body="")
    later(60)
    save_text(article, "en", by=cast.agent, body="<p>New</p>")
    browser = as_(cast.agent)
    assert "Are they outdated?" in browser.get(of(article, "article")).content.decode()
    browser.post(of(article, "levelling"), {"locale": ["uk"]})
    assert article.texts.get(locale="uk").is_outdated
    assert "Are they outdated?" not in browser.get(of(article, "article")).content.decode()
    browser.post(of(article, "levelling"), {"locale": ["uk"], "level": "1"})
    assert not article.texts.get(locale="uk").is_outdated
    browser.post(of(article, "text_removal", "uk"))
    assert article.texts.count() == 1


def test_versions_are_compared_and_come_back(cast, article, as_):
    save_text(article, "en", by=cast.agent, title="Declined cards", body="<p>Ask the issuer.</p>")
    page = as_(cast.agent).get(of(article, "versions"))
    assert {(line.kind, line.text) for line in page.context["lines"]} == {
        ("removed", "Why a card is declined"), ("added", "Declined cards"),
        ("removed", "Ask the bank."), ("added", "Ask the issuer."),
    }  # fmt: skip
    as_(cast.agent).post(of(article, "version_restoration", "en", 1))
    assert article.texts.get().version == 3 and article.texts.get().body == "<p>Ask the bank.</p>"
    assert as_(cast.agent).get(of(article, "versions"), {"from": "99"}).status_code == 404


def test_properties_are_changed_and_confidence_by_those_who_publish(cast, article, section, as_):
    given = {
        "section": section.pk, "labels": "visa, 3ds", "freshness": 90, "owner": cast.second.pk,
        "segment": Segment.objects.get(kind="staff").pk, "permission_group": PermissionGroup.objects.get().pk,
        "is_promoted": "on", "confidence": "validated",
    }  # fmt: skip
    as_(cast.agent).post(of(article, "properties"), given)
    article.refresh_from_db()
    assert (article.owner, article.freshness, article.is_promoted, article.confidence) == (
        cast.second,
        90,
        True,
        "wip",
    )
    as_(cast.lead).post(of(article, "properties"), given)
    article.refresh_from_db()
    assert article.confidence == "validated" and article.labels.count() == 2


def test_titles_follow_the_articles_own_language(cast, article):
    save_text(article, "uk", by=cast.agent, title="Картка", body="")
    article.refresh_from_db()
    assert article.title == "Why a card is declined"
    save_article(article, by=cast.owner, source_locale="uk")
    article.refresh_from_db()
    assert article.title == "Картка" == str(article)


def test_the_preview_is_harmless(cast, as_):
    page = as_(cast.agent).post(
        "/knowledge/preview", {"title": "T", "body": "<p>x</p><script>alert(1)</script>"}
    )
    assert "<p>x</p>" in page.content.decode() and "alert" not in page.content.decode()


def test_articles_are_offered_on_a_ticket_linked_and_unlinked(cast, make_article, make_ticket, as_):
    article, draft = make_article("Refund of a parcel"), make_article("Refund inside", is_draft=True)
    ticket, browser = make_ticket("Refund for my parcel"), as_(cast.agent)
    page = browser.get(reverse("knowledge:ticket_articles", args=[ticket.pk]))
    offers = {offer.text.title: offer.url for offer in page.context["offers"]}
    assert "/hc/en/articles/" in offers["Refund of a parcel"] and offers.get("Refund inside", "") == ""
    browser.post(reverse("knowledge:ticket_articles", args=[ticket.pk]), {"text": article.texts.get().pk})
    cited = Citation.objects.get()
    assert (cited.ticket, cited.version) == (ticket, 1)
    assert "linked the article" in browser.get(f"/tickets/{ticket.pk}").content.decode()
    found = browser.get(reverse("knowledge:ticket_found", args=[ticket.pk]), {"q": "inside"})
    assert [offer.text.article_id for offer in found.context["offers"]] == [draft.pk]
    browser.post(reverse("knowledge:uncite", args=[ticket.pk, cited.pk]))
    assert not Citation.objects.exists()


def test_the_requester_is_offered_their_own_language(cast, make_article, make_ticket, as_):
    article = make_article("Refund of a parcel")
    publish_article(save_text(article, "uk", by=cast.owner, title="Кошти за посилку", body=""), by=cast.owner)
    ticket = make_ticket("Refund of the parcel", locale="uk")
    page = as_(cast.agent).get(reverse("knowledge:ticket_articles", args=[ticket.pk]))
    assert [offer.text.title for offer in page.context["offers"]] == ["Кошти за посилку"]


def test_an_outsider_links_nothing_to_a_ticket_of_others(cast, article, ticket, as_):
    path = reverse("knowledge:ticket_articles", args=[ticket.pk])
    assert as_(cast.outsider).post(path, {"text": article.texts.get().pk}).status_code == 404
    assert not Citation.objects.exists()


def test_the_palette_finds_articles_in_any_inflection(cast, make_article, as_):
    make_article("Повернення коштів", locale="uk")
    assert "Повернення коштів" in as_(cast.agent).get("/palette", {"q": "повернень"}).content.decode()


def test_a_brand_with_categories_names_them_as_its_uses(section, cast):
    brand = Brand.objects.get(pk=section.category.brand_id)
    assert "Payments" in [use.name for use in used_by(thing_of(brand))]


def test_reviewing_says_when_to_look_again(cast, article, as_):
    review_article(article, by=cast.owner)
    assert "validated" in as_(cast.agent).get(of(article, "article")).content.decode().lower()
