"""What is vendored is what its authors published, and says so."""

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

VENDOR = Path(__file__).parent.parent / "static/vendor"
LIBRARIES = tomllib.loads((VENDOR / "manifest.toml").read_text())["library"]
FILES = [file for library in LIBRARIES for file in library["file"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["path"])
def test_file_is_unmodified(file):
    assert sha256((VENDOR / file["path"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_library_says_where_it_comes_from_and_carries_its_licence(library):
    assert all(library[name] for name in ("version", "licence", "package", "home", "why"))
    assert any(file["path"].endswith("LICENSE") for file in library["file"])


def test_no_file_is_without_an_entry():
    ours = {"manifest.toml", "lucide/icons.txt"}
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - ours
    assert present == {file["path"] for file in FILES}
