"""The index: put documents in, find them by what they say. The same answers on both databases."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from opora.core.prepared import insert
from opora.search.dialects import dialect
from opora.search.documents import Entry, Head, Text, entry_of, part_of
from opora.search.inflections import learn_forms
from opora.search.keys import id_of, key_of, keys_of
from opora.search.matching import Match, expand
from opora.search.models import Document
from opora.search.query import TextQuery
from opora.search.ranking import CANDIDATES, PHRASE_CANDIDATES, TITLE_CANDIDATES, Hit, rank
from opora.search.words import words

_BATCH = 1_000
_NAMED = 1_000
_LATEST = 2_000


def put(kind: str, document_id: int, *, title: str, body: str, people: str = "", codes: str = "") -> None:
    """Index the document `document_id` of `kind`, replacing what was indexed of it."""
    entry = entry_of(kind, Text(document_id, title, body, people, codes))
    with _joined():
        _write([entry], fresh=False)


def append(kind: str, document_id: int, body: str) -> None:
    """Add `body` to the document, as a ticket gains a comment; a document never put stays unknown."""
    part = part_of(body)
    with _joined():
        learn_forms(part)
        dialect().add(key_of(kind, document_id), part)


def change(
    kind: str,
    document_id: int,
    *,
    title: str | None = None,
    people: str | None = None,
    codes: str | None = None,
) -> None:
    """Replace those short fields of the document that are given, leaving its body.

    The caller holds the lock of what the document is about, as with every write here.
    """
    given = {
        name: " ".join(words(text))
        for name, text in {"title": title, "people": people, "codes": codes}.items()
        if text is not None
    }
    document = Document.objects.filter(key=key_of(kind, document_id)).first()
    if document is None:
        return
    head = replace(Head(document.title, document.people, document.codes), **given)
    with _joined():
        learn_forms(set(" ".join(given.values()).split()))
        dialect().change_head(document.key, head)
        Document.objects.filter(key=document.key).update(**given)


def remove(kind: str, document_id: int) -> None:
    """Forget the document `document_id` of `kind`."""
    _remove([key_of(kind, document_id)])


def clear(kind: str | None = None) -> None:
    """Forget every document of `kind`, or of every kind when none is given; the vocabulary stays."""
    low, high = keys_of(kind) if kind else (0, 0)
    others = Document.objects.filter(Q(key__lt=low) | Q(key__gt=high))
    with transaction.atomic():
        if kind and others.exists():
            _clear_range(low, high)
            return
        dialect().clear()
        Document.objects.all().delete()


def _clear_range(low: int, high: int) -> None:
    while keys := list(
        Document.objects.filter(key__range=(low, high)).values_list("key", flat=True)[:_BATCH]
    ):
        _remove(keys)


def bulk_put(kind: str, texts: Iterable[Text], *, fresh: bool = False) -> int:
    """Index many documents and return how many. `fresh` promises that none of them is indexed yet."""
    many, batch = 0, []
    for text in texts:
        batch.append(entry_of(kind, text))
        if len(batch) == _BATCH:
            many += _write_batch(batch, fresh=fresh)
            batch = []
    return many + _write_batch(batch, fresh=fresh)


@contextmanager
def building() -> Iterator[None]:
    """Build a large index inside: `with building(): clear(); bulk_put(..., fresh=True)`.

    Not inside a transaction. Other processes may search meanwhile, and slowly find what is there.
    """
    dialect().start_building()
    try:
        yield
    finally:
        dialect().finish_building()


def find(kind: str, query: TextQuery | Match, *, limit: int = 30, before: int | None = None) -> list[Hit]:
    """Return the best `limit` documents (at most 120), best first; only ids below `before` when it is given.

    Ranked are the newest 120 that match (60 where the query has phrases) and the newest 60 that match in the
    title: see `ranking`.
    """
    match = expand(query)
    if not match:
        return []
    keys = keys_of(kind, before=before)
    candidates = PHRASE_CANDIDATES if match.has_phrases else CANDIDATES
    newest = dialect().newest(match, keys, limit=candidates)
    titled = (
        dialect().newest(match.in_title(), keys, limit=TITLE_CANDIDATES) if len(newest) == candidates else []
    )
    return rank(match, newest=newest, titled=titled)[:limit]


def count(kind: str, query: TextQuery | Match, *, cap: int = 1_000) -> int:
    """Count the documents that match, stopping at `cap`."""
    match = expand(query)
    return dialect().count(match, keys_of(kind), cap=cap) if match else 0


def latest_of(kind: str, query: TextQuery | Match, rows: QuerySet, *, many: int) -> list[int]:
    """Return the ids of the newest `many` of `rows`, under whatever conditions, that match; highest first.

    Looked at are the newest 2,000 that match, and all only where those hold too few: a common word stands in a
    hundred thousand documents, and naming them costs more than all the rest of a search.
    """
    match, keys = expand(query), keys_of(kind)
    latest = dialect().newest(match, keys, limit=_LATEST) if match else []
    fitting = rows.order_by("-pk").values_list("pk", flat=True)
    found = list(fitting.filter(pk__in=[id_of(key) for key in latest])[:many])
    if len(found) == many or len(latest) < _LATEST:
        return found
    sql, params = dialect().ids_sql(match, keys)
    return list(fitting.filter(pk__in=RawSQL(sql, params))[:many])  # noqa: S611 (as below)


def as_subquery(kind: str, query: TextQuery | Match) -> RawSQL | list[int]:
    """Return what `filter(id__in=...)` takes: the ids of all that match, to be combined with any other conditions.

    Up to 1,000 are fetched now and named one by one, which the planner understands best; more stay a SELECT.
    """
    match, keys = expand(query), keys_of(kind)
    newest = dialect().newest(match, keys, limit=_NAMED + 1) if match else []
    if len(newest) <= _NAMED:
        return [id_of(key) for key in newest]
    sql, params = dialect().ids_sql(match, keys)
    return RawSQL(sql, params)  # noqa: S611 (the dialect's own SQL; what was typed is a parameter)


def _joined() -> transaction.Atomic:
    """The caller's transaction, or one of its own; no savepoint, for what cannot be indexed cannot be written either."""
    return transaction.atomic(savepoint=False)


def _write_batch(batch: Sequence[Entry], *, fresh: bool) -> int:
    # Of two texts with one id the last counts.
    entries = list({entry.key: entry for entry in batch}.values())
    with _joined():
        _write(entries, fresh=fresh)
    return len(entries)


def _write(entries: Sequence[Entry], *, fresh: bool) -> None:
    if not entries:
        return
    learn_forms(set().union(*(entry.plain_words for entry in entries)))
    dialect().write(entries, fresh=fresh)
    heads = [Document(key=entry.key, **vars(entry.head)) for entry in entries]
    if fresh and len(heads) == 1:
        insert(heads[0])
        return
    Document.objects.bulk_create(
        heads,
        update_conflicts=not fresh,
        unique_fields=None if fresh else ["key"],
        update_fields=None if fresh else ["title", "people", "codes"],
    )


def _remove(keys: Sequence[int]) -> None:
    with transaction.atomic():
        dialect().remove(keys)
        Document.objects.filter(key__in=keys).delete()
