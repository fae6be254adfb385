"""Readable plain text of HTML: one line a block, lists with dashes, quotes with ">", nothing hidden."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST = 1_500_000
_MOST_NODES = 60_000
_SKIPPED = {
    "script",
    "style",
    "head",
    "title",
    "meta",
    "link",
    "template",
    "noscript",
    "object",
    "svg",
    "select",
    "xml",
}
_BLOCKS = {
    "p", "div", "ul", "ol", "dl", "dd", "dt", "table", "tr", "section", "article", "header", "footer", "address",
    "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "form", "fieldset", "center", "figure", "main", "nav",
    "li", "hr", "body", "tbody", "thead",
}  # fmt: skip
_SPACED = {"p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin(?:-top|-bottom)?\s*:\s*0", re.IGNORECASE)


def parse_html(html: str) -> HtmlElement | None:
    """The tree of an HTML body, however broken; None where there is nothing in it."""
    from lxml import etree  # noqa: PLC0415 - heavy, and many mails are plain
    from lxml import html as lxml_html  # noqa: PLC0415

    source = _XML_DECLARATION.sub("", html[:_LARGEST].replace("\x00", "")).strip()
    if not source:
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def html_to_text(html: str) -> str:
    """The text a reader sees; empty where the HTML holds none."""
    tree = parse_html(html)
    text = tree_to_text(tree) if tree is not None else ""
    return text if text.strip() else _without_tags(html[:_LARGEST])


def tree_to_text(tree: HtmlElement, *, mark_quotes: bool = True) -> str:
    """The text of a parsed body. Without `mark_quotes` a blockquote is the sender's own and gets no ">"."""
    page = _Page(mark_quotes)
    budget = _MOST_NODES
    stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while stack and budget:
        budget -= 1
        element, leaving = stack.pop()
        if leaving:
            page.leave(element)
            continue
        stack.append((element, True))
        if _is_visible(element):
            page.enter(element)
            stack.extend((child, False) for child in reversed(element))
    return page.text()


def _without_tags(html: str) -> str:
    """The last resort for HTML too deeply nested to be parsed."""
    bare = re.sub(
        r"<(?:style|script|head)\b.*?(?:</(?:style|script|head)>|$)|<[^<>]{0,2000}>",
        "\n",
        html,
        flags=re.I | re.S,
    )
    return re.sub(r"\s*\n\s*", "\n", unescape(bare)).strip()


def _is_visible(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False
    return not _HIDDEN.search(element.get("style", ""))


class _Page:
    """Collects lines while the tree is walked."""

    def __init__(self, mark_quotes: bool) -> None:
        self._mark_quotes = mark_quotes
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._pre = 0
        self._pending_blank = False

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            self._break(forced=True)
        elif tag in _BLOCKS:
            self._break()
            self._pending_blank |= _has_margin(element)
        self._depth += self._mark_quotes and tag == "blockquote"
        self._pre += tag == "pre"
        if tag == "li":
            self._line.append("- ")
        elif tag in ("td", "th") and self._line:
            self._line.append(" ")
        elif tag == "hr":
            self._line.append("________________________________")
            self._break()
        elif tag == "img" and element.get("alt") and len(element.get("alt")) < 3:
            self._line.append(element.get("alt"))  # an emoji
        self._write(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if isinstance(tag, str) and _is_visible(element):
            if tag in _BLOCKS:
                self._break()
                self._pending_blank |= _has_margin(element)
            self._depth -= self._mark_quotes and tag == "blockquote"
            self._pre -= tag == "pre"
        self._write(element.tail)

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines).strip("\n")

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self._pre:
            first, *rest = text.split("\n")
            self._line.append(first)
            for part in rest:
                self._break(forced=True)
                self._line.append(part)
            return
        flowing = _SPACES.sub(" ", text)
        if flowing == " " and not self._line:
            return
        self._line.append(flowing)

    def _break(self, *, forced: bool = False) -> None:
        """Ends the line; an empty one is kept only where the HTML asked for it with <br>."""
        text = "".join(self._line)
        text = text.rstrip() if self._pre else re.sub(r" {2,}", " ", text).strip(" ")
        self._line.clear()
        if not text.replace("\xa0", "").strip():
            if forced or (text and not self._ends_blank()):
                self._put("")
            return
        if self._pending_blank and self._lines and not self._ends_blank():
            self._put("")
        self._pending_blank = False
        self._put(text.replace("\xa0", " "))

    def _ends_blank(self) -> bool:
        return not self._lines or not self._lines[-1].strip("> ")

    def _put(self, text: str) -> None:
        self._lines.append((">" * self._depth + " " + text).rstrip() if self._depth else text)


def _has_margin(element: HtmlElement) -> bool:
    if element.tag not in _SPACED:
        return False
    return "MsoNormal" not in element.get("class", "") and not _NO_MARGIN.search(element.get("style", ""))
