"""Lists of the settings are put in order by dragging, and by keyboard."""

from playwright.sync_api import Page, expect

from e2e.conftest import visit


def titles(page: Page) -> list[str]:
    return page.locator(".order-list").first.locator("li > a").all_inner_texts()


def test_a_view_is_dragged_to_another_place(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/views/")
    before = titles(page)
    grips = page.locator(".order-list").first.locator(".grip")
    start, end = grips.nth(0).bounding_box(), grips.nth(2).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + end["height"] - 2, steps=4)
    expect(page.locator("[data-drop]")).to_have_count(1)
    with page.expect_response(lambda response: response.url.endswith("/settings/views/")):
        page.mouse.up()
    moved = [before[1], before[2], before[0], *before[3:]]
    expect(page.locator(".order-list").first.locator("li > a")).to_have_text(moved)
    page.reload()
    assert titles(page) == moved


def test_a_view_is_moved_by_arrow_keys_and_keeps_focus(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/views/")
    before = titles(page)
    page.locator(".order-list").first.locator(".grip").nth(1).focus()
    with page.expect_response(lambda response: response.url.endswith("/settings/views/")):
        page.keyboard.press("ArrowUp")
    moved = [before[1], before[0], *before[2:]]
    expect(page.locator(".order-list").first.locator("li > a")).to_have_text(moved)
    expect(page.locator(".order-list").first.locator(".grip").nth(0)).to_be_focused()
