"""axe finds nothing serious on any page, in light and dark, wide and on a phone."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.conftest import visit

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
PAGES = [
    "/views/4/", "/tickets/7", "/tickets/new", "/views/new", "/views/4/edit", "/search", "/search?q=parcel", "/people/",
    "/people/10000000005", "/organizations/", "/settings/", "/settings/brands/", "/settings/groups/", "/settings/colleagues/",
    "/settings/roles/", "/settings/mailboxes/", "/settings/log/", "/settings/webhooks/", "/settings/webhooks/new", "/settings/webhooks/deliveries", "/settings/macros/", "/settings/fields/", "/settings/me", "/suspended", "/notifications/", "/account/password/change/",
    "/team/", "/escalations/", "/settings/queues/", "/settings/queues/new", "/settings/skills/", "/settings/capacity/",
    "/settings/escalation/", "/settings/escalation/1", "/tickets/7/routing",
    "/account/2fa/", "/account/sessions/", "/gallery",
    "/settings/calendars/", "/settings/calendars/1", "/settings/calendars/1/days", "/settings/policies/", "/settings/policies/new", "/settings/attainment/", "/settings/what-ifs/", "/tickets/7/clocks/account",
    "/knowledge/", "/knowledge/1", "/knowledge/1/edit", "/knowledge/1/edit?locale=uk", "/knowledge/1/versions", "/knowledge/1/properties", "/knowledge/new",
    "/settings/knowledge/", "/settings/knowledge/sections/1", "/settings/audiences/", "/settings/audiences/new", "/settings/permission-groups/",
    "/hc/en", "/hc/en/categories/1-orders", "/hc/en/sections/2-refunds", "/hc/en/articles/1-how-parcels-are-delivered", "/hc/en/search?query=delivery",
]  # fmt: skip


def serious(page: Page) -> list[str]:
    """Return what axe finds that keeps people from using the page."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']}: {rule['help']} – {rule['nodes'][0]['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
    ]


def test_the_checker_is_the_unmodified_file():
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == SHA256


@pytest.fixture(scope="module")
def pages_of(desk, browser):
    """Open each page in one browser profile, signed in once for each way of looking."""
    signed_in = {}

    def page_for(scheme, width):
        if (scheme, width) not in signed_in:
            context = browser.new_context(
                base_url=desk.url, locale="en", color_scheme=scheme, viewport={"width": width, "height": 900},
                bypass_csp=True,
            )  # fmt: skip
            page = context.new_page()
            page.goto("/account/login/")
            page.get_by_label("Email").fill("olena@desk.test")
            page.get_by_label("Password", exact=True).fill("correct-horse-battery")
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/account/login" not in url)
            signed_in[scheme, width] = page
        return signed_in[scheme, width]

    yield page_for
    for page in signed_in.values():
        page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_nothing_serious(pages_of, path, scheme, width):
    page = pages_of(scheme, width)
    assert visit(page, path) == 200
    assert serious(page) == []


def test_the_sign_in_page_has_nothing_serious(desk, browser):
    context = browser.new_context(base_url=desk.url, bypass_csp=True)
    page = context.new_page()
    page.goto("/account/login/")
    assert serious(page) == []
    context.close()
