"""The vocabulary: every written form that occurs in a document, with its stems.

The index holds words as written; a query is widened to the forms of its words that occur. So phrases are exact,
better dictionaries need no new index, and a word is stemmed once in the life of the desk, not once an occurrence.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from opora.search.known import known_forms, remember_known_forms
from opora.search.models import WordForm
from opora.search.stems import has_stems, stems_of

FORMS_OF_A_WORD = 48  # the closest ones are kept; a verb has about thirty that anybody writes


def learn_forms(words: Iterable[str]) -> None:
    """Add the forms among `words` that the vocabulary lacks."""
    unseen = sorted({word for word in words if word not in known_forms and has_stems(word)})
    if not unseen:
        return
    new = set(unseen) - _stored(unseen)
    WordForm.objects.bulk_create(
        [WordForm(form=form, stem=stem) for form in sorted(new) for stem in sorted(stems_of(form))],
        batch_size=5_000,
    )
    # Only then: a form of a transaction that failed, taken for stored, would never be stored.
    transaction.on_commit(lambda: remember_known_forms(unseen))


def forms_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each of `words` itself and its other forms that occur in documents."""
    wanted = {word for word in words if has_stems(word)}
    stems = _stems(wanted)
    kin = defaultdict(set)
    for form, stem in WordForm.objects.filter(stem__in=set().union(*stems.values())).values_list(
        "form", "stem"
    ):
        kin[stem].add(form)
    return {word: _closest(word, set().union(*(kin[stem] for stem in stems.get(word, ())))) for word in words}


def _stored(forms: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(forms), 5_000):
        some = forms[start : start + 5_000]
        found.update(WordForm.objects.filter(form__in=some).values_list("form", flat=True))
    return found


def _stems(words: set[str]) -> dict[str, set[str]]:
    stems: dict[str, set[str]] = defaultdict(set)
    for form, stem in WordForm.objects.filter(form__in=words).values_list("form", "stem"):
        stems[form].add(stem)
    for word in words - stems.keys():
        stems[word] = set(stems_of(word))
    return stems


def _closest(word: str, kin: set[str]) -> tuple[str, ...]:
    others = sorted(kin - {word}, key=lambda form: (-_common_start(word, form), len(form), form))
    return (word, *others[: FORMS_OF_A_WORD - 1])


def _common_start(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
