"""Two agents on one ticket: each sees the other, and an answer on stale knowledge is stopped."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_stale_reply_is_stopped_and_nothing_typed_is_lost(desk, sign_in):
    first, second = sign_in("andrii"), sign_in("borys")
    visit(first, "/tickets/1")
    visit(second, "/tickets/1")
    expect(first.locator(".presence-line")).to_contain_text("Borys Second", timeout=30_000)

    second.keyboard.press("r")
    second.keyboard.type("I have called the carrier.")
    # The second one's line is cut, so the page does not learn what comes in between.
    second.evaluate("document.getElementById('conversation').removeAttribute('data-live')")
    first.keyboard.press("r")
    first.keyboard.type("It arrives on Monday.")
    first.keyboard.press("Control+Enter")
    first.get_by_role("button", name="Send now").click()
    expect(first.locator(".message.ours")).to_contain_text("It arrives on Monday.")

    second.keyboard.press("Control+Enter")
    expect(second.locator("#stale")).to_contain_text("It arrives on Monday.")
    expect(second.locator("trix-editor")).to_contain_text("I have called the carrier.")

    second.locator("trix-editor").focus()
    second.keyboard.press("Control+Enter")
    expect(second.locator("#toasts")).to_contain_text("Reply sent")


def test_somebody_typing_is_seen(desk, sign_in):
    first, second = sign_in("andrii"), sign_in("lesia")
    visit(first, "/tickets/2")
    visit(second, "/tickets/2")
    second.keyboard.press("n")
    second.keyboard.type("Checking")
    expect(first.locator(".presence-line")).to_contain_text("is typing", timeout=30_000)
