"""Tabs of one browser share one stream, and none of them misses anything."""

from playwright.sync_api import Page

from e2e.conftest import READY, Desk, visit

PATIENT = 30_000


def write(desk: Desk, text: str) -> None:
    """A customer opens a new ticket by mail."""
    desk.send_mail(sender="tabs@example.com", to="support@acme.example", subject=text, text=text)


def tell_what_is_heard(page: Page) -> None:
    """Keep the subjects of tickets that the page hears of in `window.heard`."""
    page.add_init_script(
        "window.heard = []; document.addEventListener('live:ticket', ({ detail }) => window.heard.push(detail))"
    )


def wait_for(page: Page, kind: str) -> None:
    page.wait_for_function(
        "kind => window.heard.some((event) => event.kind === kind)", arg=kind, polling=100, timeout=PATIENT
    )


def test_the_second_tab_goes_on_when_the_first_is_closed(desk, sign_in):
    first = sign_in("andrii")
    second = first.context.new_page()
    tell_what_is_heard(second)
    visit(first, "/tickets/")
    visit(second, "/tickets/")
    write(desk, "Through the first tab")
    wait_for(second, "ticket.created")
    first.close()
    second.evaluate("window.heard.length = 0")
    write(desk, "Through the second tab")
    wait_for(second, "ticket.created")


def test_a_tab_that_listens_late_hears_what_it_missed_once(desk, sign_in):
    first = sign_in("andrii")
    tell_what_is_heard(first)
    visit(first, "/tickets/")
    first.wait_for_timeout(1500)
    drawn = first.context.request.get("/tickets/").text()
    write(desk, "While the second tab was loading")
    wait_for(first, "ticket.created")
    second = first.context.new_page()
    tell_what_is_heard(second)
    second.route("**/tickets/", lambda route: route.fulfill(body=drawn, content_type="text/html"))
    second.goto("/tickets/")
    second.wait_for_function(READY, polling=100)
    wait_for(second, "ticket.created")
    write(desk, "Afterwards")
    second.wait_for_function(
        "() => window.heard.filter((event) => event.kind === 'ticket.created').length === 2", polling=100, timeout=PATIENT
    )  # fmt: skip
    ids = second.evaluate("window.heard.map(({ id }) => id).filter((id) => id > 0)")
    assert len(ids) == len(set(ids))
