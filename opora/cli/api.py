"""`api document`: writes the compatibility page and the OpenAPI description."""

import json
import sys
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(arguments: list[str]) -> int:
    if arguments != ["document"]:
        print("bin/opora api document", file=sys.stderr)
        return 2
    django.setup()
    for name, text in pages().items():
        (DOCS / name).write_text(text)
        print(f"docs/{name}")
    return 0


def pages() -> dict[str, str]:
    """Return what the documents say now, by the names of their files."""
    from opora.api.compatibility.openapi import description
    from opora.api.compatibility.page import markdown

    return {
        "zendesk-compatibility.md": markdown(),
        "openapi.json": json.dumps(description(), indent=1, ensure_ascii=False) + "\n",
    }
