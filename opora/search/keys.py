"""A kind of document and an id in one 63-bit number: the row id of the full-text index.

The lower 52 bits are the id, the upper 11 the kind, so one kind is one range of keys, ordered by id.
"""

from typing import NamedTuple
from zlib import crc32

ID_BITS = 52
ID_MASK = (1 << ID_BITS) - 1

_kinds: dict[int, str] = {}


class KeyRange(NamedTuple):
    """The keys of one kind, or of its documents below some id; both ends belong to it."""

    low: int
    high: int


def key_of(kind: str, document_id: int) -> int:
    """Return the key of the document `document_id` of `kind`."""
    if not 0 <= document_id <= ID_MASK:
        raise ValueError(f"The id {document_id} does not fit: search holds ids from 0 to {ID_MASK}.")
    return _kind_number(kind) << ID_BITS | document_id


def id_of(key: int) -> int:
    """Return the id inside `key`."""
    return key & ID_MASK


def keys_of(kind: str, *, before: int | None = None) -> KeyRange:
    """Return the keys of `kind`, only those of ids below `before` when it is given."""
    low = _kind_number(kind) << ID_BITS
    return KeyRange(low, low + (ID_MASK if before is None else before - 1))


def _kind_number(kind: str) -> int:
    number = crc32(kind.encode()) % 2048
    other = _kinds.setdefault(number, kind)
    if other != kind:
        raise ValueError(f"The kinds '{kind}' and '{other}' get the same number; rename one of them.")
    return number
