"""What was typed survives a reload, and a sent reply can be taken back."""

from playwright.sync_api import expect

from e2e.conftest import READY, visit


def test_a_draft_survives_a_reload(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/3")
    page.keyboard.press("n")
    page.keyboard.type("Half a thought")
    expect(page.locator(".saved-mark")).to_contain_text("Saved")
    page.reload()
    page.wait_for_function(READY, polling=100)
    expect(page.locator("trix-editor")).to_contain_text("Half a thought")
    expect(page.locator("#composer")).to_have_attribute("data-mode", "note")


def test_undo_brings_the_words_back(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/4")
    page.keyboard.press("r")
    page.keyboard.type("Sent too early")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message.waiting")).to_contain_text("Sent too early")
    page.keyboard.press("z")
    expect(page.locator("trix-editor")).to_contain_text("Sent too early")
    expect(page.locator(".message.waiting")).to_have_count(0)


def test_a_macro_is_inserted_with_the_customers_name(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/5")
    page.keyboard.press("r")
    page.keyboard.type("/gree")
    expect(page.get_by_role("option", name="Greeting")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("trix-editor")).to_contain_text("Dear Customer,")
