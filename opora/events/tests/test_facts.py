"""Facts: written as JSON, read back equal, documented, and able to say themselves."""

import dataclasses
import typing
from datetime import UTC, date, datetime

import pytest

from opora.events.explaining import events_page, explain
from opora.events.fact import Fact, event, from_body, to_body
from opora.events.registry import FACTS


def _sample(hint):
    if typing.get_origin(hint) is tuple:
        return (_sample(typing.get_args(hint)[0]),)
    options = typing.get_args(hint) or (hint,)
    samples = {int: 7, str: "open", bool: True, datetime: datetime(2026, 1, 2, 3, tzinfo=UTC), date: date(2026, 1, 2),
               list: [1, "x"], dict: {"a": [1, 2]}, float: 1.5}  # fmt: skip
    for option in options:
        origin = typing.get_origin(option) or option
        if origin in samples:
            return samples[origin]
    return "open"


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_every_fact_reads_back_equal_and_says_a_sentence(kind):
    cls = FACTS[kind]
    hints = typing.get_type_hints(cls)
    special = {"how": "related", "reason": "loop", "after": "pending", "before": "open"}
    values = {
        field.name: special.get(field.name, _sample(hints[field.name])) for field in dataclasses.fields(cls)
    }
    if kind == "mail.suspended":
        values["reason"] = next(
            iter(__import__("opora.channels.email.models", fromlist=["SuspendedMail"]).SuspendedMail.Reason)
        )
    if kind == "presence.changed":
        values |= {"before": "online", "after": "away"}
    if kind == "ticket.routed":
        values["counts"] = {"fitting": 1, "absent": 2}
    fact = cls(**values)
    assert from_body(cls, to_body(fact)) == fact
    assert fact.sentence().strip()


def test_a_fact_without_a_docstring_is_refused():
    with pytest.raises(TypeError, match="docstring"):

        @event("test.undocumented")
        class Undocumented(Fact):
            name: str


def test_a_kind_cannot_be_declared_twice():
    with pytest.raises(TypeError, match="declared twice"):

        @event("ticket.solved")
        class Again(Fact):
            """Recorded never."""


def test_what_follows_from_a_fact_is_explained():
    text = explain("ticket.solved")
    assert "ticket metrics" in text
    assert "clocks of its resolution stop" in text
    assert "## `ticket.solved`" in events_page()
