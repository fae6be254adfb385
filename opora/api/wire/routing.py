"""Which operation an address and a method mean: a tree of path segments, filled by the decorator `operation`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

import opora.api.own
import opora.api.resources
import opora.api.writes
from opora.api.wire.bodies import LARGEST_ID, Body
from opora.api.wire.problems import invalid_attribute, not_found, unknown_endpoint

Who = Literal["anybody", "readers", "people", "colleagues", "administrators"]
_PARAMETER = re.compile(r"\{(\w+)(:text)?\}")
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method on one path. `who` may call it at all; the policies of the domain decide about the rest. "readers" are
    visitors too, but who signs in needs the scope, for they get what is meant for them.

    `in_update`: the whole call is one transaction, one author and one group of events. `version` is "v2", the wire of
    the Support API, or "v1", our own nouns in the same conventions.
    """

    method: str
    path: str
    run: Callable[..., Any]
    who: Who = "colleagues"
    takes: Body | None = None
    in_update: bool = True
    version: str = "v2"
    suffix: bool = True
    answers: Mapping[str, Any] | None = None

    @property
    def summary(self) -> str:
        return (self.run.__doc__ or "").strip().partition("\n")[0]

    @property
    def resource(self) -> str:
        """The first segment of the path."""
        return self.path.partition("/")[0]

    @property
    def scope(self) -> str:
        """What scopes such as `tickets:read` are about: the resource; those of the Help Center are called `hc`."""
        return "hc" if self.resource in {"help_center", "guide"} else self.resource


@dataclass
class _Node:
    literal: "dict[str, _Node]" = field(default_factory=dict)
    parameter: "_Node | None" = None
    name: str = ""
    is_text: bool = False
    operations: dict[str, Operation] = field(default_factory=dict)


_ROOTS: dict[str, _Node] = {"v2": _Node(), "v1": _Node()}
OPERATIONS: list[Operation] = []


def operation(method: str, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Offer the function at `path`, such as `tickets/{ticket_id}`; `{token:text}` takes any text instead of an id."""

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        made = Operation(method, path, run, **options)
        if not made.summary:
            raise TypeError(
                f"{run.__module__}.{run.__name__} needs a docstring: the documentation of the API shows it."
            )
        _insert(made)
        OPERATIONS.append(made)
        return run

    return declare


def _insert(made: Operation) -> None:
    node = _ROOTS[made.version]
    for segment in made.path.split("/"):
        match = _PARAMETER.fullmatch(segment)
        if match is None:
            node = node.literal.setdefault(segment, _Node())
            continue
        node.parameter = node.parameter or _Node(name=match.group(1), is_text=bool(match.group(2)))
        node = node.parameter
    if made.method in node.operations:
        raise TypeError(f"{made.method} {made.path} is offered twice.")
    node.operations[made.method] = made


def find_operation(version: str, method: str, path: str) -> tuple[Operation, Arguments]:
    """Return the operation at `path` (with or without `.json`) and its arguments by the names of its own template.

    Raises 404 `InvalidEndpoint` for what is not offered, 400 for text where an id stands.
    """
    segments = [segment for segment in path.rstrip("/").removesuffix(".json").split("/") if segment]
    found = _walk(_ROOTS[version], segments, 0, [])
    if found is None or method not in found[0].operations:
        raise unknown_endpoint()
    made = found[0].operations[method]
    names = _PARAMETER.findall(made.path)
    values = [_argument(name, bool(text), value) for (name, text), value in zip(names, found[1], strict=True)]
    return made, dict(zip((name for name, _text in names), values, strict=True))


def methods_at(version: str, path: str) -> list[str]:
    """Return the methods that are offered at `path`. Raises 404 `InvalidEndpoint` where there are none."""
    segments = [segment for segment in path.rstrip("/").removesuffix(".json").split("/") if segment]
    found = _walk(_ROOTS[version], segments, 0, [])
    if found is None:
        raise unknown_endpoint()
    offered = set(found[0].operations)
    return sorted(offered | {"OPTIONS"} | ({"HEAD"} if "GET" in offered else set()))


def _walk(node: _Node, segments: list[str], place: int, values: list[str]) -> tuple[_Node, list[str]] | None:
    """The node that the segments lead to; literal segments win over parameters."""
    if place == len(segments):
        return (node, values) if node.operations else None
    exact = node.literal.get(segments[place])
    found = _walk(exact, segments, place + 1, values) if exact else None
    if found is None and node.parameter:
        found = _walk(node.parameter, segments, place + 1, [*values, segments[place]])
    return found


def _argument(name: str, is_text: bool, value: str) -> Any:
    if is_text:
        return value
    if not value.isascii() or not value.removeprefix("-").isdecimal():
        raise invalid_attribute("id", "must be an integer")
    if abs(int(value[:25])) > LARGEST_ID:
        raise not_found()
    return int(value)


def load_resources() -> None:
    """Read every module of `resources`, `writes` and `own`, so that their operations and the steps of jobs are known."""
    for package in (opora.api.resources, opora.api.writes, opora.api.own):
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
