"""HTML from strangers: made safe to show, and turned into text to read."""

import re

import nh3
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del",
    "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "title"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "ol": {"start", "type"},
    "*": {"dir", "lang"},
}
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "head",
    "title",
    "noscript",
    "template",
    "object",
    "embed",
    "iframe",
}
LINK_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}

_WORTH_PARSING = re.compile(r"[<&]")
_TEXT_CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_links=False)


def sanitise(html: str) -> str:
    """Return `html` with only harmless elements and attributes; safe to put on a page.

    Scripts, styles, forms and event attributes are gone. Images keep their address: whoever shows them decides
    which may load (`blocked_images`). `data:` is left only on images of a picture type.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_allow_attribute,
        url_schemes=LINK_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _allow_attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"href", "src"}:
        scheme = value.strip().partition(":")[0].lower()
        if scheme == "data" and not (tag == "img" and re.match(r"data:image/(png|jpe?g|gif|webp);", value)):
            return None
        if scheme == "cid" and tag != "img":
            return None
    return value


def html_to_text(html: str) -> str:
    """Return the readable text of `html`: blocks on lines of their own, no markup, at most one blank line."""
    if not _WORTH_PARSING.search(html):
        return html.strip()
    text = get_text(html, _TEXT_CONFIG) if html.strip() else ""
    return re.sub(r"\n\s*\n\s*\n+", "\n\n", text).strip()


def text_to_html(text: str) -> str:
    """Return `text` as paragraphs of escaped HTML, its lines kept and its web addresses made links."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())


_URL = re.compile(r"https?://[^\s<>\"'()]*[^\s<>\"'().,;:!?]")


def _lines(paragraph: str) -> str:
    linked, end = [], 0
    for match in _URL.finditer(paragraph):
        url = _escape(match.group())
        linked += [_escape(paragraph[end : match.start()]), f'<a href="{url}">{url}</a>']
        end = match.end()
    linked.append(_escape(paragraph[end:]))
    return "".join(linked).replace("\n", "<br>")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
