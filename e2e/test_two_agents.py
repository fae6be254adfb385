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
    # What comes in between stays on its way to the second one.
    second.route("**/tickets/1/conversation*", lambda route: None)
    first.keyboard.press("r")
    first.keyboard.type("It arrives on Monday.")
    first.keyboard.press("Control+Enter")
    first.get_by_role("button", name="Send now").click()
    expect(first.locator(".message.ours:not(.waiting)")).to_contain_text("It arrives on Monday.")

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


def test_a_refresh_leaves_alone_what_somebody_types(desk, sign_in):
    first, second = sign_in("andrii"), sign_in("borys")
    visit(first, "/tickets/15")
    visit(second, "/tickets/15")
    subject = first.get_by_label("Subject")
    subject.fill("Parcel 15 is in")
    second.keyboard.press("p")
    second.get_by_role("menuitemradio", name="High").click()
    expect(first.locator(".ticket-line")).to_contain_text("High")
    expect(subject).to_be_focused()
    first.keyboard.type(" Lviv")
    first.keyboard.press("Tab")
    expect(second.get_by_label("Subject")).to_have_value("Parcel 15 is in Lviv")
