"""libzapi and the help center: its data classes insist on every attribute of an answer."""

import os
import time

from libzapi.application.commands.help_center.category_cmds import CreateCategoryCmd
from libzapi.application.commands.help_center.section_cmds import CreateSectionCmd, UpdateSectionCmd
from libzapi.application.services.help_center import HelpCenter

desk = HelpCenter(
    base_url=os.environ["OPORA_BASE_URL"],
    email=os.environ["OPORA_EMAIL"],
    api_token=os.environ["OPORA_TOKEN"],
)
UNIQUE = str(time.time_ns())


def shelf():
    category = desk.categories._client.create(CreateCategoryCmd(name=f"Payments {UNIQUE}", description="d"))
    section = desk.sections._client.create(category.id, CreateSectionCmd(name="Cards"))
    return category, section


def articles_have_every_attribute():
    category, section = shelf()
    made = desk.articles.create(
        section.id, title="Declined", body=f"<p>card{UNIQUE}</p>", label_names=["visa"]
    )
    assert (made.title, made.locale, made.label_names, made.draft) == ("Declined", "en-us", ["visa"], False)
    assert desk.articles.get(made.id) == made
    assert desk.articles.update(made.id, promoted=True).promoted
    for listed in (
        desk.articles.list_all(), desk.articles.list_all_by_locale("en-us"), desk.articles.list_by_category(category.id),
        desk.articles.list_by_section(section.id), desk.articles.list_by_user(made.author_id),
        desk.articles.list_incremental(1), desk.search.search_articles(f"card{UNIQUE}"),
    ):  # fmt: skip
        assert made.id in {one.id for one in listed}
    text = desk.translations.create("articles", made.id, locale="uk", title="Відхилено", body="<p>Банк</p>")
    assert text.source_type == "Article" and desk.translations.get("articles", made.id, "uk") == text
    assert len(list(desk.translations.list("articles", made.id))) == 2
    assert desk.translations.list_missing("articles", made.id) == ["ru"]
    desk.translations.delete(text.id)
    desk.articles.delete(made.id)
    assert made.id not in {one.id for one in desk.articles.list_all()}


def shelves_audiences_files_and_votes_have_every_attribute():
    category, section = shelf()
    moved = UpdateSectionCmd(
        category_id=category.id, parent_section_id=None, promote_to_top_level=True, position=2
    )
    assert desk.sections._client.update(section.id, "en-us", moved).position == 2
    assert category.id in {one.id for one in desk.categories.list_all()}
    assert section.id in {one.id for one in desk.sections.list_all()}
    assert [one.source_type for one in desk.translations.list("sections", section.id)] == ["Section"]
    made = desk.articles.create(section.id, title="Limits", body="x", label_names=["b"])
    file = desk.articles_attachments._client.create(
        made.id, ("limits.txt", b"1000", "text/plain"), inline=True
    )
    assert file.inline and [one.id for one in desk.articles_attachments.list_inline(made.id)] == [file.id]
    assert (
        desk.votes.up_article(made.id).value == 1 and len(list(desk.votes.list_article_votes(made.id))) == 1
    )
    assert "b" in {one.name for one in desk.article_labels.list_all()}
    segments = list(desk.user_segments.list_all())
    assert len(segments) >= 2 and desk.user_segments.get(segments[0].id) == segments[0]
    assert list(desk.permission_groups.list_all())
    desk.sections.delete(section.id)
    desk.categories.delete(category.id)


if __name__ == "__main__":
    for work in (articles_have_every_attribute, shelves_audiences_files_and_votes_have_every_attribute):
        work()
        print("done", work.__name__)
