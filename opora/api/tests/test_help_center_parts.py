"""Translations, labels, files, votes, audiences and permission groups through the API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.api.tests.conftest import ApiClient
from opora.events.models import Event
from opora.knowledge.models import ArticleFile, ArticleText, Standing, Vote

TRANSLATION_KEYS = {
    "id", "url", "html_url", "source_id", "source_type", "locale", "title", "body", "outdated", "draft", "hidden",
    "created_at", "updated_at", "updated_by_id", "created_by_id",
}  # fmt: skip
FILE_KEYS = {
    "id", "url", "article_id", "display_file_name", "file_name", "locale", "content_url", "relative_path", "content_type",
    "size", "inline", "created_at", "updated_at",
}  # fmt: skip


@pytest.fixture
def path(write):
    return f"help_center/articles/{write().data['article']['id']}"


def test_a_translation_is_written_changed_and_taken_away(api, path):
    given = {"locale": "uk", "title": "Картка", "body": "<p>Банк<script>x</script></p>", "draft": True}
    made = api.post(f"{path}/translations", {"translation": given})
    assert made.status_code == 201 and set(made.data["translation"]) == TRANSLATION_KEYS
    assert (made.data["translation"]["body"], made.data["translation"]["draft"]) == ("<p>Банк</p>", True)
    place = f"{path}/translations/uk"
    assert made["Location"].endswith(f"{place}.json")
    taken = api.post(f"{path}/translations", {"translation": given})
    assert taken.status_code == 422 and taken.data["errors"] == {"locale": ["has already been taken"]}
    changed = api.put(place, {"translation": {"title": "Картки", "draft": False, "outdated": True}}).data[
        "translation"
    ]
    assert (changed["title"], changed["draft"], changed["outdated"]) == ("Картки", False, True)
    assert api.get(path).data["article"]["outdated_locales"] == ["uk"]
    assert api.get(place).data["translation"] == changed
    assert len(api.get(f"{path}/translations?outdated=true").data["translations"]) == 1
    assert api.get(f"{path}/translations?locales=en-us,de").data["count"] == 1
    assert api.get(f"{path}/translations/missing").data == {"locales": ["ru"]}
    assert api.put(place, {"translation": {"title": " "}}).status_code == 422
    assert (
        api.get(f"{path}/translations/de").status_code
        == api.put(f"{path}/translations/de", {"translation": {}}).status_code
        == 404
    )
    assert api.delete(f"help_center/translations/{changed['id']}").status_code == 204
    own = ArticleText.objects.get().pk
    assert api.delete(f"help_center/translations/{own}").status_code == 422
    assert api.delete("help_center/translations/999").status_code == 404
    for strange in ("%00", "../en", "en;--", "x" * 300):
        assert api.get(f"{path}/translations/{strange}").status_code == 404


def test_what_shelves_are_called_is_a_translation_too(api, section_id):
    for kind, number in (
        ("sections", section_id),
        ("categories", api.get("help_center/categories").data["categories"][0]["id"]),
    ):
        base = f"help_center/{kind}/{number}/translations"
        made = api.post(base, {"translation": {"locale": "ru", "title": "Имя", "body": "Текст"}})
        assert made.status_code == 201 and set(made.data["translation"]) == TRANSLATION_KEYS
        assert api.post(base, {"translation": {"locale": "ru", "title": "Имя"}}).status_code == 422
        renamed = api.put(f"{base}/ru", {"translation": {"title": "Другое"}}).data["translation"]
        assert (renamed["title"], renamed["body"], renamed["id"]) == (
            "Другое",
            "Текст",
            made.data["translation"]["id"],
        )
        assert api.get(f"{base}/ru").data["translation"] == renamed
        assert renamed["id"] in [one["id"] for one in api.get(base).data["translations"]]
        assert api.put(f"{base}/ru", {"translation": {"title": ""}}).status_code == 422
        assert "ru" not in api.get(f"{base}/missing").data["locales"]
        assert api.delete(f"help_center/translations/{renamed['id']}").status_code == 204
        assert api.delete(f"help_center/translations/{renamed['id']}").status_code == 404
        source = next(one["id"] for one in api.get(base).data["translations"] if one["locale"] == "en-us")
        assert api.delete(f"help_center/translations/{source}").status_code == 422
    assert api.get("help_center/locales").data["locales"] == ["en-us", "uk", "ru"]


def test_labels_come_and_go(api, api_of, cast, path):
    made = api.post(f"{path}/labels", {"label": {"name": " two  words "}})
    assert made.status_code == 201 and made.data["label"]["name"] == "two words"
    number = made.data["label"]["id"]
    assert [one["id"] for one in api.get(f"{path}/labels").data["labels"]] == [number]
    assert api.get("help_center/articles/labels").data["labels"] == [made.data["label"]]
    assert api.get(f"{path}/labels/{number}").data == api.get(f"help_center/articles/labels/{number}").data
    assert api.post(f"{path}/labels", {"label": {"name": " "}}).status_code == 422
    assert (
        api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)
        .get("help_center/articles/labels")
        .status_code
        == 403
    )
    assert api.delete(f"{path}/labels/{number}").status_code == 204
    assert api.delete(f"{path}/labels/{number}").status_code == 404
    assert api.get("help_center/articles/labels").data["labels"] == []


def upload(client, path, name="limits.pdf", **more):
    file = SimpleUploadedFile(name, b"%PDF-1.4", "application/pdf")
    response = client.client.post(f"/api/v2/{path}", {"file": file, **more}, **client.headers)
    response.data = json.loads(response.content)
    return response


def test_files_are_put_to_an_article_or_wait_for_it(api, api_of, cast, path):
    made = upload(api, f"{path}/attachments.json", inline="true", locale="uk")
    assert made.status_code == 201, made.data
    shown = made.data["article_attachment"]
    assert set(shown) == FILE_KEYS and (shown["size"], shown["inline"], shown["locale"]) == (8, True, "uk")
    assert shown["content_url"].endswith(f"/hc/article_attachments/{shown['id']}/limits.pdf")
    waiting = upload(api, "help_center/articles/attachments", "../../ціни.pdf").data["article_attachment"]
    assert (waiting["article_id"], waiting["file_name"], waiting["inline"]) == (None, "ціни.pdf", False)
    second = upload(api_of(cast.agent), "help_center/articles/attachments").data["article_attachment"]["id"]
    refused = api.post(f"{path}/bulk_attachments", {"attachment_ids": [waiting["id"], second]})
    assert refused.status_code == 422 and ArticleFile.objects.filter(article=None).count() == 2, (
        "somebody else's"
    )
    assert api.post(f"{path}/bulk_attachments", {"attachment_ids": [waiting["id"]]}).status_code == 200
    assert api.post(f"{path}/bulk_attachments", {"attachment_ids": list(range(21))}).status_code == 400
    assert api.post(f"{path}/bulk_attachments", {}).status_code == 400
    assert len(api.get(f"{path}/attachments").data["article_attachments"]) == 2
    assert [one["id"] for one in api.get(f"{path}/attachments/inline").data["article_attachments"]] == [
        shown["id"]
    ]
    assert [one["id"] for one in api.get(f"{path}/attachments/block").data["article_attachments"]] == [
        waiting["id"]
    ]
    place = f"help_center/articles/attachments/{shown['id']}"
    assert api.get(place).data == api.get(f"{path}/attachments/{shown['id']}").data == made.data
    assert ApiClient(None).get(place).status_code == 200
    assert ApiClient(None).get(f"help_center/articles/attachments/{second}").status_code == 404
    assert api.delete(place).status_code == 204 and api.get(place).status_code == 404
    kinds = Event.objects.filter(subject_kind="article", kind__contains="file").values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == ["article.file_added", "article.file_added", "article.file_removed"]


def test_an_upload_without_a_file_or_by_a_customer_is_refused(api, api_of, cast, path):
    assert api.post(f"{path}/attachments", {"file": "x"}).status_code == 400
    broken = api.client.post(
        f"/api/v2/{path}/attachments", b"--x", content_type="multipart/form-data; boundary=", **api.headers
    )
    assert broken.status_code in {400, 422}
    assert (
        upload(api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email), f"{path}/attachments").status_code
        == 403
    )
    assert upload(ApiClient(None), f"{path}/attachments").status_code == 401
    assert upload(api, f"{path}/attachments", locale="xx").status_code == 422
    assert (
        upload(api, "help_center/articles/99/attachments").status_code == 404
        and not ArticleFile.objects.exists()
    )


def test_of_each_reader_the_last_vote_counts(api, api_of, cast, path):
    customer = api_of(cast.owner, HTTP_X_ON_BEHALF_OF=cast.customer.email)
    cast_vote = customer.post(f"{path}/up.json").data["vote"]
    assert set(cast_vote) == {
        "id",
        "url",
        "user_id",
        "value",
        "item_id",
        "item_type",
        "created_at",
        "updated_at",
    }
    assert (cast_vote["value"], cast_vote["item_type"], cast_vote["user_id"]) == (
        1,
        "Article",
        cast.customer.pk,
    )
    assert customer.post(f"{path}/down").data["vote"]["id"] == cast_vote["id"]
    api.post(f"{path}/up")
    shown = api.get(path).data["article"]
    assert (shown["vote_count"], shown["vote_sum"]) == (2, 0)
    assert len(api.get(f"{path}/votes?include=users").data["users"]) == 2
    assert customer.get(f"{path}/votes").status_code == 403
    own = customer.get(f"help_center/users/{cast.customer.pk}/votes").data["votes"]
    assert [one["value"] for one in own] == [-1]
    assert customer.get(f"help_center/users/{cast.owner.pk}/votes").status_code in {403, 404}
    theirs = Vote.objects.get(person=cast.owner).pk
    assert customer.get(f"help_center/votes/{theirs}").status_code == 404
    assert api.delete(f"help_center/votes/{cast_vote['id']}").status_code == 403
    assert customer.delete(f"help_center/votes/{cast_vote['id']}").status_code == 204
    assert api.get(f"help_center/votes/{theirs}").data["vote"]["value"] == 1
    assert Standing.objects.get().votes == 1
    assert ApiClient(None).post(f"{path}/up").status_code == 401


def test_audiences_read_back_and_stay_while_they_are_used(api, api_of, cast, path):
    given = {
        "name": "Gold", "user_type": "signed_in_users", "tags": ["gold"], "or_tags": ["a", "b"],
        "group_ids": [], "organization_ids": [cast.bank.pk], "added_user_ids": [cast.customer.pk],
    }  # fmt: skip
    made = api.post("help_center/user_segments", {"user_segment": given})
    assert made.status_code == 201
    shown = made.data["user_segment"]
    assert {name: shown[name] for name in given} == given and shown["built_in"] is False
    place = f"help_center/user_segments/{shown['id']}"
    assert api.get(place).data == made.data
    assert shown["id"] in [
        one["id"] for one in api.get("help_center/user_segments?built_in=false").data["user_segments"]
    ]
    assert len(api.get("help_center/user_segments?page[size]=1").data["user_segments"]) == 1
    of_user = api.get(f"help_center/users/{cast.customer.pk}/user_segments").data["user_segments"]
    assert shown["id"] in [one["id"] for one in of_user]
    assert len(api.get("help_center/user_segments/applicable").data["user_segments"]) == 3
    api.put(path, {"article": {"user_segment_id": shown["id"]}})
    assert (
        len(api.get(f"{place}/sections").data["sections"]) == 1
        and api.get(f"{place}/topics").data["topics"] == []
    )
    assert api.delete(place).status_code == 422
    api.put(path, {"article": {"user_segment_id": None}})
    assert api.put(place, {"user_segment": {"tags": []}}).data["user_segment"]["tags"] == []
    assert api.put(place, {"user_segment": {"group_ids": [99]}}).data["errors"] == {
        "group_ids": ["is invalid"]
    }
    unnamed = api.post("help_center/user_segments", {"user_segment": {"user_type": "staff"}}).data[
        "user_segment"
    ]
    assert unnamed["name"] == "staff"
    again = api.post("help_center/user_segments", {"user_segment": {"user_type": "staff"}}).data[
        "user_segment"
    ]
    assert again["name"] == "staff 2"
    assert api.post("help_center/user_segments", {"user_segment": {"name": "gold"}}).status_code == 422
    assert api.delete(place).status_code == 204
    built_in = api.get("help_center/user_segments?built_in=true").data["user_segments"]
    assert (
        len(built_in) == 2 and api.delete(f"help_center/user_segments/{built_in[0]['id']}").status_code == 422
    )
    assert (
        api_of(cast.agent).post("help_center/user_segments", {"user_segment": {"name": "x"}}).status_code
        == 403
    )


def test_permission_groups_say_who_writes_and_who_publishes(api, api_of, cast, path):
    staff = next(
        one["id"]
        for one in api.get("help_center/user_segments").data["user_segments"]
        if one["user_type"] == "staff"
    )
    given = {"name": "Law", "edit": [staff], "publish": []}
    made = api.post("guide/permission_groups", {"permission_group": given})
    assert made.status_code == 201 and {name: made.data["permission_group"][name] for name in given} == given
    place = f"guide/permission_groups/{made.data['permission_group']['id']}"
    assert api.put(place, {"permission_group": {"publish": [staff]}}).data["permission_group"]["publish"] == [
        staff
    ]
    assert (
        api.put(path, {"article": {"permission_group_id": made.data["permission_group"]["id"]}}).status_code
        == 200
    )
    assert api.delete(place).status_code == 422
    assert len(api.get("guide/permission_groups").data["permission_groups"]) >= 1
    assert api.post("guide/permission_groups", {"permission_group": {"name": "Law"}}).status_code == 422
    assert (
        api.post("guide/permission_groups", {"permission_group": {"name": "x", "edit": [99]}}).status_code
        == 422
    )
    assert api_of(cast.agent).delete(place).status_code == 403
    api.put(path, {"article": {"permission_group_id": None}})
    assert api.delete(place).status_code == 204 and api.get(place).status_code == 404


def test_what_has_no_noun_here_is_not_offered(api, path):
    for other in (f"{path}/subscriptions", "guide/content_tags"):
        assert api.get(other).data == {"error": "InvalidEndpoint", "description": "Not found"}


def test_nobody_comments_on_an_article(api, path):
    for asked in (f"{path}/comments", f"{path}/comments?page[size]=100"):
        assert api.get(asked).data["comments"] == []
    assert api.get("help_center/articles/99/comments").data["error"] == "RecordNotFound"
    assert api.post(f"{path}/comments", {"comment": {"body": "x"}}).data["error"] == "InvalidEndpoint"
