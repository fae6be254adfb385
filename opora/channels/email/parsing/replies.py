"""What the sender newly wrote, from the plain and the HTML form of the body together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .body import Body
from .cut import Cut, cut_reply
from .html_quotes import prune_quotes, prune_signature
from .html_text import parse_html, tree_to_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST_HTML = 1_500_000


@dataclass(frozen=True, slots=True)
class Reply:
    """`html` is the new part of the HTML, where its structure tells the quote apart; else None. It is not sanitised."""

    cut: Cut
    html: str | None = None


def read_reply(body: Body) -> Reply:
    """Cuts the plain text; where that finds nothing, or the mail is HTML only, the marks in the HTML decide."""
    cut = cut_reply(body.text)
    if body.html is None or len(body.html) > _LARGEST_HTML or (cut.is_interleaved and not body.is_html_only):
        return Reply(cut)
    tree = parse_html(body.html)
    if tree is None:
        return Reply(cut)
    removed = prune_quotes(tree)
    html = _serialised(tree) if removed else None
    if body.is_html_only or (removed and not cut.found_quote):
        cut = _cut_tree(tree, cut, body.text)
    return Reply(cut, html)


def _cut_tree(tree: HtmlElement, whole: Cut, text: str) -> Cut:
    """The text of the pruned tree, cut again for what only words announce."""
    signature = prune_signature(tree)
    cut = cut_reply(tree_to_text(tree, mark_quotes=False))
    if not cut.reply.strip() and not signature and not whole.found_quote:
        return whole
    quoted = whole.quoted or _rest(text, cut.reply)
    return replace(cut, quoted=quoted, signature=cut.signature or signature)


def _rest(text: str, reply: str) -> str:
    """What follows the reply in the whole text; empty where the reply is not its beginning."""
    start = text.find(reply)
    return text[start + len(reply) :].strip() if reply and start >= 0 else ""


def _serialised(tree: HtmlElement) -> str:
    from lxml import html as lxml_html  # noqa: PLC0415 - heavy, and many mails are plain

    return lxml_html.tostring(tree, encoding="unicode")
