"""Business time against vectors of other projects. They lie outside the repository; without them the test is skipped."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opora.core.business_time import Hours, Schedule, Span, SpecialDay

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpora" / "business-time" / "sla-vectors"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def vectors() -> list[dict]:
    path = CORPUS / "vectors.json"
    if not path.exists():
        return []
    return [vector for vector in json.loads(path.read_text()) if vector["reference_checked"]]


def schedule_of(written: dict) -> Schedule:
    week = tuple(spans(written["hours"].get(day, [])) for day in DAYS)
    special = {
        date.fromisoformat(day): SpecialDay("", spans(given))
        for day, given in written["date_overrides"].items()
    }
    for text, breaks in written["breaks"].items():
        day = date.fromisoformat(text)
        before = special[day].spans if day in special else week[day.weekday()]
        special[day] = SpecialDay("", without(before, spans(breaks)))
    special |= {date.fromisoformat(day): SpecialDay("holiday") for day in written["holidays"]}
    return Schedule.of(Hours(written["timezone"], week, tuple(sorted(special.items()))))


def spans(given: list[list[str]]) -> tuple[Span, ...]:
    pairs = [(minute(start), minute(end)) for start, end in given]
    return tuple(Span(start, end) for start, end in pairs if start < end)


def minute(text: str) -> int:
    hours, minutes, *_seconds = text.split(":")
    return int(hours) * 60 + int(minutes)


def without(of: tuple[Span, ...], breaks: tuple[Span, ...]) -> tuple[Span, ...]:
    for pause in breaks:
        pieces = [(span.start, min(span.end, pause.start)) for span in of]
        pieces += [(max(span.start, pause.end), span.end) for span in of]
        of = tuple(Span(start, end) for start, end in pieces if start < end)
    return of


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def answer(vector: dict) -> object:
    schedule, start = schedule_of(vector["schedule"]), moment(vector["start"])
    match vector["op"]:
        case "working_seconds_between":
            end = moment(vector["end"])
            sign = 1 if end >= start else -1
            return sign * schedule.elapsed(min(start, end), max(start, end)).total_seconds()
        case "add_working_seconds":
            amount = timedelta(seconds=abs(vector["amount"]))
            return schedule.add(start, amount) if vector["amount"] >= 0 else schedule.subtract(start, amount)
        case "is_working_instant":
            return schedule.is_open(start)
        case "first_working_instant_at_or_after":
            return schedule.next_open(start)
        case "last_working_instant_at_or_before":
            return schedule.last_open(start)
        case "next_closing_instant_after":
            return schedule.next_close(start)
        case "next_opening_instant_after":
            now_open = schedule.is_open(start)
            return schedule.next_open(schedule.next_close(start) if now_open else start)
        case "next_working_periods":
            found = schedule.intervals(start, start + timedelta(days=60))
            return [pair for pair, _expected in zip(found, vector["expected"], strict=False)]
    raise AssertionError(vector["op"])


def expected(vector: dict) -> object:
    if isinstance(vector["expected"], list):
        return [tuple(moment(text) for text in pair) for pair in vector["expected"]]
    return moment(vector["expected"]) if isinstance(vector["expected"], str) else vector["expected"]


@pytest.mark.skipif(not vectors(), reason=f"The vectors are not at {CORPUS}.")
@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_a_vector_of_another_project_comes_out_the_same(vector):
    assert answer(vector) == expected(vector), vector["case"]
