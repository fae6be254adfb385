"""The palette and the list of keys."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_the_palette_finds_a_ticket_by_a_word_in_another_form(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/views/4/")
    page.keyboard.press("Control+k")
    page.keyboard.type("parcels 7")
    expect(page.locator(".palette .option").filter(has_text="Parcel 7").first).to_be_visible()


def test_the_palette_does_what_the_page_offers(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/6")
    page.keyboard.press("Control+k")
    page.keyboard.type("Assign to me")
    expect(page.locator(".palette .option").first).to_contain_text("Assign to me")
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-head")).to_contain_text("Andrii Agent")


def test_the_keys_are_listed(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/6")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Reply")


def test_many_tickets_are_changed_at_once(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/views/4/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("button", name="Priority").click()
    page.get_by_role("menuitem", name="High").click()
    expect(page.locator("#toasts")).to_contain_text("2 tickets changed")
