"""Tags of anything that has them: GET lists, POST replaces, PUT adds, DELETE removes."""

from collections.abc import Callable
from typing import Any

from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import TEXTS, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.problems import missing_parameter, update_conflict
from opora.api.wire.routing import operation
from opora.api.wire.times import read_moment
from opora.tickets.actions.tag import clean_tag

Find = Callable[[Call, int], Any]
TAGS = Body("tags", {"tags": TEXTS})


def offer_tags(
    path: str, find: Find, tags_of: Callable[[Any], list[str]], write: Callable[[Call, Any, list[str]], None]
) -> None:
    """Offer the four methods at `path`, whose one argument is the id that `find` takes."""

    def list_tags(call: Call, **arguments: int) -> Json:
        """List the tags."""
        return {"tags": sorted(tags_of(find(call, *arguments.values())))}

    def replace_tags(call: Call, **arguments: int) -> Answer:
        """Make these the only tags."""
        return _write(call, arguments, lambda before, given: given, status=201)

    def add_tags(call: Call, **arguments: int) -> Answer:
        """Add tags to those there are."""
        return _write(call, arguments, lambda before, given: [*before, *given])

    def remove_tags(call: Call, **arguments: int) -> Answer:
        """Remove tags."""
        _write(call, arguments, lambda before, given: [tag for tag in before if tag not in given])
        return NOTHING

    def _write(
        call: Call,
        arguments: dict[str, int],
        joined: Callable[[list[str], list[str]], list[str]],
        status: int = 200,
    ) -> Answer:
        row = find(call, *arguments.values())
        given = _given(call)
        _refuse_outdated(call, row)
        after = list(dict.fromkeys(joined(tags_of(row), given)))
        write(call, row, after)
        return Answer({"tags": sorted(after)}, status)

    for method, run in (
        ("GET", list_tags),
        ("POST", replace_tags),
        ("PUT", add_tags),
        ("DELETE", remove_tags),
    ):
        operation(method, path, **({} if method == "GET" else {"takes": TAGS}))(run)


def _given(call: Call) -> list[str]:
    body = call.body if isinstance(call.body, dict) else {}
    raw = body.get("tags", call.all_of("tags") or None)
    if raw is None:
        raise missing_parameter("tags")
    return [tag for tag in map(clean_tag, TEXTS.read("tags", raw)) if tag]


def _refuse_outdated(call: Call, row: Any) -> None:
    """Honour `safe_update`: refuse when the object changed after `updated_stamp`."""
    body = call.body if isinstance(call.body, dict) else {}
    if body.get("safe_update") in (True, "true"):
        seen = read_moment(body.get("updated_stamp"))
        if seen is None or row.updated_at.replace(microsecond=0) > seen:
            raise update_conflict()
