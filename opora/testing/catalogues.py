"""Extracting texts and compiling catalogues: `python -m opora.testing.catalogues [uk] [ru]` after texts have changed.

Needs gettext's tools for extracting; the compiled catalogues are committed, so that a desk needs no tools.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("uk", "ru")


def catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(language: str) -> None:
    """Bring the catalogue up to date with the texts of the product; new texts stand there untranslated."""
    command = ["makemessages", "-l", language, "--no-location", "--no-wrap", "--ignore", "*/tests/*", "-v0"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "opora.settings", "PYTHONPATH": str(ROOT.parent)}
    subprocess.run([sys.executable, "-m", "django", *command], cwd=ROOT, env=environment, check=True)
    entries = polib.pofile(str(catalogue(language)), wrapwidth=0)
    for entry in [entry for entry in entries if entry.obsolete]:
        entries.remove(entry)
    entries.metadata_is_fuzzy = False
    entries.metadata |= {
        "Project-Id-Version": "Opora", "POT-Creation-Date": "", "PO-Revision-Date": "", "Last-Translator": "",
        "Language-Team": "", "Language": language,
    }  # fmt: skip
    entries.header = f"Opora, {language}"
    entries.save()


def compile_catalogue(language: str) -> None:
    """Write the compiled catalogue beside the text."""
    path = catalogue(language)
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def main(languages: Sequence[str]) -> None:
    for language in languages or LANGUAGES:
        extract(language)
        compile_catalogue(language)
        entries = polib.pofile(str(catalogue(language)))
        print(
            f"{language}: {len(entries.untranslated_entries())} to translate, {len(entries.fuzzy_entries())} to check."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
