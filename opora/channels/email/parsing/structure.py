"""The MIME tree, flattened into what a reader sees and what a reader saves."""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from .charsets import decode_text
from .headers import Headers, raw_header
from .params import parse_params
from .words import decode_base64

_DEEPEST = 300
_MOST_PARTS = 2_000
_COSTLIEST = 20_000_000  # the parser asks every open level about every line
_FIRST_BOUNDARY = re.compile(
    rb"(?:^|\n)--([^\s-][^\r\n]{0,120}|-{1,60}[^\s-][^\r\n]{0,120})\r?\n[\w-]{2,60}:", re.ASCII
)
_LEADING_JUNK = b"\x00\r\n\t \xef\xbb\xbf"


@dataclass(slots=True)
class Leaf:
    """A part without children. `kind` is its content type, `params` those of the type, `content` decoded bytes.

    `message` is set for an attached message, whose bytes are then `content`.
    """

    kind: str
    params: dict[str, str]
    disposition: str
    name: str
    content_id: str
    content: bytes
    message: Message | None = None
    path: tuple[str, ...] = ()

    @property
    def charset(self) -> str | None:
        return self.params.get("charset")

    def text(self) -> str:
        """The part as text with "\\n" line ends and no null bytes."""
        decoded = decode_text(self.content, self.charset).replace("\x00", "")
        return decoded.replace("\r\n", "\n").replace("\r", "\n") if "\r" in decoded else decoded


@dataclass(slots=True)
class Tree:
    """A parsed message: its root for the header, its leaves in order, and what was wrong."""

    root: Message
    headers: Headers
    leaves: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def read_tree(raw: bytes) -> Tree:
    """Parses any bytes; what cannot be understood as MIME is one text leaf, with a defect that says so."""
    clean = _settle_line_ends(raw.lstrip(_LEADING_JUNK))
    levels = clean.count(b"boundary=") + clean.count(b"message/rfc822")
    if levels > 5 and levels * clean.count(b"\n") > _COSTLIEST:
        return _as_plain(clean, "The message is nested too deeply to be opened; it is shown as text.")
    try:
        root = email.message_from_bytes(clean, policy=email.policy.compat32)
        tree = Tree(root, Headers(root))
        tree.root = _with_found_boundary(root, tree.defects)
        _collect(tree)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as problem:
        return _as_plain(clean, f"The structure of the message could not be read ({type(problem).__name__}).")
    tree.defects += [_sentence(defect) for part in _few(tree.root.walk()) for defect in part.defects]
    return tree


def message_bytes(message: Message) -> bytes:
    """An attached message as bytes, as near to the original as the parser kept it."""
    try:
        return message.as_bytes()
    except Exception:  # the generator of the standard library raises many kinds on malformed parts
        lines = [f"{name}: {value}" for name, value in message.raw_items()]
        body = message.get_payload()
        text = "\n".join(lines) + "\n\n" + (body if isinstance(body, str) else "")
        return text.encode("utf-8", "surrogateescape")


def _settle_line_ends(raw: bytes) -> bytes:
    return raw.replace(b"\r", b"\n") if b"\n" not in raw[:100_000] and b"\r" in raw else raw


def _as_plain(raw: bytes, defect: str) -> Tree:
    header, _, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw[:200_000] else b"\n\n")
    root = email.message_from_bytes(header[:200_000] + b"\n\n", policy=email.policy.compat32)
    return Tree(root, Headers(root), [Leaf("text/plain", {}, "", "", "", body)], [defect])


def _with_found_boundary(root: Message, defects: list[str]) -> Message:
    """A multipart whose declared boundary never occurs is parsed again with the one its body uses."""
    body = root.get_payload()
    if root.get_content_maintype() != "multipart" or (isinstance(body, list) and body):
        return root
    if isinstance(body, list) or "\n--" not in f"\n{body}":
        return root
    found = _FIRST_BOUNDARY.search(str(body).encode("utf-8", "surrogateescape"))
    if not found:
        return root
    kind, _ = parse_params(raw_header(root, "content-type"))
    root.replace_header("content-type", f'{kind}; boundary="{found.group(1).decode("latin-1").rstrip()}"')
    again = email.message_from_bytes(message_bytes(root), policy=email.policy.compat32)
    if not again.is_multipart():
        return root
    defects.append("The parts are separated by another line than the header declares.")
    return again


def _collect(tree: Tree) -> None:
    stack: list[tuple[Message, int, tuple[str, ...]]] = [(tree.root, 0, ())]
    while stack:
        part, depth, path = stack.pop()
        kind = part.get_content_type()
        if depth > _DEEPEST or len(tree.leaves) >= _MOST_PARTS:
            tree.defects.append("The message has more parts than are read; the rest was left out.")
            return
        if kind.startswith("message/") or not part.is_multipart():
            tree.leaves.append(_leaf(part, kind, path))
            continue
        tag = f"{kind}#{len(tree.leaves)}.{depth}" if kind == "multipart/alternative" else kind
        stack += [(child, depth + 1, (*path, tag)) for child in reversed(_children(part))]


def _children(part: Message) -> list[Message]:
    inner: Any = part.get_payload() if part.is_multipart() else []
    return inner if isinstance(inner, list) else []


def _leaf(part: Message, kind: str, path: tuple[str, ...]) -> Leaf:
    _, params = parse_params(raw_header(part, "content-type"))
    disposition, its_params = parse_params(raw_header(part, "content-disposition"))
    content_id = raw_header(part, "content-id").strip().strip("<>").strip()
    leaf = Leaf(kind, params, disposition, _stated_name(its_params, params), content_id, b"", path=path)
    inner = _children(part)
    if inner and kind == "message/delivery-status":
        leaf.content = b"\n".join(message_bytes(block) for block in inner)
    elif part.is_multipart():
        leaf.message = inner[0] if inner else None
        leaf.content = _attached_bytes(part, leaf)
    else:
        leaf.content = _decoded(part)
    return leaf


def _stated_name(disposition: dict[str, str], kind: dict[str, str]) -> str:
    """The file name in the order of trust; "file" is what some old programs wrote."""
    return (
        disposition.get("filename") or kind.get("name") or disposition.get("name") or kind.get("file") or ""
    )


def _attached_bytes(part: Message, leaf: Leaf) -> bytes:
    """The bytes of an attached message; one sent in base64 is opened first."""
    content = message_bytes(leaf.message) if leaf.message is not None else b""
    encoding = raw_header(part, "content-transfer-encoding").strip().lower()
    if encoding == "base64" and content:
        opened = decode_base64(content)
        if b":" in opened[:2_000]:
            leaf.message = email.message_from_bytes(opened, policy=email.policy.compat32)
            return opened
    return content


def _decoded(part: Message) -> bytes:
    encoding = re.sub(
        r"[^\w-]+.*", "", raw_header(part, "content-transfer-encoding").strip().lower(), flags=re.DOTALL
    )
    del part["content-transfer-encoding"]
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    if encoding == "base64":
        return decode_base64(content)
    if encoding in ("quoted-printable", "quotedprintable", "qp"):
        return binascii.a2b_qp(content)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        part["content-transfer-encoding"] = "x-uuencode"
        opened = part.get_payload(decode=True)
        return opened if isinstance(opened, bytes) else content
    return content


def _few(parts: Iterator[Message]) -> Iterator[Message]:
    for number, part in enumerate(parts):
        if number >= _MOST_PARTS:
            return
        yield part


def _sentence(defect: object) -> str:
    """CloseBoundaryNotFoundDefect becomes 'Close boundary not found.'"""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(defect).__name__.removesuffix("Defect"))
    return words.capitalize() + "."
