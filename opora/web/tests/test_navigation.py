"""The rail shows the places a person may enter and says where they are."""

from types import SimpleNamespace

import pytest

from opora.web import navigation
from opora.web.navigation import Place, links_for

PLACES = [
    Place("gallery", "Gallery", "inbox", "web:gallery", "g g"),
    Place("mock", "Mock", "inbox", "web:gallery_workspace", "g m", also=("/mocks/",)),
    Place("rules", "Rules", "settings", "web:gallery_table", "g r", permission="settings.desk"),
    Place("later", "Later", "star", "later:not_built", "g l"),
]


@pytest.fixture(autouse=True)
def _places(monkeypatch):
    monkeypatch.setattr(navigation, "PLACES", PLACES)


def test_a_section_that_is_not_built_is_not_shown():
    assert "later" not in names("/gallery", {"settings.desk"})


def test_a_section_one_may_not_enter_is_not_shown():
    assert names("/gallery", set()) == ["gallery", "mock"]


def test_the_longest_address_is_the_current_place():
    links = links_for(visit("/gallery/workspace", set()))
    assert [link.place.name for link in links if link.current] == ["mock"]


def test_an_address_that_belongs_to_a_place_makes_it_current():
    links = links_for(visit("/mocks/7/", set()))
    assert [link.place.name for link in links if link.current] == ["mock"]


def test_a_page_of_no_section_has_no_current_place():
    assert not any(link.current for link in links_for(visit("/elsewhere", set())))


def names(path, allowed):
    return [link.place.name for link in links_for(visit(path, allowed))]


def visit(path, allowed):
    return SimpleNamespace(path=path, user=SimpleNamespace(allowed=allowed))
