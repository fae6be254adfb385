"""Categories and sections of the help center through the API."""

import pytest

from opora.api.tests.conftest import ApiClient
from opora.events.models import Event
from opora.knowledge.models import Article, Category, Section

CATEGORY_KEYS = {
    "id", "url", "html_url", "position", "created_at", "updated_at", "name", "description", "locale", "source_locale",
    "outdated",
}  # fmt: skip
SECTION_KEYS = CATEGORY_KEYS | {"category_id", "parent_section_id", "sorting", "theme_template"}


@pytest.fixture
def category_id(section_id):
    return Section.objects.get(pk=section_id).category_id


def test_a_category_reads_back_in_each_of_its_languages(api, category_id):
    shown = api.get(f"help_center/categories/{category_id}.json").data["category"]
    assert set(shown) == CATEGORY_KEYS
    assert (shown["name"], shown["description"], shown["locale"]) == ("Payments", "Money", "en-us")
    assert shown["html_url"].endswith(f"/hc/en/categories/{category_id}-payments")
    own = api.get(f"help_center/uk/categories/{category_id}").data["category"]
    assert (own["name"], own["description"], own["source_locale"]) == ("Оплата", "Про гроші", "en-us")
    assert api.get(shown["url"].removeprefix("http://testserver")).data["category"] == shown
    assert api.get(f"help_center/de/categories/{category_id}").status_code == 404
    assert api.get("help_center/de/categories").data["categories"] == []
    assert api.get("help_center/qq/categories").status_code == 404


def test_a_section_has_every_key_and_says_its_translations_inside(api, section_id, category_id):
    shown = api.get(f"help_center/sections/{section_id}?include=translations,categories").data
    assert set(shown["section"]) == SECTION_KEYS | {"translations"}
    assert (shown["section"]["sorting"], shown["section"]["theme_template"]) == ("manual", "section_page")
    assert shown["categories"][0]["id"] == category_id
    assert [one["title"] for one in shown["section"]["translations"]] == ["Cards"]


def test_an_update_moves_and_never_renames(api, section_id, category_id):
    answer = api.put(f"help_center/categories/{category_id}", {"category": {"name": "Other", "position": 7}})
    assert answer.data["category"]["name"] == "Payments" and answer.data["category"]["position"] == 7
    assert "name" in answer["X-Zendesk-Api-Warn"]
    body = {"name": "Other", "sorting": "creation_asc", "theme_template": "wide_page", "position": -5}
    section = api.put(f"help_center/uk/sections/{section_id}", {"section": body})
    assert section.status_code == 404, "it has no Ukrainian name"
    section = api.put(f"help_center/sections/{section_id}", {"section": body}).data["section"]
    assert (section["name"], section["sorting"], section["theme_template"], section["position"]) == (
        "Cards", "creation_asc", "wide_page", 0,
    )  # fmt: skip
    assert api.put(f"help_center/sections/{section_id}", {"section": {"sorting": "smell"}}).status_code == 422
    sorted_ = api.put(f"help_center/sections/{section_id}", {"section": {"sorting": "creation_desc"}}).data
    assert sorted_["section"]["sorting"] == "creation_desc"


def test_sections_stand_in_sections_and_come_out_again(api, section_id, category_id):
    path = f"help_center/categories/{category_id}/sections"
    inner = api.post(path, {"section": {"name": "Visa", "parent_section_id": section_id}}).data["section"]
    assert inner["parent_section_id"] == section_id and inner["locale"] == "en-us"
    assert (
        api.put(
            f"help_center/sections/{section_id}", {"section": {"parent_section_id": inner["id"]}}
        ).status_code
        == 422
    )
    out = api.put(f"help_center/sections/{inner['id']}", {"section": {"parent_section_id": None}}).data[
        "section"
    ]
    assert out["parent_section_id"] is None
    other = api.post("help_center/categories", {"category": {"name": "Other"}}).data["category"]["id"]
    moved = api.put(f"help_center/sections/{inner['id']}", {"section": {"category_id": other}}).data[
        "section"
    ]
    assert moved["category_id"] == other
    assert [one["id"] for one in api.get(path).data["sections"]] == [section_id]
    for wrong in ({"category_id": 99}, {"parent_section_id": 99}):
        assert api.put(f"help_center/sections/{inner['id']}", {"section": wrong}).status_code == 422


def test_what_has_no_name_is_refused_and_nothing_is_kept(api, cast):
    before = Event.objects.count()
    for given in (
        {},
        {"name": " "},
        {"name": "x", "locale": "klingon"},
        {"translations": [{"locale": "uk"}]},
    ):
        answer = api.post("help_center/categories", {"category": given})
        assert answer.status_code == 422 and next(iter(answer.data["errors"].values())), answer.data
    assert api.post("help_center/categories", {"category": {"name": "x"}, "x": 1}).status_code == 201
    for given in (
        "x",
        [],
        {"name": {}},
        {"name": "x", "translations": "uk"},
        {"name": "x", "translations": ["uk"]},
    ):
        assert api.post("help_center/categories", {"category": given}).status_code == 400
    assert api.post("help_center/categories", {}).status_code == 400
    assert Category.objects.count() == 1 and Event.objects.count() == before + 1


def test_deleting_a_section_archives_its_articles_and_a_category_goes_with_its_sections(
    api, write, category_id, section_id
):
    number = write().data["article"]["id"]
    assert api.delete(f"help_center/sections/{section_id}").status_code == 204
    assert (
        Article.objects.get(pk=number).is_archived
        and api.get(f"help_center/articles/{number}").status_code == 404
    )
    assert api.delete(f"help_center/categories/{category_id}").status_code == 204
    assert api.delete(f"help_center/categories/{category_id}").data["error"] == "RecordNotFound"
    assert not Category.objects.exists()


def test_only_those_who_arrange_change_categories(api_of, cast, category_id, section_id):
    agent = api_of(cast.agent)
    assert agent.post("help_center/categories", {"category": {"name": "x"}}).status_code == 403
    assert agent.put(f"help_center/sections/{section_id}", {"section": {"position": 3}}).status_code == 403
    assert agent.delete(f"help_center/categories/{category_id}").status_code == 403
    assert (
        api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)
        .delete(f"help_center/sections/{section_id}")
        .status_code
        == 403
    )
    assert ApiClient(None).post("help_center/categories", {"category": {"name": "x"}}).status_code == 401


def test_readers_see_the_shelves_on_which_something_stands_for_them(api, write, category_id, section_id):
    visitor = ApiClient(None)
    assert visitor.get("help_center/categories").data["categories"] == []
    path = f"help_center/categories/{category_id}/sections"
    inner = api.post(path, {"section": {"name": "Visa", "parent_section_id": section_id}}).data["section"][
        "id"
    ]
    api.post(path, {"section": {"name": "Secret"}})
    article = write(section_id=inner).data["article"]
    assert article["section_id"] == section_id, "the address says where it is made"
    api.put(f"help_center/articles/{article['id']}", {"article": {"section_id": inner}})
    assert [one["id"] for one in visitor.get("help_center/categories").data["categories"]] == [category_id]
    assert {one["id"] for one in visitor.get("help_center/sections").data["sections"]} == {section_id, inner}


def test_both_pagings_go_to_the_end_and_back(api, category_id):
    for name in ("b", "c", "d"):
        api.post("help_center/categories", {"category": {"name": name, "position": 1}})
    first = api.get("help_center/categories?per_page=3").data
    assert (first["page"], first["per_page"], first["page_count"], first["count"]) == (1, 3, 2, 4)
    assert (first["sort_by"], first["sort_order"], first["previous_page"]) == ("position", "asc", None)
    second = api.get(first["next_page"].removeprefix("http://testserver")).data
    assert len(second["categories"]) == 1 and second["next_page"] is None and second["page"] == 2
    page = api.get("help_center/categories?page[size]=3").data
    assert page["meta"]["has_more"] and page["links"]["first"].endswith("page%5Bsize%5D=3")
    ids = [one["id"] for one in page["categories"]]
    rest = api.get(page["links"]["next"].removeprefix("http://testserver")).data
    assert len({*ids, *(one["id"] for one in rest["categories"])}) == 4 and not rest["meta"]["has_more"]
    back = api.get(rest["links"]["prev"].removeprefix("http://testserver")).data
    assert [one["id"] for one in back["categories"]] == ids
    last = api.get(page["links"]["last"].removeprefix("http://testserver")).data
    assert last["categories"][-1] == rest["categories"][-1] and last["links"]["next"] is None
    assert (
        api.get(last["links"]["prev"].removeprefix("http://testserver")).data["categories"][0]["id"] == ids[0]
    )
    assert api.get("help_center/categories?per_page=x").status_code == 400
    by_time = api.get("help_center/categories?sort_by=created_at&sort_order=desc").data
    assert by_time["sort_by"] == "created_at" and by_time["categories"][-1]["id"] == category_id


def test_a_brand_has_a_help_center_when_it_has_a_category(api, category_id):
    brand = api.get("brands").data["brands"][0]
    assert (brand["has_help_center"], brand["help_center_state"]) == (True, "enabled")
    assert len(api.get(f"help_center/categories?brand_id={brand['id']}").data["categories"]) == 1
    assert api.get("help_center/sections?brand_id=99").data["sections"] == []
    assert api.post("help_center/categories", {"category": {"name": "x", "brand_id": 99}}).status_code == 422
