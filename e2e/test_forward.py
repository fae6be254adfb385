"""A ticket is forwarded by keyboard; what comes back is a note that the customer does not see."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_forward_goes_out_and_the_answer_comes_back_as_a_note(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/6")
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox").first).to_be_checked()
    page.keyboard.type("carrier@partner.example")
    page.keyboard.press("Enter")
    dialog.get_by_role("textbox", name="Text").fill("Where is parcel 6?")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".message.waiting")).to_contain_text("Where is parcel 6?")
    page.locator(".message.waiting").get_by_role("button", name="Send now").click()
    mail = desk.wait_for_mail(lambda mail: mail["To"] == "carrier@partner.example")
    assert "Parcel 6 is late." in mail.get_body(("plain",)).get_content()
    desk.send_mail(
        sender="carrier@partner.example", to=mail["Reply-To"], subject="Re: Fwd: Parcel 6",
        text="In Lviv since Friday.", In_Reply_To=mail["Message-ID"],
    )  # fmt: skip
    answer = page.locator(".message.note", has_text="In Lviv since Friday.")
    expect(answer).to_be_visible()
    expect(answer).to_contain_text("outside")


def test_a_forward_taken_back_opens_again_as_it_was(desk, sign_in):
    page = sign_in("andrii")
    visit(page, "/tickets/7")
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox").first).to_be_checked()
    page.keyboard.type("wrong@partner.example")
    page.keyboard.press("Enter")
    dialog.get_by_role("textbox", name="Text").fill("Too early")
    dialog.get_by_role("button", name="Forward").click()
    expect(page.locator(".message.waiting")).to_contain_text("Too early")
    page.keyboard.press("z")
    expect(dialog.get_by_role("textbox", name="Text")).to_have_value("Too early")
    expect(dialog).to_contain_text("wrong@partner.example")
    expect(page.locator(".message.waiting")).to_have_count(0)
