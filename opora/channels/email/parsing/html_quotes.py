"""Cuts the older message out of HTML by the marks mail programs leave in it."""

from __future__ import annotations

from collections import deque
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from .patterns import load

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 30_000
_MOST_QUOTES = 500


def prune_quotes(tree: HtmlElement) -> bool:
    """Removes quotes from the tree; True where there was one.

    Answers between quotes stay: a Gmail container that holds text after its quote loses only the quote.
    """
    removed = 0
    last = next(iter(deque(tree.iter("blockquote"), maxlen=1)), None)
    for element in list(islice(tree.iter(), _MOST_ELEMENTS)):
        if removed > _MOST_QUOTES:
            break
        if not isinstance(element.tag, str) or not _is_attached(element, tree):
            continue
        role = _role(element, last)
        if role == "rest" and element is not tree:
            _remove_from_here(element, tree)
            return True
        if role == "quote" and element.tag != "body":
            removed += _remove_quote(element)
        elif role == "attribution" and _is_short(element):
            _drop(element)
            removed += 1
    return removed > 0


def prune_signature(tree: HtmlElement) -> str:
    """Removes the marked signature and returns its text; empty where none is marked."""
    for element in tree.iter():
        if isinstance(element.tag, str) and _matches(element, "signature") and _has_text(element):
            text = " ".join(element.text_content().split())
            if len(text) < 2_000:
                _drop(element)
                return text
    return ""


def _role(element: HtmlElement, last: HtmlElement | None) -> str:
    if _matches(element, "rest") or _is_outlook_rule(element):
        return "rest"
    if element.tag == "blockquote":
        return _blockquote_role(element, last)
    if _matches(element, "container") or element.get("name", "") in _words("container", "names"):
        return "quote" if element.tag in ("div", "section", "table", "span", "article") else ""
    return "attribution" if _matches(element, "attribution") else ""


def _blockquote_role(element: HtmlElement, last: HtmlElement | None) -> str:
    """A cited blockquote is a quote; a bare one too, if it is the last of its body."""
    if element.get("type", "").lower() in _words("container", "blockquote_types") or element.get("cite"):
        return "quote"
    classes = set(element.get("class", "").split())
    if classes & {"gmail_quote"}:
        return "quote" if _follows_attribution(element) else ""
    if classes & _words("container", "classes") or element.get("id", "") in _words("container", "ids"):
        return "quote"
    is_last = last is not None and (last is element or element in last.iterancestors())
    if not is_last or any(above.tag == "blockquote" for above in element.iterancestors()):
        return ""
    page = element.getroottree().getroot()
    is_everything = len(page.text_content().strip()) == len(element.text_content().strip())
    return "" if is_everything else "quote"


def _follows_attribution(element: HtmlElement) -> bool:
    before = element.getprevious()
    text = (before.text_content() if before is not None else "") + (
        (before.tail or "") if before is not None else ""
    )
    return text.strip().endswith((":", "："))


def _remove_quote(element: HtmlElement) -> bool:
    """Removes a quote; from a Gmail container with an answer below its quote, only the quote and its heading."""
    inner = [
        one for one in element.iter("blockquote") if one is not element and not _inside_other(one, element)
    ]
    if element.tag != "blockquote" and inner and _has_answer(element, inner[-1]):
        for child in list(element):
            if (
                _matches(child, "attribution")
                or child in inner
                or any(one in inner for one in child.iter("blockquote"))
            ):
                _drop(child)
        element.attrib.pop("class", None)
        return True
    if not _has_text(element) and not element.xpath(".//img"):
        return False
    _drop(element)
    return True


def _has_answer(container: HtmlElement, quote: HtmlElement) -> bool:
    """True where words stand in the container after its last quote."""
    if quote.getparent() is not container:
        return False
    later = [quote.tail or ""]
    sibling = quote.getnext()
    while sibling is not None:
        if not _matches(sibling, "signature"):
            later += [sibling.text_content() if isinstance(sibling.tag, str) else "", sibling.tail or ""]
        sibling = sibling.getnext()
    return bool("".join(later).strip("\xa0 \n\r\t-"))


def _inside_other(one: HtmlElement, container: HtmlElement) -> bool:
    return any(above.tag == "blockquote" for above in one.iterancestors() if above is not container)


def _is_short(element: HtmlElement) -> bool:
    return len(element.text_content()) < 500


def _remove_from_here(element: HtmlElement, tree: HtmlElement) -> None:
    """Removes the element and everything after it in reading order, inside the body."""
    node = element
    while node is not None and node is not tree and node.tag != "body":
        for later in list(node.itersiblings()):
            node.getparent().remove(later)
        node.tail = None
        node = node.getparent()
    _drop(element)


def _drop(element: HtmlElement) -> None:
    """Removes the element and keeps the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_attached(element: HtmlElement, tree: HtmlElement) -> bool:
    """False for what left the tree with an element above it."""
    return element is tree or element.getroottree().getroot() is tree


def _is_outlook_rule(element: HtmlElement) -> bool:
    style = element.get("style", "")
    if element.tag != "div" or "border-top" not in style:
        return False
    flat = "".join(style.lower().split())
    return any(border in flat for border in _words("outlook", "borders"))


def _matches(element: HtmlElement, section: str) -> bool:
    classes, identity = element.get("class"), element.get("id")
    if classes and set(classes.split()) & _words(section, "classes"):
        return True
    if identity and identity in _words(section, "ids"):
        return True
    return bool(element.get("data-marker") and element.get("data-marker") in _words(section, "markers"))


def _has_text(element: HtmlElement) -> bool:
    return bool(element.text_content().strip())


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(load("html_quotes").get(section, {}).get(key, []))
