"""Lints that teach: what the house asks of its code, checked by reading it. Each finding says what to do instead."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
LONGEST_TEMPLATE = 120
VAGUE = re.compile(r"(Manager|Helper|Handler|Util|Utils|Service|Processor)$")
KNOWN_NAMES = {"PersonManager"}  # Django's own word for the class behind `objects`
WRITES = {"save", "create", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do."""

    path: Path
    line: int
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.advice}"


def lint_python(path: Path, text: str) -> Iterator[Finding]:
    """Yield what a Python module does that the house does not."""
    tree = ast.parse(text)
    lines = text.count("\n") + 1
    if lines > LONGEST_MODULE:
        yield Finding(path, 1, f"{lines} lines; split it by verb or noun, {LONGEST_MODULE} is the most.")
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _long_function(path, node)
        if isinstance(node, ast.ClassDef) and VAGUE.search(node.name) and node.name not in KNOWN_NAMES:
            yield Finding(
                path, node.lineno, f"{node.name}: name it by what it is on the floor, not Manager or Helper."
            )
    if _is_outside_actions(path):
        yield from _writes(path, tree)


def _long_function(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    if length > LONGEST_FUNCTION:
        advice = f"{node.name} has {length} lines; give its steps names, {LONGEST_FUNCTION} is the most."
        yield Finding(path, node.lineno, advice)


def _is_outside_actions(path: Path) -> bool:
    """Views, forms, templates' tags and URLs: they load, allow, act and render, and change nothing themselves."""
    return "views" in path.parts or path.name in {"forms.py", "api.py", "urls.py", "middleware.py"}


def _writes(path: Path, tree: ast.AST) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            if owner.endswith("objects") or owner in {"ticket", "person", "comment", "group", "brand"}:
                advice = (
                    f"{owner}.{node.func.attr}() in a page: only an action changes state; write or call one."
                )
                yield Finding(path, node.lineno, advice)


_INLINE_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(src|nonce)\b)[^>]*>", re.IGNORECASE)
_EVENT_ATTRIBUTE = re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


def lint_template(path: Path, text: str) -> Iterator[Finding]:
    """Yield what a template does that the content security policy or the house refuses."""
    lines = text.splitlines()
    if len(lines) > LONGEST_TEMPLATE:
        yield Finding(
            path,
            1,
            f"{len(lines)} lines; move a part into a fragment _name.html, {LONGEST_TEMPLATE} is the most.",
        )
    for number, line in enumerate(lines, start=1):
        if _INLINE_STYLE.search(line):
            yield Finding(path, number, "a style attribute: the policy refuses it; give the element a class.")
        if _INLINE_SCRIPT.search(line):
            yield Finding(path, number, "a script without src: write a Stimulus controller.")
        if _EVENT_ATTRIBUTE.search(line):
            yield Finding(path, number, "an on… attribute: use data-action and a Stimulus controller.")


def lint_tree(root: Path) -> list[Finding]:
    """Return every finding in the product's own files below `root`."""
    findings: list[Finding] = []
    for path in sorted(root.rglob("*.py")):
        if not {"migrations", "tests"} & set(path.parts):
            findings += lint_python(path.relative_to(root.parent), path.read_text())
    for path in sorted(root.rglob("templates/**/*.html")):
        if not {"email", "mail"} & set(path.parts[-2:-1]) and "letters" not in path.parts:
            findings += lint_template(path.relative_to(root.parent), path.read_text())
    return findings
