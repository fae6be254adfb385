"""A program is let in by a token or by a person's consent, does what it may, and is shut out again."""

import base64
import hashlib
import json
import re
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import expect

from e2e.conftest import visit

VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789"


def test_a_token_is_made_copied_used_and_revoked(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/tokens/")
    expect(page.locator(".empty")).to_contain_text("No program speaks for you yet")
    page.locator(".page-actions").get_by_role("link", name="New token").click()
    page.get_by_label("Name", exact=True).fill("Nightly export")
    page.get_by_role("button", name="Create the token").click()
    secret = page.get_by_label("Token", exact=True).input_value()
    assert re.fullmatch(r"\w{40}", secret)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.get_by_role("button", name="Copy the token").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret

    signed = base64.b64encode(f"olena@desk.test/token:{secret}".encode()).decode()
    basic, bearer = {"Authorization": f"Basic {signed}"}, {"Authorization": f"Bearer {secret}"}
    assert _call(desk, "/api/v2/users/me.json", basic)[1]["user"]["email"] == "olena@desk.test"
    assert _call(desk, "/api/v1/queues.json", bearer)[0] == 200
    status, refused = _call(desk, "/api/v2/tickets.json", bearer, {"ticket": {"comment": {"body": "Hello"}}})
    assert status == 403 and "write" in refused["description"]

    page.get_by_role("link", name="Back to the tokens").click()
    row = page.get_by_role("row", name="Nightly export")
    expect(row).to_contain_text("read")
    expect(row).not_to_contain_text(secret)
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.locator(".empty")).to_contain_text("No program speaks for you yet")
    assert _call(desk, "/api/v2/tickets.json", bearer)[0] == 401


def test_a_person_lets_a_program_in_or_refuses_it(desk, sign_in, endpoint):
    page = sign_in("olena")
    visit(page, "/settings/tokens/new")
    page.get_by_label("Name", exact=True).fill("Registers programs")
    page.get_by_role("checkbox", name="Change everything that I may change").check()
    page.get_by_role("button", name="Create the token").click()
    admin = {"Authorization": f"Bearer {page.get_by_label('Token', exact=True).input_value()}"}
    back = f"{endpoint.url}/callback"
    client = {"name": "Courier app", "identifier": "courier-app", "redirect_uri": [back], "kind": "public"}
    assert _call(desk, "/api/v2/oauth/clients.json", admin, {"client": client})[0] == 201

    digest = hashlib.sha256(VERIFIER.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    asked = {
        "response_type": "code", "client_id": "courier-app", "redirect_uri": back, "scope": "read", "state": "s1",
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    page.goto(f"/oauth/authorizations/new?{urlencode(asked)}")
    expect(page.get_by_role("heading", name="Let Courier app use the desk?")).to_be_visible()
    page.get_by_role("button", name="Refuse").click()
    page.wait_for_url(f"{back}?*")
    assert parse_qs(urlsplit(page.url).query)["error"] == ["access_denied"]

    page.goto(f"/oauth/authorizations/new?{urlencode(asked)}")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{back}?*")
    answer = parse_qs(urlsplit(page.url).query)
    assert answer["state"] == ["s1"]
    body = {
        "grant_type": "authorization_code", "code": answer["code"][0], "client_id": "courier-app", "redirect_uri": back,
        "code_verifier": VERIFIER,
    }  # fmt: skip
    status, given = _call(desk, "/oauth/tokens", {}, body)
    assert status == 200, given
    bearer = {"Authorization": f"Bearer {given['access_token']}"}
    assert _call(desk, "/api/v2/users/me.json", bearer)[1]["user"]["email"] == "olena@desk.test"
    assert _call(desk, "/api/v2/tickets.json", bearer, {"ticket": {"comment": {"body": "Hello"}}})[0] == 403
    assert _call(desk, "/oauth/tokens", {}, body)[0] == 400, "a code works once"


def _call(desk, path, headers, body=None):
    """Ask as a program does; returns the status and the JSON of the answer."""
    sent = json.dumps(body).encode() if body is not None else None
    request = Request(desk.url + path, sent, {"Content-Type": "application/json", **headers})
    try:
        with urlopen(request, timeout=20) as response:
            return response.status, json.loads(response.read())
    except HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b"{}")
