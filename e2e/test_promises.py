"""A promise from its making to its account, and hours that are drawn."""

import re

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_promise_is_made_seen_on_a_ticket_and_explained(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/policies/new")
    page.locator("[name=name]").fill("Everybody, quickly")
    for target in page.locator("[name^=target_requester_wait_]").all():
        target.fill("40 h")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".policy-list")).to_contain_text("Everybody, quickly")
    visit(page, "/tickets/13")
    page.locator("[name=subject]").fill("A promise was made")
    page.locator("[name=subject]").press("Tab")
    clock = page.locator(".clock-row").first
    expect(clock).to_contain_text("Everybody, quickly")
    clock.click()
    expect(page.locator(".account").first).to_contain_text("promises 40 h")
    expect(page.locator(".strip svg").first).to_be_visible()


def test_hours_are_drawn_with_the_mouse(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/calendars/1")
    track = page.locator(".week-track").nth(6).bounding_box()
    middle = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + track["width"] * 10 / 24, middle)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 14 / 24, middle, steps=4)
    page.mouse.up()
    expect(page.locator("[name=day_6]")).to_have_value(re.compile("^10:00–14:00$"))
    expect(page.locator(".week-grid")).to_contain_text("With these hours")
