"""Letting programs in: tokens on their page, OAuth clients, codes with proof, the clients' own credentials."""

import base64
import hashlib
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from opora.api.models import ApiToken
from opora.events.models import Event

VERIFIER = "a-verifier-that-is-long-enough-to-be-taken-for-one-43"


def test_a_token_is_shown_once_and_only_its_hash_is_kept(as_, cast, api_of):
    browser = as_(cast.agent)
    made = browser.post("/settings/tokens/new", {"name": "Nightly", "scopes": ["read"], "lasts": "30"})
    token = ApiToken.objects.get(person=cast.agent)
    secret = made.context["secret"]
    assert made.status_code == 201 and secret not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert (
        token.scopes == ["read"]
        and token.expires_at
        and Event.objects.filter(kind="api_token.created").exists()
    )
    assert "Nightly" in browser.get("/settings/tokens/").content.decode()
    caller = api_of(None)
    signed = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert caller.get("users/me.json", **signed).data["user"]["id"] == cast.agent.pk
    token.refresh_from_db()
    assert token.last_used_at
    browser.post(f"/settings/tokens/{token.pk}/revocation")
    assert caller.get("groups.json", **signed).status_code == 401
    assert Event.objects.filter(kind="api_token.revoked", subject_id=token.pk).exists()


def test_an_expired_token_opens_nothing(api_of, cast, later):
    client = api_of(cast.owner)
    ApiToken.objects.filter(pk=client.token.pk).update(expires_at=client.token.created_at)
    assert client.get("groups.json").status_code == 401


def test_nobody_revokes_another_ones_token_but_whoever_runs_the_desk(as_, cast, api_of):
    token = api_of(cast.agent).token
    assert as_(cast.second).post(f"/settings/tokens/{token.pk}/revocation").status_code == 404
    assert as_(cast.owner).post(f"/settings/tokens/{token.pk}/revocation").status_code == 302


@pytest.fixture
def program(api):
    made = api.post(
        "oauth/clients.json",
        {
            "client": {
                "name": "Reports",
                "identifier": "reports",
                "redirect_uri": ["https://reports.test/back"],
            }
        },
    )
    assert made.status_code == 201 and made.data["client"]["secret"]
    return made.data["client"]


def _code(browser, **asked):
    query = {
        "response_type": "code",
        "client_id": "reports",
        "redirect_uri": "https://reports.test/back",
        "scope": "read",
        "state": "s",
    } | asked
    page = browser.get("/oauth/authorizations/new", query)
    assert page.status_code == 200, page.content
    assert "https://reports.test" in page["Content-Security-Policy"]
    answer = browser.post("/oauth/authorizations/new", {**query, "allow": "yes"})
    return parse_qs(urlsplit(answer["Location"]).query)["code"][0]


def test_a_person_lets_a_program_in_by_a_code_with_proof(as_, cast, api_of, program):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    code = _code(as_(cast.agent), code_challenge=challenge, code_challenge_method="S256")
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": "reports",
        "client_secret": program["secret"],
        "redirect_uri": "https://reports.test/back",
        "code_verifier": VERIFIER,
    }
    caller = api_of(None)
    granted = caller.call("post", "/oauth/tokens", body)
    assert granted.status_code == 200, granted.content
    signed = {"HTTP_AUTHORIZATION": f"Bearer {granted.data['access_token']}"}
    assert caller.get("users/me.json", **signed).data["user"]["id"] == cast.agent.pk
    assert caller.post("groups.json", {"group": {"name": "x"}}, **signed).status_code == 403
    wrong = caller.call("post", "/oauth/tokens", {**body, "code_verifier": "wrong" * 10})
    assert wrong.status_code in {400, 401}


def test_a_program_acts_for_whoever_registered_it_by_its_own_credentials(api_of, cast, program):
    caller = api_of(None)
    body = {
        "grant_type": "client_credentials",
        "client_id": "reports",
        "client_secret": program["secret"],
        "scope": "read",
    }
    granted = caller.call("post", "/oauth/tokens", body)
    assert granted.status_code == 200, granted.content
    me = caller.get("users/me.json", HTTP_AUTHORIZATION=f"Bearer {granted.data['access_token']}")
    assert me.data["user"]["id"] == cast.owner.pk


def test_an_address_that_was_not_registered_gets_nothing(as_, cast, program):
    page = as_(cast.agent).get(
        "/oauth/authorizations/new",
        {"response_type": "code", "client_id": "reports", "redirect_uri": "https://evil.test/"},
    )
    assert page.status_code == 400 and "evil.test" not in page.get("Content-Security-Policy", "")


def test_tokens_of_the_wire_are_answered_whole_once(api, api_of, program):
    made = api.post("oauth/tokens.json", {"token": {"client_id": program["id"], "scopes": ["read"]}})
    full = made.data["token"]["full_token"]
    assert api_of(None).get("groups.json", HTTP_AUTHORIZATION=f"Bearer {full}").status_code == 200
    assert full not in api.get("oauth/tokens.json").content.decode()
    assert api.delete(f"oauth/tokens/{made.data['token']['id']}.json").status_code == 204
