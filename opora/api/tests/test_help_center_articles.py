"""Articles of the help center through the API."""

import pytest

from opora.api.tests.conftest import ApiClient
from opora.events.models import Event
from opora.knowledge.models import Article, ArticleText, Segment

KEYS = {
    "id", "url", "html_url", "author_id", "comments_disabled", "draft", "promoted", "position", "vote_sum", "vote_count",
    "section_id", "created_at", "updated_at", "edited_at", "name", "title", "source_locale", "locale", "outdated",
    "outdated_locales", "user_segment_id", "user_segment_ids", "permission_group_id", "content_tag_ids", "label_names",
    "body",
}  # fmt: skip
UK = {"locale": "uk", "title": "Чому картку відхилено", "body": "<p>Спитайте банк.</p>"}


def test_an_article_is_published_at_once_and_reads_back(api, cast, write, section_id):
    answer = write(
        label_names=["visa", "3ds"], promoted=True, position=4, comments_disabled=True, content_tag_ids=["01"]
    )
    assert answer.status_code == 201 and answer["Location"].endswith(
        f"/articles/{answer.data['article']['id']}.json"
    )
    shown = answer.data["article"]
    assert set(shown) == KEYS
    assert (shown["title"], shown["name"], shown["body"], shown["draft"]) == (
        "Why a card is declined", "Why a card is declined", "<p>Ask the bank.</p>", False,
    )  # fmt: skip
    assert (shown["label_names"], shown["promoted"], shown["position"]) == (["3ds", "visa"], True, 4)
    assert shown["comments_disabled"] is True and shown["content_tag_ids"] == ["01"]
    assert (shown["author_id"], shown["section_id"], shown["locale"]) == (cast.owner.pk, section_id, "en-us")
    assert api.get(shown["url"].removeprefix("http://testserver")).data["article"] == shown
    kinds = Event.objects.filter(subject_kind="article").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["article.created", "article.text_saved", "article.published"]


def test_html_is_sanitised_and_sql_is_a_text(api, write):
    shown = write("'; DROP TABLE articles; --", body="<p onclick=x>a</p><script>alert(1)</script>").data[
        "article"
    ]
    assert shown["title"] == "'; DROP TABLE articles; --" and shown["body"] == "<p>a</p>"
    assert write("<b>Bold</b>\x00\u202e").data["article"]["title"] == "<b>Bold</b>"


def test_what_is_written_in_two_languages_is_listed_in_each(api, write):
    number = write(translations=[UK]).data["article"]["id"]
    own = api.get(f"help_center/uk/articles/{number}").data["article"]
    assert (own["title"], own["locale"], own["source_locale"]) == (UK["title"], "uk", "en-us")
    assert "/hc/uk/articles/" in own["html_url"]
    assert api.get("help_center/uk/articles").data["articles"] == [own]
    assert api.get("help_center/ru/articles").data["articles"] == []
    assert api.get(f"help_center/ru/articles/{number}").status_code == 404
    inside = api.get(f"help_center/articles/{number}?include=translations").data["article"]["translations"]
    assert [(one["locale"], one["title"]) for one in inside] == [
        ("en-us", "Why a card is declined"),
        ("uk", UK["title"]),
    ]


def test_the_first_translation_is_the_source_where_no_title_stands_beside(api, section_id):
    body = {"translations": [UK, {"locale": "en-us", "title": "Declined", "body": ""}]}
    shown = api.post(f"help_center/sections/{section_id}/articles", {"article": body}).data["article"]
    assert (shown["source_locale"], shown["title"]) == ("uk", UK["title"])
    body["locale"] = "en-us"
    shown = api.post(f"help_center/sections/{section_id}/articles", {"article": body}).data["article"]
    assert (shown["source_locale"], shown["title"]) == ("en-us", "Declined")
    made = api.post("help_center/uk/articles", {"article": {"title": "Ще", "section_id": section_id}})
    assert made.status_code == 201 and made.data["article"]["locale"] == "uk"


def test_an_update_changes_properties_and_leaves_the_words(api, cast, write):
    segment = Segment.objects.get(name="Signed-in users")
    path = f"help_center/articles/{write().data['article']['id']}"
    given = {
        "title": "Other", "body": "x", "draft": True, "promoted": True, "label_names": ["a"], "author_id": cast.agent.pk,
        "user_segment_id": segment.pk, "position": 10**30, "comments_disabled": True, "notify": 1,
    }  # fmt: skip
    assert api.put(path, {"article": given}).status_code == 400, "no such position"
    answer = api.put(path, {"article": {**given, "position": 3}})
    shown = answer.data["article"]
    assert (shown["title"], shown["draft"]) == ("Why a card is declined", False)
    assert (shown["promoted"], shown["label_names"], shown["author_id"]) == (True, ["a"], cast.agent.pk)
    assert (shown["user_segment_id"], shown["user_segment_ids"]) == (segment.pk, [segment.pk])
    assert answer["X-Zendesk-Api-Warn"] == "Ignored attributes: body, draft, notify, title"
    assert api.put(path, {"article": {"user_segment_ids": []}}).data["article"]["user_segment_id"] is None
    for name in ("author_id", "section_id", "permission_group_id", "user_segment_id"):
        refused = api.put(path, {"article": {name: 99}})
        assert refused.status_code == 422 and refused.data["errors"] == {name: ["is invalid"]}
    assert api.put(path, {"article": {"user_segment_ids": [1, 2]}}).status_code == 422


def test_who_may_not_publish_writes_drafts_alone(api, api_of, cast, write):
    agent = api_of(cast.agent)
    assert write(client=agent).status_code == 403 and not Article.objects.exists()
    made = write(client=agent, draft=True)
    assert made.status_code == 201 and made.data["article"]["draft"] is True
    path = f"help_center/articles/{made.data['article']['id']}"
    assert agent.delete(path).status_code == 403
    assert agent.put(f"{path}/translations/en-us", {"translation": {"draft": False}}).status_code == 403
    assert agent.put(path, {"article": {"promoted": True}}).status_code == 200
    assert (
        api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)
        .put(path, {"article": {"promoted": False}})
        .status_code
        == 403
    )


def test_readers_see_what_is_published_for_them(api, api_of, cast, write):
    staff = Segment.objects.get(name="Agents and managers").pk
    open_, draft = write("Open", translations=[{**UK, "draft": True}]), write("Draft", draft=True)
    write("Inner", user_segment_id=staff)
    for reader in (ApiClient(None), api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)):
        listed = reader.get("help_center/articles?include=users,translations").data
        assert [one["title"] for one in listed["articles"]] == ["Open"]
        assert [one["locale"] for one in listed["articles"][0]["translations"]] == ["en-us"]
        assert listed["users"] == [{"id": cast.owner.pk, "name": cast.owner.name}]
        assert reader.get("help_center/uk/articles").data["articles"] == []
        assert reader.get(f"help_center/articles/{draft.data['article']['id']}").status_code == 404
        number = open_.data["article"]["id"]
        assert reader.get(f"help_center/articles/{number}/translations/uk").status_code == 404
        assert len(reader.get(f"help_center/articles/{number}/translations").data["translations"]) == 1
        assert reader.get("help_center/articles/search?query=draft").data["results"] == []
        assert reader.get("help_center/incremental/articles?start_time=0").status_code in {401, 403}
    assert len(api_of(cast.agent).get("help_center/articles").data["articles"]) == 3


def test_a_token_without_the_scope_reads_nothing_that_is_meant_for_its_owner(api_of, cast, write):
    write(draft=True)
    assert api_of(cast.agent, "tickets:read").get("help_center/articles").status_code == 403
    assert len(api_of(cast.agent, "hc:read").get("help_center/articles").data["articles"]) == 1
    stranger = ApiClient(None, HTTP_AUTHORIZATION="Bearer nonsense")
    assert stranger.get("help_center/articles").status_code == 401


def test_an_article_whose_own_language_is_a_draft_is_read_in_another(write):
    number = write(draft=True, translations=[UK]).data["article"]["id"]
    shown = ApiClient(None).get(f"help_center/articles/{number}").data["article"]
    assert (shown["locale"], shown["draft"]) == ("uk", False)


def test_deleting_archives(api, write):
    number = write().data["article"]["id"]
    path = f"help_center/articles/{number}"
    assert api.delete(path).status_code == 204
    assert Article.objects.get(pk=number).is_archived and ArticleText.objects.filter(article=number).exists()
    assert (
        api.get(path).status_code
        == api.delete(path).status_code
        == api.put(path, {"article": {}}).status_code
        == 404
    )
    assert api.get("help_center/incremental/articles?start_time=0").data["articles"] == []
    assert api.get("help_center/articles/search?query=card").data["results"] == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"title": ""}, 422), ({"title": "x" * 256}, 422), ({"body": "x" * 500_001}, 422), ({"locale": "xx"}, 422),
        ({"title": ["x"]}, 400), ({"label_names": 3}, 400), ({"author_id": "me"}, 400), ({"draft": "perhaps"}, 400),
        ({"translations": [{"locale": "uk"}]}, 422), ({"translations": [{"title": "x"}]}, 422),
        ({"author_id": 99}, 422), ({"label_names": [str(number) for number in range(60)]}, 422),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_half_written(api, write, given, status):
    before = Event.objects.count()
    answer = write(**given)
    assert answer.status_code == status, answer.data
    assert not Article.objects.exists() and Event.objects.count() in {before, before + 2}
    assert status == 400 or answer.data["errors"]


def test_there_is_no_article_without_a_section(api, section_id):
    assert api.post("help_center/articles", {"article": {"title": "x"}}).status_code == 400
    for path in ("help_center/sections/99/articles", f"help_center/sections/{2**63}/articles"):
        assert api.post(path, {"article": {"title": "x"}}).status_code == 404
    for path in (
        "help_center/articles/99",
        "help_center/categories/99/articles",
        "help_center/users/99/articles",
    ):
        assert api.get(path).data == {"error": "RecordNotFound", "description": "Not found"}
    assert api.get("help_center/articles/x").status_code == 400


def test_lists_are_sorted_and_narrowed_as_asked(api, cast, write, section_id):
    numbers = [
        write(title, position=place, label_names=labels).data["article"]["id"]
        for title, place, labels in (("B", 2, ["Оплата", "visa"]), ("A", 3, ["visa"]), ("C", 1, []))
    ]
    b, a, c = numbers

    def listed(asked, path="help_center/articles"):
        return [one["id"] for one in api.get(f"{path}?{asked}").data["articles"]]

    assert listed("") == [c, b, a]
    assert listed("sort_by=title") == listed("sort=title&page[size]=9") == [a, b, c]
    assert listed("sort=-title&page[size]=2") == [c, b]
    assert listed("sort_by=created_at&sort_order=desc") == [c, a, b]
    assert listed("label_names=visa,оплата") == [b] and sorted(listed("label_names=VISA")) == sorted([a, b])
    assert listed("label_names=nothing") == []
    assert listed("", f"help_center/users/{cast.owner.pk}/articles") == [c, b, a]
    assert listed("", f"help_center/sections/{section_id}/articles") == [c, b, a]
    beside = api.get("help_center/articles?include=sections,categories,users").data
    assert [len(beside[name]) for name in ("sections", "categories", "users")] == [1, 1, 1]


def test_an_export_says_what_changed_since(api, write, later):
    first = write().data["article"]["id"]
    later(3600)
    second = write("Second", translations=[UK]).data["article"]["id"]
    found = api.get("help_center/incremental/articles?start_time=0").data
    assert [one["id"] for one in found["articles"]] == [first, second] and found["next_page"] is None
    since = found["end_time"] + 60
    later(3600)
    assert api.get(f"help_center/incremental/articles?start_time={since}").data["count"] == 0
    api.put(f"help_center/articles/{first}/translations/en-us", {"translation": {"draft": True}})
    changed = api.get(f"help_center/incremental/articles?start_time={since}").data
    assert [one["id"] for one in changed["articles"]] == [first]
    text = ArticleText.objects.get(article=second, locale="uk").pk
    api.delete(f"help_center/translations/{text}")
    assert api.get(f"help_center/incremental/articles?start_time={since}").data["count"] == 2
    page = api.get("help_center/incremental/articles?start_time=0&per_page=1").data
    assert page["count"] == 1 and page["next_page"]
    assert api.get("help_center/incremental/articles").status_code == 400


@pytest.mark.parametrize(
    "path", ["articles?sort_by=title&", "articles/search?query=card&", "articles?page[size]=50&"]
)
def test_a_list_costs_the_same_however_long_it_is(api, write, django_assert_max_num_queries, path):
    asked = f"help_center/{path}include=translations,users,sections,categories"
    write("Card", translations=[UK], label_names=["a"])
    with django_assert_max_num_queries(30) as few:
        api.get(asked)
    enough = len(few)
    for number in range(6):
        write(f"Card {number}", translations=[UK], label_names=["a", str(number)])
    with django_assert_max_num_queries(enough):
        shown = api.get(asked).data
    assert len(shown.get("articles", shown.get("results"))) == 7


@pytest.mark.parametrize("noun", ["categories", "sections"])
def test_shelves_cost_the_same_however_many_there_are(api, section_id, django_assert_max_num_queries, noun):
    category = api.get("help_center/categories").data["categories"][0]["id"]
    with django_assert_max_num_queries(30) as few:
        api.get(f"help_center/{noun}?include=translations,categories")
    enough = len(few)
    for number in range(5):
        api.post("help_center/categories", {"category": {"name": f"More {number}"}})
        api.post(f"help_center/categories/{category}/sections", {"section": {"name": f"More {number}"}})
    with django_assert_max_num_queries(enough):
        assert len(api.get(f"help_center/{noun}?include=translations,categories").data[noun]) == 6
