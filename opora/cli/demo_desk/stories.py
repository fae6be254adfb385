"""Reading the stories of the demo desk from `tables/stories/*.toml`.

A story's `play` is a list of steps. A step begins with a line `> who [delay] [option …]`, its words follow:

    > agent 2h pending tags=refund
    Добрий день, $name! …

Who: customer, agent (a public reply of the assignee), note (theirs, internal), lead, dev, qa, devops (internal notes),
forward (the agent passes the conversation on, to="address"), partner (they answer, name="…"), auto (the customer's autoresponder), cc (somebody in copy), again (the customer writes a second time, beside the
ticket), followup (to a closed ticket), child (the agent opens a child ticket), do (no words). The delay counts from
the step before: 20m, 2h, 3d. Options are the names of `playing.OPTIONS`, or of a status.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parent / "tables"
OURS = {"agent", "note", "lead", "dev", "qa", "devops", "child", "do", "forward"}
_DELAY = re.compile(r"(\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Step:
    """One thing that happens: by whom, how long after the step before (None: as usual), with which words."""

    who: str
    after: timedelta | None
    options: dict[str, str]
    words: str

    @property
    def is_ours(self) -> bool:
        return self.who in OURS


@dataclass(frozen=True, kw_only=True)
class Story:
    """What customers of some brands write about, told so many times in different words."""

    name: str
    brands: list[str]
    told: int
    subject: str
    steps: list[Step]
    language: str = "uk"
    channel: str = "email"
    form: str = ""
    group: str = ""
    type: str = ""
    priority: str = ""
    due: str = ""
    start: str = ""
    agent: str = ""
    org: str = ""
    opened_by: str = ""
    who: list[str] = field(default_factory=list)
    sender: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    triage: bool = True
    is_particular: bool = False


def stories() -> list[Story]:
    """Return all stories, file by file. Raises `TypeError` or `ValueError` for one that is written wrongly."""
    return [story for path in sorted((TABLES / "stories").glob("*.toml")) for story in _stories_of(path)]


def table(name: str) -> dict[str, Any]:
    """Return one of the tables beside the stories: desk, macros, customers."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))


def delay(text: str) -> timedelta:
    """Return what 20m, 2h or 3d means. Raises `ValueError`."""
    match = _DELAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a delay such as 20m, 2h or 3d.")
    return timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})


def _stories_of(path: Path) -> Iterator[Story]:
    for raw in tomllib.loads(path.read_text("utf-8"))["stories"]:
        raw = {"language": _language_of(path), **raw}
        raw["sender"] = raw.pop("from", [])
        raw["steps"] = list(_steps(raw.pop("play")))
        yield Story(**raw, is_particular=path.stem == "particular")


def _language_of(path: Path) -> str:
    last = path.stem.rpartition("_")[2]
    return last if last in {"uk", "ru"} else "en"


def _steps(play: str) -> Iterator[Step]:
    for block in re.split(r"^> ", play, flags=re.MULTILINE)[1:]:
        head, _, words = block.partition("\n")
        who, *rest = shlex.split(head)
        after = delay(rest.pop(0)) if rest and _DELAY.fullmatch(rest[0]) else None
        options = {part.partition("=")[0]: part.partition("=")[2] for part in rest}
        yield Step(who, after, options, words.strip())
