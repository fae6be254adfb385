"""The Ukrainian and Russian catalogues are complete, right in form, and compiled."""

import re

import polib
import pytest

from opora.testing.catalogues import LANGUAGES, catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(params=LANGUAGES)
def entries(request):
    return polib.pofile(str(catalogue(request.param)))


def test_every_text_is_translated(entries):
    missing = [entry.msgid for entry in entries.untranslated_entries()]
    assert not missing, (
        f"{len(missing)} texts wait for words, such as {missing[:5]}. See opora.testing.catalogues."
    )
    assert not entries.fuzzy_entries(), [entry.msgid for entry in entries.fuzzy_entries()][:5]


def test_placeholders_are_kept(entries):
    for entry in entries:
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) <= allowed, entry.msgid
        assert set(PLACEHOLDER.findall("".join(texts))) == allowed, entry.msgid


def test_plurals_have_all_their_forms(entries):
    forms = int(re.search(r"nplurals=(\d)", entries.metadata["Plural-Forms"]).group(1))
    assert forms >= 3
    for entry in entries:
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == forms, entry.msgid
            assert all(entry.msgstr_plural.values()), entry.msgid


def test_the_compiled_catalogue_is_the_written_one(entries):
    compiled = polib.mofile(entries.fpath.replace(".po", ".mo"))
    assert {(entry.msgctxt, entry.msgid, entry.msgstr) for entry in compiled if not entry.msgid_plural} == {
        (entry.msgctxt, entry.msgid, entry.msgstr) for entry in entries if not entry.msgid_plural
    }


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [("uk", 1, "1 звернення"), ("uk", 2, "2 звернення"), ("uk", 5, "5 звернень"), ("uk", 21, "21 звернення"),
     ("ru", 1, "1 обращение"), ("ru", 3, "3 обращения"), ("ru", 11, "11 обращений")],
)  # fmt: skip
def test_counts_agree_with_their_nouns(language, count, expected):
    from django.utils import translation
    from django.utils.translation import ngettext

    with translation.override(language):
        text = ngettext("%(count)d ticket changed", "%(count)d tickets changed", count) % {"count": count}
    assert expected in text
