"""The main story: a mail comes in, is answered and solved without a mouse, and the customer's answer reopens it."""

import re

from playwright.sync_api import expect

from e2e.conftest import visit


def test_mail_in_triage_reply_mail_out_answer_solve(desk, sign_in):
    page = sign_in("olena")
    desk.send_mail(
        sender="Kateryna <kateryna@example.com>",
        to="support@acme.example",
        subject="Де моє замовлення 48213?",
        text="Добрий день! Чекаю вже тиждень.\n\nКатерина",
    )
    keys = page.keyboard

    # The queue shows it by itself; the newest is the first row.
    visit(page, "/views/2/")
    visit(page, "/views/4/")
    expect(page.get_by_role("link", name="Де моє замовлення 48213?")).to_be_visible(timeout=30_000)
    keys.press("j")
    keys.press("Enter")
    expect(page).to_have_title(re.compile("Де моє замовлення 48213"))
    expect(page.locator("#conversation").get_by_text("Чекаю вже тиждень.")).to_be_visible()

    # Triage: mine, urgent.
    keys.press("i")
    expect(page.locator("#ticket-head")).to_contain_text("Olena Owner")
    keys.press("p")
    expect(page.get_by_role("menuitemradio", name="Low")).to_be_visible()
    for _ in range(8):
        if page.evaluate("document.activeElement.innerText").strip().startswith("Urgent"):
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#ticket-head")).to_contain_text("Urgent")

    # Reply, and the mail goes out ten seconds later, threading in the customer's client.
    keys.press("r")
    keys.type("Вітаю, Катерино! Посилка вже у Києві.")
    keys.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Reply sent")
    mail = desk.wait_for_mail(lambda mail: "kateryna@example.com" in str(mail["To"]))
    body = mail.get_body(("plain",)).get_content()
    assert "Посилка вже у Києві." in body
    assert mail["In-Reply-To"] and "48213" in str(mail["Subject"])
    assert "support@acme.example" in str(mail["From"])
    expect(page.locator(".message.ours")).to_contain_text("Посилка вже у Києві.")

    # The customer answers from their client, and it is in the same conversation.
    desk.send_mail(
        sender="Kateryna <kateryna@example.com>",
        to=str(mail["Reply-To"] or mail["From"]),
        subject=f"Re: {mail['Subject']}",
        text="Дякую, забрала!\n\n> Вітаю, Катерино! Посилка вже у Києві.",
        In_Reply_To=str(mail["Message-ID"]),
        References=str(mail["Message-ID"]),
    )
    expect(page.locator("#conversation").get_by_text("Дякую, забрала!")).to_be_visible(timeout=30_000)
    assert page.locator(".message").count() == 3

    keys.press("Escape")
    page.locator("#conversation").focus()
    keys.press("e")
    expect(page.locator("#ticket-head")).to_contain_text("Solved")
