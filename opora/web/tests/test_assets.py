"""Stylesheets, modules and icons: what is named exists, and what exists is named."""

import re
from pathlib import Path

import pytest

from opora.web import assets

WEB = Path(__file__).parent.parent
STATIC = WEB / "static"
SCRIPTS = sorted((STATIC / "web/js").rglob("*.js"))
CONTROLLERS = sorted((STATIC / "web/js/controllers").glob("*.js"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OF_THE_GALLERY = {"web/css/gallery.css"}


def test_every_stylesheet_is_loaded():
    present = {str(path.relative_to(STATIC)) for path in (STATIC / "web/css").glob("*.css")}
    ours = {path for path in assets.STYLESHEETS if path.startswith("web/")}
    assert present - OF_THE_GALLERY == ours


def test_every_stylesheet_of_a_domain_is_loaded():
    opora = WEB.parent
    present = {
        str(path).split("/static/")[1] for path in opora.rglob("static/*/*.css") if WEB not in path.parents
    }
    assert present == {path for path in assets.STYLESHEETS if not path.startswith("web/")}


@pytest.mark.parametrize("path", [*assets.SCRIPTS, *assets.MODULES.values()])
def test_every_script_exists(path):
    assert is_static(path)


def test_every_controller_is_in_the_table():
    table = (STATIC / "web/js/app.js").read_text()
    missing = [path.name for path in CONTROLLERS if f"opora/controllers/{path.name}" not in table]
    assert not missing


@pytest.mark.parametrize("path", CONTROLLERS, ids=lambda path: path.stem)
def test_a_controller_is_one_short_behaviour(path):
    assert len(path.read_text().splitlines()) <= 80


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_import_by_names_of_the_import_map(path):
    for name in re.findall(r'(?:from|import\()\s*"([^"]+)"', path.read_text()):
        prefix = name.split("/")[0] + "/"
        if prefix in assets.MODULES:
            assert is_static(assets.MODULES[prefix] + name.removeprefix(prefix)), name
        else:
            assert name in assets.MODULES


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_hold_to_the_content_security_policy(path):
    text = path.read_text()
    assert not re.search(r"\beval\(|new Function|setAttribute\(\"style\"|document\.write", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_templates_have_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_templates_are_short(path):
    assert len(path.read_text().splitlines()) <= 120


def test_every_icon_that_templates_and_python_name_is_in_the_sprite():
    symbols = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "web/icons.svg").read_text()))
    opora = WEB.parent
    named = {
        name
        for path in opora.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
        if not name.startswith("g-")
    }
    assert named <= symbols, (
        f"Add to static/vendor/lucide/icons.txt and run opora/web/sprite.py: {named - symbols}"
    )


def is_static(path: str) -> bool:
    return any((static / path).exists() for static in WEB.parent.rglob("static"))
