"""The documents of the API say what is offered now."""

from opora.api.compatibility.page import rows
from opora.cli.api import DOCS, pages


def test_documents_are_up_to_date():
    for name, text in pages().items():
        assert (DOCS / name).read_text() == text, f"docs/{name} is stale: run `bin/opora api document`."


def test_the_list_of_the_vendor_is_whole():
    found = list(rows())
    assert len({(row.method, row.path) for row in found}) == len(found) > 600
    assert sum(row.offered for row in found if row.tier == 1) >= 224
