"""Texts with places to fill in: Liquid, cut down to what a letter needs, with nothing that can run code or run away.

Conditions (`if`, `unless`, `case`), `assign` and a few filters; no loops, no inclusion, no filter that makes texts grow.
A name that is not known becomes empty. Values are plain: texts, numbers, and `Values`, which offers named ones only.
"""

import html as entities
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TextIO

from django.utils.translation import gettext as _
from liquid import BoundTemplate, Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidError
from liquid.stringify import to_liquid_string

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


class _JsonOutput(OutputNode):
    """A filled-in place inside a text of JSON: what would end the text or break it is escaped."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = to_liquid_string(self.expression.evaluate(context), False)
        return buffer.write(json.dumps(value, ensure_ascii=False)[1:-1])


class _OutputInJson(Output):
    node_class = _JsonOutput


class JsonBody(Letter):
    """The same for a body of JSON."""

    def __init__(self) -> None:
        super().__init__(autoescape=False)
        self.tags[Output.name] = _OutputInJson(self)


_HTML, _TEXT, _JSON = Letter(autoescape=True), Letter(autoescape=False), JsonBody()


def check_text(written: str) -> None:
    """Raise `Invalid`, with a sentence that says where, for a text whose placeholders cannot be understood."""
    _fill(_parse(written), {})


def check_html(written: str) -> None:
    """The same for HTML, in which an editor may have written quotation marks as entities."""
    _fill(_parse(written, is_html=True), {})


def fill_text(written: str, values: Mapping[str, Any]) -> str:
    """Return the plain text with its places filled in. Raises `Invalid` for what cannot be understood."""
    return _fill(_parse(written), values)


def fill_html(written: str, values: Mapping[str, Any]) -> str:
    """Return the HTML with its places filled in, every value escaped. Raises `Invalid` likewise."""
    return _fill(_parse(written, is_html=True), values)


def fill_json(written: str, values: Mapping[str, Any]) -> str:
    """Return the body of JSON with its places filled in, every value escaped for the text it stands in.

    Raises `Invalid` for what cannot be understood, and for a body that is no JSON then.
    """
    body = _fill(_parse(written, is_json=True), values)
    try:
        json.loads(body)
    except ValueError as problem:
        raise Invalid(_json_refusal(body, problem)) from problem
    return body


def _json_refusal(body: str, problem: ValueError) -> str:
    if not isinstance(problem, json.JSONDecodeError):
        return _("The body is no JSON.")
    near = body[max(0, problem.pos - 20) : problem.pos + 20].strip()
    return _("Filled in, the body is no JSON in line %(line)s, near “%(near)s”.") % {
        "line": problem.lineno,
        "near": near,
    }


def _fill(template: BoundTemplate, values: Mapping[str, Any]) -> str:
    try:
        return template.render(**values)
    except LiquidError as problem:
        raise Invalid(_refusal(problem)) from problem


@lru_cache(maxsize=512)
def _parse(written: str, *, is_html: bool = False, is_json: bool = False) -> BoundTemplate:
    if len(written) > LONGEST:
        raise Invalid(_("The text is too long: at most 50,000 characters."))
    source = _CODE.sub(_plain_code, written) if is_html else written
    try:
        return (_HTML if is_html else _JSON if is_json else _TEXT).from_string(source)
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
