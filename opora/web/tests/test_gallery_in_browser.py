"""The gallery in a real browser: nothing is refused by the content security policy, and the keyboard works."""

import shutil

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LISTEN = (
    "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]


@pytest.mark.parametrize("path", ["/gallery", "/gallery/workspace", "/gallery/table", "/gallery/plain"])
def test_page_opens_without_a_complaint_of_the_browser(gallery, path):
    page, complaints = gallery(path)
    page.wait_for_timeout(300)
    assert complaints == []


def test_palette_offers_what_the_page_can_do_and_what_the_server_finds(gallery):
    page, _ = gallery("/gallery/workspace")
    page.keyboard.press("Control+k")
    page.get_by_role("option", name="Solve").wait_for()
    page.get_by_role("option", name="Тарас Бондар").wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("combobox", name="Find or do").is_visible()


def test_keys_of_the_page_are_listed(gallery):
    page, _ = gallery("/gallery/workspace")
    page.keyboard.press("?")
    assert "Assign to me" in page.get_by_role("dialog", name="Keys of this page").inner_text()


def test_keys_work_on_a_cyrillic_layout(gallery):
    page, _ = gallery("/gallery/workspace")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    )
    assert page.locator(".composer").get_attribute("data-mode") == "note"


def test_mention_becomes_a_link(gallery):
    page, _ = gallery("/gallery/workspace")
    page.keyboard.press("n")
    page.keyboard.type("Глянь, @тар")
    page.get_by_role("option", name="Тарас Бондар").wait_for()
    page.keyboard.press("Enter")
    assert '<a href="/people/3">@Тарас Бондар</a>' in page.locator("input[name=body]").input_value()


def test_refusal_is_shown_in_the_words_of_the_server(gallery):
    page, _ = gallery("/gallery")
    page.get_by_role("button", name="Refusal").click()
    page.get_by_text("This ticket is closed. Write a follow-up instead.").wait_for()


def test_page_change_keeps_the_document_and_going_back_keeps_the_scroll(gallery):
    page, _ = gallery("/gallery")
    page.evaluate("window.same = true; scrollTo(0, 40)")
    page.get_by_role("link", name="Table page").click()
    page.get_by_role("heading", name="Звернення").wait_for()
    assert page.evaluate("[window.same, scrollY, document.activeElement.id]") == [True, 0, "main"]
    page.go_back()
    page.get_by_role("heading", name="Components").wait_for()
    page.wait_for_function("scrollY === 40")
    assert page.evaluate("window.same")


@pytest.fixture(scope="module")
def chromium():
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def gallery(live_server, settings, chromium):
    """Return a function that opens a page and hands back it and the list of the browser's complaints."""
    settings.DEBUG = True
    context = chromium.new_context(reduced_motion="reduce", locale="en-GB")

    def open_page(path):
        page, complaints = context.new_page(), []
        page.add_init_script(LISTEN)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page, complaints

    yield open_page
    context.close()
