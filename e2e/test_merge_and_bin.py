"""What can be undone is undone from its toast: a merge, a deletion."""

import re

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_merge_is_undone_from_its_toast(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/tickets/9")
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("menuitem", name="Merge into another ticket").click()
    page.get_by_role("combobox", name="Ticket").fill("10")
    page.get_by_role("option", name="#10 Parcel 10").click()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page).to_have_url(re.compile("/tickets/10"))
    expect(page.locator("#conversation")).to_contain_text("Parcel 9 is late.")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("/tickets/9"))
    expect(page.locator("#ticket-head")).to_contain_text("New")


def test_a_deleted_ticket_comes_back(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/tickets/11")
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text("Deleted")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("/tickets/11"))
    expect(page.locator("#ticket-head")).not_to_contain_text("Deleted")


def test_a_comment_becomes_a_ticket(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/tickets/12")
    page.locator(".message").first.hover()
    page.get_by_role("button", name="Split into a new ticket").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#conversation")).to_contain_text("split this ticket off #12")
