"""Texts with places to fill in: Liquid, cut down to what a letter needs, with nothing that can run code or run away.

Conditions (`if`, `unless`, `case`), `assign` and a few filters; no loops, no inclusion, no filter that makes texts grow.
A name that is not known becomes empty. Values are plain: texts, numbers, and `Values`, which offers named ones only.
"""

import html as entities
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError

from opora.core.refusals import Invalid

LONGEST = 50_000
TAGS = {"if", "unless", "case", "assign", "comment", "output", "content", "illegal", "#"}
FILTERS = {
    "capitalize", "date", "default", "downcase", "escape", "first", "last", "minus", "newline_to_br", "plus", "round",
    "size", "split", "strip", "strip_html", "truncate", "truncatewords", "upcase",
}  # fmt: skip

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ELEMENT = re.compile(r"<[^<>]{0,200}>")


class Values(Mapping[str, Any]):
    """Named values, each worked out when it is asked for and at most once. What is not named is not there.

    `others` answers for names that cannot be listed, such as numbered fields; it returns None for what it does not know.
    """

    def __init__(
        self, known: Mapping[str, Callable[[], Any]], others: Callable[[str], Any] | None = None
    ) -> None:
        self._known, self._others = known, others
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            found = (
                self._known[name]() if name in self._known else self._others(name) if self._others else None
            )
            if found is None:
                raise KeyError(name)
            self._found[name] = found
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __str__(self) -> str:
        return ""


class Letter(Environment):
    """Liquid with the limits of a letter."""

    context_depth_limit = 12
    local_namespace_limit = 20_000
    output_stream_limit = 200_000

    def __init__(self, *, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape)
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS}
        self.filters = {name: apply for name, apply in self.filters.items() if name in FILTERS}


_HTML, _TEXT = Letter(autoescape=True), Letter(autoescape=False)


def check_text(written: str) -> None:
    """Raise `Invalid`, with a sentence that says where, for a text whose placeholders cannot be understood."""
    _fill(_parse(written, is_html=False), {})


def check_html(written: str) -> None:
    """The same for HTML, in which an editor may have written quotation marks as entities."""
    _fill(_parse(written, is_html=True), {})


def fill_text(written: str, values: Mapping[str, Any]) -> str:
    """Return the plain text with its places filled in. Raises `Invalid` for what cannot be understood."""
    return _fill(_parse(written, is_html=False), values)


def fill_html(written: str, values: Mapping[str, Any]) -> str:
    """Return the HTML with its places filled in, every value escaped. Raises `Invalid` likewise."""
    return _fill(_parse(written, is_html=True), values)


def _fill(template: BoundTemplate, values: Mapping[str, Any]) -> str:
    try:
        return template.render(**values)
    except LiquidError as problem:
        raise Invalid(_refusal(problem)) from problem


@lru_cache(maxsize=512)
def _parse(written: str, *, is_html: bool) -> BoundTemplate:
    if len(written) > LONGEST:
        raise Invalid(_("The text is too long: at most 50,000 characters."))
    source = _CODE.sub(_plain_code, written) if is_html else written
    try:
        return (_HTML if is_html else _TEXT).from_string(source)
    except (LiquidError, RecursionError) as problem:
        raise Invalid(_refusal(problem)) from problem


def _plain_code(found: re.Match[str]) -> str:
    """Editors write `"` as `&quot;` and put elements where somebody clicked; inside braces neither has a meaning."""
    return entities.unescape(_ELEMENT.sub("", found.group())).replace("\u00a0", " ")


def _refusal(problem: Exception) -> str:
    said = str(problem).splitlines()[0][:160] if str(problem) else type(problem).__name__
    return _(
        "The placeholders cannot be understood: %(problem)s. Compare them with the list below the text."
    ) % {"problem": said}
