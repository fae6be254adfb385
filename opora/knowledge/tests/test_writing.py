"""Articles are written, published, reviewed and archived."""

from datetime import timedelta

import pytest

from opora.core import clock
from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.knowledge.actions.archive_article import archive_article, restore_article
from opora.knowledge.actions.publish_article import publish_article, unpublish_article
from opora.knowledge.actions.remove_shelf import remove_category, remove_section
from opora.knowledge.actions.review_article import review_article
from opora.knowledge.actions.save_article import create_article, save_article
from opora.knowledge.actions.save_permission_group import save_permission_group
from opora.knowledge.actions.save_segment import save_segment
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.actions.save_text import mark_outdated, remove_text, restore_version, save_text
from opora.knowledge.models import Article, ArticleText, Category, Section
from opora.knowledge.policy import may_publish, may_write


def kinds_of(article):
    rows = Event.objects.filter(subject_kind="article", subject_id=article.pk)
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_an_article_begins_as_a_draft_with_its_first_version(cast, section):
    article = create_article(
        section,
        by=cast.agent,
        locale="uk",
        title=" Чому картку відхилено ",
        body="<script>x</script><p>Так</p>",
    )
    text = article.texts.get()
    assert (text.title, text.body, text.version, text.is_draft) == (
        "Чому картку відхилено",
        "<p>Так</p>",
        1,
        True,
    )
    assert (article.author, article.owner, article.confidence) == (cast.agent, cast.agent, "wip")
    assert kinds_of(article) == ["article.created", "article.text_saved"]


def test_every_saving_is_a_version_that_can_come_back(cast, article):
    save_text(article, "en", by=cast.agent, title="Declined cards", body="<p>New</p>")
    text = article.texts.get()
    assert [(one.number, one.title) for one in text.versions.all()] == [
        (2, "Declined cards"),
        (1, "Why a card is declined"),
    ]
    restored = restore_version(text.versions.get(number=1), by=cast.agent)
    assert (restored.version, restored.title, restored.body) == (
        3,
        "Why a card is declined",
        "<p>Ask the bank.</p>",
    )


def test_saving_what_stands_there_already_makes_no_version(cast, article):
    before = kinds_of(article)
    save_text(article, "en", by=cast.agent, title="Why a card is declined")
    save_article(article, by=cast.owner, is_promoted=False)
    assert kinds_of(article) == before and article.texts.get().version == 1


def test_two_writers_do_not_overwrite_each_other(cast, article):
    save_text(article, "en", by=cast.agent, body="<p>Mine</p>", expected=1)
    with pytest.raises(Conflict):
        save_text(article, "en", by=cast.owner, body="<p>Yours</p>", expected=1)
    assert article.texts.get().body == "<p>Mine</p>"


def test_a_blank_title_and_an_endless_text_are_refused_and_nothing_is_kept(cast, section, article):
    with pytest.raises(Invalid):
        create_article(section, by=cast.agent, locale="en", title="  ")
    with pytest.raises(Invalid):
        save_text(article, "en", by=cast.agent, body="x" * 500_001)
    assert Article.objects.count() == 1 and article.texts.get().version == 1


def test_writing_a_translation_brings_it_level_and_the_own_language_stays(cast, article):
    text = save_text(article, "uk", by=cast.agent, title="Картка", body="<p>Банк</p>")
    assert text.is_draft
    mark_outdated(text, by=cast.agent, is_outdated=True)
    assert save_text(article, "uk", by=cast.agent, body="<p>Банк знає</p>").is_outdated is False
    with pytest.raises(Conflict):
        remove_text(article.texts.get(locale="en"), by=cast.agent)
    remove_text(article.texts.get(locale="uk"), by=cast.agent)
    assert list(article.texts.values_list("locale", flat=True)) == ["en"]


def test_publishing_begins_the_days_until_somebody_looks_again(cast, make_article):
    article = make_article(is_draft=True, freshness=90)
    publish_article(article.texts.get(), by=cast.owner)
    article.refresh_from_db()
    assert article.review_on == clock.now().date() + timedelta(days=90)
    assert not article.texts.get().is_draft and kinds_of(article)[-1] == "article.published"
    unpublish_article(article.texts.get(), by=cast.owner)
    assert article.texts.get().is_draft and kinds_of(article)[-1] == "article.unpublished"


def test_agents_write_and_others_publish(cast, make_article):
    article = make_article(by=cast.agent, is_draft=True)
    with pytest.raises(NotAllowed):
        publish_article(article.texts.get(), by=cast.agent)
    with pytest.raises(NotAllowed):
        save_article(article, by=cast.agent, confidence="validated")
    with pytest.raises(NotAllowed):
        archive_article(article, by=cast.agent)
    assert article.texts.get().is_draft


def test_a_reviewed_article_is_validated_and_due_again_later(cast, article, later):
    later(86400 * 200)
    article.refresh_from_db()
    assert article.is_due_on(clock.now().date())
    review_article(article, by=cast.owner)
    article.refresh_from_db()
    assert article.confidence == "validated" and not article.is_due_on(clock.now().date())


def test_the_archive_keeps_everything_and_gives_it_back_as_drafts(cast, article, section):
    archive_article(article, by=cast.owner)
    article.refresh_from_db()
    assert article.is_archived
    with pytest.raises(Conflict):
        publish_article(article.texts.get(), by=cast.owner)
    restore_article(article, by=cast.owner)
    article.refresh_from_db()
    assert not article.is_archived and article.section == section and article.texts.get().is_draft


def test_a_shelf_with_articles_stays_unless_they_may_go_to_the_archive(cast, article, section):
    with pytest.raises(Conflict, match="1 article stands there"):
        remove_section(section, by=cast.owner)
    with pytest.raises(Conflict):
        remove_category(section.category, by=cast.owner)
    remove_category(section.category, by=cast.owner, with_articles=True)
    article.refresh_from_db()
    assert article.is_archived and article.section is None
    assert not Category.objects.exists() and not Section.objects.exists()
    with pytest.raises(Conflict):
        restore_article(article, by=cast.owner)


def test_labels_are_words_kept_once(cast, article):
    save_article(article, by=cast.agent, labels=["visa", " 3ds ", "visa", ""])
    assert list(article.labels.values_list("name", flat=True)) == ["3ds", "visa"]
    assert kinds_of(article)[-1] == "article.changed"
    with pytest.raises(Invalid):
        save_article(article, by=cast.agent, labels=[str(n) for n in range(51)])


def test_shelves_are_told_in_the_readers_language_or_in_their_own(section):
    assert (section.name_in("uk"), section.name_in("pl"), section.description_in("pl")) == (
        "Картки",
        "Cards",
        "Of all banks",
    )


def test_a_shelf_needs_a_name_in_its_own_language_and_a_place(cast, section):
    with pytest.raises(Invalid):
        save_section(section, by=cast.owner, texts={"en": {"name": ""}})
    with pytest.raises(Invalid):
        save_category(by=cast.owner, source_locale="en", texts={"en": {"name": "Nowhere"}})
    with pytest.raises(Invalid):
        save_section(by=cast.owner, source_locale="en", texts={"en": {"name": "Nowhere"}})
    section.refresh_from_db()
    assert section.name == "Cards"


def test_sections_stand_in_sections_but_never_in_themselves(cast, section, brand):
    inner = save_section(by=cast.owner, parent=section, source_locale="en", texts={"en": {"name": "Visa"}})
    assert inner.category == section.category
    with pytest.raises(Invalid):
        save_section(section, by=cast.owner, parent=inner)
    elsewhere = save_category(
        by=cast.owner, brand=brand, source_locale="en", texts={"en": {"name": "Elsewhere"}}
    )
    section.refresh_from_db()
    save_section(section, by=cast.owner, category=elsewhere)
    inner.refresh_from_db()
    assert inner.category == elsewhere


def test_a_permission_group_narrows_who_writes_and_publishes(cast, article, make_article):
    lawyers = save_segment(by=SYSTEM, name="Lawyers", kind="staff", people=[cast.agent])
    group = save_permission_group(by=SYSTEM, name="Law", editors=[lawyers], publishers=[lawyers])
    article = make_article("Law", permission_group=group)
    assert may_write(cast.agent, article) and may_write(cast.owner, article)
    assert not may_publish(cast.agent, article), "the role decides first"
    others = save_segment(by=SYSTEM, name="Others", kind="staff", tags=["nobody"])
    save_permission_group(group, by=SYSTEM, editors=[others])
    assert not may_write(cast.agent, article)


def test_only_those_who_arrange_make_categories(cast, brand):
    with pytest.raises(NotAllowed):
        save_category(by=cast.agent, brand=brand, source_locale="en", texts={"en": {"name": "Mine"}})
    assert not Category.objects.exists() and not ArticleText.objects.exists()
