"""A signature is put together from its places and shown as it will look."""

import re

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_place_is_put_where_the_writer_stands_and_the_preview_follows(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/me")
    page.locator("[name=signature]").fill("Best regards, ")
    page.locator(".signature summary").click()
    page.get_by_role("button", name="{{agent.first_name}}").click()
    expect(page.locator("[name=signature]")).to_have_value("Best regards, {{agent.first_name}}")
    expect(page.locator(".signature-preview")).to_contain_text(re.compile(r"Best regards, \w+"))
