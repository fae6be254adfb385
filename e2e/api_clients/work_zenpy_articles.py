"""zenpy and the help center: what is written is read back, in two languages, with its files, votes and audiences."""

import os
import tempfile
import time
from pathlib import Path

from zenpy import Zenpy
from zenpy.lib.api_objects.help_centre_objects import Article, Category, Section, Translation
from zenpy.lib.exception import APIException, RecordNotFoundException

EMAIL, TOKEN = os.environ["OPORA_EMAIL"], os.environ["OPORA_TOKEN"]
UNIQUE = str(time.time_ns())


def afresh():
    """A client that has kept nothing of what it has read."""
    return Zenpy(subdomain="acme", email=EMAIL, token=TOKEN)


help_center = afresh().help_center


def shelf():
    category = help_center.categories.create(
        Category(name=f"Payments {UNIQUE}", description="d", locale="en-us")
    )
    section = help_center.sections.create(Section(name="Cards", category_id=category.id, locale="en-us"))
    return category, section


def categories_and_sections():
    category, section = shelf()
    assert afresh().help_center.categories(id=category.id).name == f"Payments {UNIQUE}"
    assert [one.id for one in help_center.categories.sections(category.id)] == [section.id]
    assert section.category.id == category.id and section.parent_section_id is None
    section.position = 3
    assert help_center.sections.update(section).position == 3
    named = Translation(locale="uk", title="Картки", body="Усіх банків")
    help_center.sections.create_translation(section, named)
    assert {one.locale for one in help_center.sections.translations(section)} == {"en-us", "uk"}
    assert {one.id for one in help_center.categories()} >= {category.id}
    help_center.sections.delete(section)
    help_center.categories.delete(category)
    try:
        afresh().help_center.categories(id=category.id)
        raise AssertionError("A category that was removed is shown.")
    except RecordNotFoundException:
        pass


def articles_in_two_languages():
    category, section = shelf()
    body = f"<p>Ask the bank about card{UNIQUE}.</p>"
    written = Article(
        title="Declined", body=body, locale="en-us", label_names=["visa"], section_id=section.id
    )
    made = help_center.articles.create(section, written, notify_subscribers=False)
    kept = afresh().help_center.articles(id=made.id)
    assert (kept.title, kept.body, kept.draft, kept.label_names) == ("Declined", body, False, ["visa"])
    assert kept.author.email == EMAIL and kept.section.id == section.id
    kept.promoted = True
    assert help_center.articles.update(kept).promoted is True
    text = Translation(locale="uk", title="Відхилено", body="<p>Банк</p>", draft=True)
    help_center.articles.create_translation(made, text)
    text.draft = False
    help_center.articles.update_translation(made, text)
    shown = help_center.articles.show_translation(made, "uk")
    assert (shown.title, shown.draft) == ("Відхилено", False)
    assert list(help_center.articles.missing_translations(made)) is not None
    assert [one.id for one in help_center.sections.articles(section)] == [made.id]
    assert [one.id for one in help_center.categories.articles(category.id)] == [made.id]
    assert made.id in {one.id for one in help_center.articles.user_articles(kept.author)}
    assert made.id in {one.id for one in help_center.articles.incremental(start_time=1)}
    assert [one.name for one in help_center.articles.labels(made)] == ["visa"]
    found = list(help_center.articles.search(query=f"card{UNIQUE}"))
    assert [one.id for one in found] == [made.id] and "<em>" in found[0].snippet
    for shown in help_center.articles.translations(made):
        if shown.locale == "uk":
            help_center.articles.delete_translation(shown)
    help_center.articles.archive(made)
    assert list(help_center.sections.articles(section)) == []


def files_votes_and_audiences():
    _category, section = shelf()
    made = help_center.articles.create(section, Article(title="Limits", body="x", locale="en-us"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "limits.txt"
        path.write_text("1000")
        kept = help_center.attachments.create(made, str(path), inline=False, file_name="limits.txt")
        waiting = help_center.attachments.create_unassociated(str(path), file_name="later.txt")
    assert (kept.file_name, kept.size, kept.inline) == ("limits.txt", 4, False)
    help_center.attachments.bulk_attachments(made, [waiting])
    assert {one.id for one in help_center.attachments(made)} == {kept.id, waiting.id}
    help_center.attachments.delete(kept)
    help_center.articles.vote_down(made)
    assert help_center.articles.vote_up(made).value == 1
    assert [one.value for one in help_center.articles.votes(made)] == [1]
    assert afresh().help_center.articles(id=made.id).vote_sum == 1
    segments = list(help_center.user_segments())
    assert {one.user_type for one in segments} == {"signed_in_users", "staff"}
    assert len(list(help_center.permission_groups())) >= 1
    try:
        help_center.articles.create(section, Article(title="", body="x"))
        raise AssertionError("An article without a title is kept.")
    except APIException as refused:
        assert "title" in str(refused)
    help_center.articles.archive(made)


if __name__ == "__main__":
    for work in (categories_and_sections, articles_in_two_languages, files_votes_and_audiences):
        work()
        print("done", work.__name__)
