"""Articles and citations under our own words, and in the audits of tickets."""

from datetime import timedelta

import pytest

from opora.core import clock
from opora.knowledge.models import Article


@pytest.fixture
def number(write):
    return write().data["article"]["id"]


def test_an_article_says_how_sure_we_are_of_it_and_how_it_does(api, cast, number):
    shown = api.get(f"/api/v1/articles/{number}").data["article"]
    assert (shown["confidence"], shown["owner_id"], shown["freshness"], shown["is_due"]) == (
        "wip",
        cast.owner.pk,
        180,
        False,
    )
    assert shown["standing"] == {"votes_up": 0, "votes_down": 0, "citations": 0, "last_cited_at": None}
    assert [(text["locale"], text["is_draft"], text["version"]) for text in shown["texts"]] == [
        ("en", False, 1)
    ]
    given = {"confidence": "not_validated", "owner_id": cast.agent.pk, "freshness": 90}
    changed = api.put(f"/api/v1/articles/{number}", {"article": given}).data["article"]
    assert {name: changed[name] for name in given} == given
    for wrong in ({"freshness": 7}, {"owner_id": cast.customer.pk}, {"confidence": "sure"}):
        assert api.put(f"/api/v1/articles/{number}", {"article": wrong}).status_code == 422


def test_a_review_says_that_it_is_still_true(api, api_of, cast, number, later):
    later(86400 * 200)
    assert api.get("/api/v1/articles?due=true").data["articles"][0]["id"] == number
    assert api_of(cast.agent).post(f"/api/v1/articles/{number}/reviews").status_code == 403
    shown = api.post(f"/api/v1/articles/{number}/reviews")
    assert shown.status_code == 201 and shown.data["article"]["confidence"] == "validated"
    assert shown.data["article"]["review_on"] == (clock.now().date() + timedelta(days=180)).isoformat()
    assert api.get("/api/v1/articles?due=true").data["articles"] == []
    assert api.get("/api/v1/articles?confidence=validated&owner_id=1").data["count"] == 0


def test_the_archive_gives_an_article_back_as_a_draft(api, api_of, cast, number):
    assert api.post(f"/api/v1/articles/{number}/archive").data["article"]["archived_at"]
    assert api.get("/api/v1/articles").data["count"] == 0
    assert api.get("/api/v1/articles?archived=true").data["count"] == 1
    assert api_of(cast.outsider).get(f"/api/v1/articles/{number}").status_code == 404
    restored = api.delete(f"/api/v1/articles/{number}/archive").data["article"]
    assert restored["archived_at"] is None and restored["texts"][0]["is_draft"]
    assert not Article.objects.get(pk=number).is_archived


def test_an_article_is_linked_to_a_ticket_and_its_audit_says_so(api, api_of, cast, number, ticket):
    path = f"/api/v1/tickets/{ticket.pk}/citations"
    made = api.post(path, {"citation": {"article_id": number}})
    assert made.status_code == 201
    shown = made.data["citation"]
    assert (shown["article_id"], shown["locale"], shown["version"], shown["user_id"]) == (
        number,
        "en",
        1,
        cast.owner.pk,
    )
    assert shown["title"] == "Why a card is declined"
    assert api.post(path, {"citation": {"article_id": number}}).data["citation"]["id"] == shown["id"]
    listed = api.get(f"{path}?include=articles").data
    assert listed["count"] == 1 and listed["articles"][0]["standing"]["citations"] == 1
    events = [
        event for audit in api.get(f"tickets/{ticket.pk}/audits").data["audits"] for event in audit["events"]
    ]
    (linked,) = [event for event in events if event["type"] == "KnowledgeLinked"]
    assert linked["body"]["article"]["id"] == number and linked["body"]["article"]["locale"] == "en-us"
    assert api.get(linked["body"]["article"]["url"].removeprefix("http://testserver")).status_code == 200
    for wrong in (
        {},
        {"article_id": 99},
        {"article_id": number, "locale": "uk"},
        {"article_id": number, "locale": "xx"},
    ):
        assert api.post(path, {"citation": wrong}).status_code == 422
    assert api_of(cast.outsider).get(path).status_code == 404
    assert api.delete(f"{path}/{shown['id']}").status_code == 204
    assert api.delete(f"{path}/{shown['id']}").status_code == 404 and api.get(path).data["citations"] == []
