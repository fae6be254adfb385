"""Every component draws itself."""

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory

from opora.web.views import gallery

PAGES = [gallery.components, gallery.workspace, gallery.table, gallery.plain]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_page_of_the_gallery_draws(page, rf_person):
    response = page(rf_person)
    assert response.status_code == 200
    assert b"INVALID" not in response.content


def test_a_customer_does_not_see_the_gallery(rf_person):
    rf_person.user.is_colleague = False
    with pytest.raises(Http404):
        gallery.components(rf_person)


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html", "web/refusal.html"]
)
def test_an_error_page_needs_neither_request_nor_database(name):
    page = render_to_string(name, {"error_id": "a1b2c3d4"})
    assert "a1b2c3d4" in page
    assert 'href="/"' in page


def test_a_refusal_shows_its_own_sentence():
    assert "Ask a lead." in render_to_string("web/refusal.html", {"sentence": "Ask a lead."})


@pytest.fixture
def rf_person(monkeypatch):
    request = RequestFactory().get("/gallery")
    request.user = Somebody()
    request.csp_nonce = "abc"
    request._messages = []
    return request


class Somebody:
    pk, name, theme, density = 1, "Марія Коваленко", "auto", "comfortable"
    is_authenticated = is_active = is_colleague = True
    allowed = frozenset()

    def __str__(self) -> str:
        return self.name
