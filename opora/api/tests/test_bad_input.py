"""Whatever comes in, the answer is of the contract's form: never an error of ours, and nothing half written."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from opora.api.compatibility.openapi import description
from opora.api.wire.routing import OPERATIONS
from opora.testing.words import NASTY

WRITES = [made for made in OPERATIONS if made.takes and made.takes.attributes and made.version == "v2"]
JUNK = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=40) | some.sampled_from(NASTY),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["id", "value", "name", "type", "body"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _path(made, number: int) -> str:
    parts = [str(number) if part.startswith("{") else part for part in made.path.split("/")]
    return "/".join(parts)


@pytest.mark.parametrize("made", WRITES, ids=lambda made: f"{made.method} {made.path}")
def test_every_attribute_may_be_anything(api, cast, ticket, made):
    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(
        some.dictionaries(some.sampled_from(sorted(made.takes.attributes)), JUNK, max_size=4),
        some.sampled_from([1, ticket.pk, cast.customer.pk, cast.bank.pk]),
    )
    def try_it(attributes, number):
        body = {
            made.takes.name: attributes,
            **(attributes if made.takes.name in {"merge", "redaction", "tags"} else {}),
        }
        response = api.call(made.method.lower(), _path(made, number) + ".json", body)
        assert response.status_code < 500
        if response.status_code >= 400:
            assert "error" in response.data or "errors" in response.data

    try_it()


@pytest.mark.parametrize("text", NASTY)
def test_texts_come_back_as_they_went_in_and_harm_nothing(api, text):
    made = api.post(
        "organizations.json", {"organization": {"name": f"N {text}", "notes": text, "details": text}}
    )
    clean = text.replace("\x00", "")
    assert made.status_code in {201, 422}
    if made.status_code == 201:
        assert (made.data["organization"]["notes"] or "") == clean
    for address in (
        "users/search.json",
        "search.json",
        "organizations/autocomplete.json",
        "tickets.json",
        "users.json",
    ):
        query = {
            "query": text,
            "name": text,
            "external_id": text,
            "sort_by": text,
            "page[after]": text,
            "role": text,
        }
        response = api.client.get(f"/api/v2/{address}", query, **api.headers)
        assert response.status_code < 500, (address, text)


@pytest.mark.parametrize(
    "body", [[], "x", 1, None, {"ticket": []}, {"ticket": "x"}, {"ticket": None}, {"tickets": {}}, {}]
)
def test_bodies_of_another_form_are_refused(api, body):
    for method, path in (
        ("post", "tickets.json"),
        ("post", "tickets/create_many.json"),
        ("post", "users.json"),
        ("post", "views.json"),
    ):
        response = api.client.generic(
            method.upper(), f"/api/v2/{path}", json.dumps(body), "application/json", **api.headers
        )
        assert 400 <= response.status_code < 500, (path, body, response.content)


def test_a_huge_body_is_refused_by_its_size(api):
    body = json.dumps({"ticket": {"subject": "x", "comment": {"body": "y" * 6_000_000}}})
    response = api.client.post("/api/v2/tickets.json", body, content_type="application/json", **api.headers)
    assert response.status_code == 413


def test_the_description_names_every_operation_once():
    shown = description()
    named = [one["operationId"] for path in shown["paths"].values() for one in path.values()]
    assert len(named) == len(set(named)) == len(OPERATIONS)
    assert all(
        one["summary"].endswith(".") or one["summary"]
        for path in shown["paths"].values()
        for one in path.values()
    )
