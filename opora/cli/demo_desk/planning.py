"""Laying the stories out over the last month: who tells what, when each step happens."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from opora.cli.demo_desk.customers import Customer, Invention, slots_of
from opora.cli.demo_desk.hours import next_awake, next_working, some_moment, working_hour
from opora.cli.demo_desk.stories import Step, Story, delay
from opora.cli.demo_desk.wording import Wording

UNASSIGNED = 24
MINE = {"andrii": ("uk", {"shop_ua", "returns"}, 9), "svitlana": ("ru", {"shop_ua"}, 6)}
"""How many matters the agents of the sign-ins have in hand beside the usual, in which language and groups."""
IN_HAND = 24
LEADS = {"lead": "shop_ua", "dev": "dev", "qa": "qa", "devops": "devops"}


@dataclass(eq=False, kw_only=True)
class Telling:
    """A story as it happens to one customer. `agent` is who takes it, if that is settled beforehand."""

    story: Story
    brand: Mapping[str, Any]
    customer: Customer
    start: datetime
    wording: Wording
    rng: Random
    agent: str = ""

    @property
    def group(self) -> str:
        """The group that the matter comes to first: the brand's, or of those who read English, German and Polish."""
        foreign = self.story.language in {"en", "de", "pl"} and self.brand["group"] == "shop_ua"
        return "shop_eu" if foreign else str(self.brand["group"])


@dataclass(frozen=True)
class Happening:
    """One step of a telling at its time; `kind` is a step's who, or arrive, route and take."""

    at: datetime
    telling: Telling
    kind: str
    step: Step


@dataclass
class Plan:
    """Makes tellings and their happenings, always the same ones for the same `now` and tables."""

    stories: list[Story]
    desk: Mapping[str, Any]
    invention: Invention
    now: datetime
    rng: Random
    brands: dict[str, Mapping[str, Any]] = field(init=False)
    groups: dict[str, Mapping[str, Any]] = field(init=False)
    recent: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.brands = {row["key"]: row for row in self.desk["brands"]}
        self.groups = {row["key"]: row for row in self.desk["groups"]}

    def happenings(self, scale: float) -> list[Happening]:
        """Return everything that happened until now, in order of time."""
        found = [happening for story in self.stories for happening in self._told(story, scale)]
        found += [
            happening for _ in range(max(3, round(UNASSIGNED * scale))) for happening in self._waiting()
        ]
        for agent, (_language, _groups, many) in MINE.items():
            found += [
                happening for _ in range(max(3, round(many * scale))) for happening in self._in_hand(agent)
            ]
        found += [happening for _ in range(round(IN_HAND * scale)) for happening in self._in_hand("")]
        order = {id(happening): place for place, happening in enumerate(found)}
        return sorted(found, key=lambda happening: (happening.at, order[id(happening)]))

    def _told(self, story: Story, scale: float) -> Iterator[Happening]:
        for _ in range(max(1, round(story.told * scale))):
            yield from (
                happening for happening in self._play(self._telling(story)) if happening.at < self.now
            )

    def _waiting(self) -> list[Happening]:
        """Somebody who wrote in the last hours and to whom nobody has come yet."""
        story = self._some_story()
        telling = self._telling(story, start=self.now - timedelta(minutes=2 + 560 * self.rng.random() ** 1.7))
        return [happening for happening in self._play(telling) if happening.kind == "arrive"]

    def _in_hand(self, agent: str) -> list[Happening]:
        """A matter of the last days that somebody works on, some with a fresh answer of the customer."""
        story = self._some_story(in_hand_of=agent)
        hours = (0.5, 3) if story.priority == "urgent" else (15, 90)
        telling = self._telling(
            story, start=self.now - timedelta(hours=self.rng.uniform(*hours)), agent=agent
        )
        played = [happening for happening in self._play(telling) if happening.at < self.now]
        kept = played[: _first_solved(played)]
        if kept and "group" in kept[-1].step.options:
            kept.pop()
        if kept and kept[-1].kind == "customer" and self.rng.random() < 0.7:
            recent = self.now - timedelta(minutes=3 + 300 * self.rng.random())
            kept[-1] = Happening(max(recent, kept[-1].at), telling, kept[-1].kind, kept[-1].step)
        return kept

    def _some_story(self, *, in_hand_of: str | None = None) -> Story:
        """Choose a story as often as it is told: any, or one with work in it that the agent could have taken."""
        fitting = [story for story in self.stories if not story.is_particular and not story.sender]
        if in_hand_of is not None:
            fitting = [story for story in fitting if _has_an_answer_before_it_is_solved(story)]
        if in_hand_of:
            language, groups, _many = MINE[in_hand_of]
            fitting = [
                story for story in fitting if story.language == language and self._groups(story) <= groups
            ]
        story = self.rng.choices(fitting, [story.told / (1 + self.recent[story.name]) for story in fitting])[
            0
        ]
        self.recent[story.name] += 2
        return story

    def _groups(self, story: Story) -> set[str]:
        """Return the groups whose agents answer in the story."""
        return {story.group} if story.group else {self.brands[key]["group"] for key in story.brands}

    def _telling(self, story: Story, *, start: datetime | None = None, agent: str = "") -> Telling:
        brand = self.brands[self.rng.choice(story.brands)]
        moment = start or self._start(story)
        customer = self.invention.customer_of(story)
        own = Random(self.rng.getrandbits(64))
        slots = slots_of(story, customer, brand, moment, self.invention)
        return Telling(
            story=story,
            brand=brand,
            customer=customer,
            start=moment,
            wording=Wording(own, slots, customer.is_woman),
            rng=own,
            agent=agent or story.agent,
        )

    def _start(self, story: Story) -> datetime:
        if not story.start:
            return some_moment(self.now, self.rng, of_clients=story.brands == ["platiqo"])
        moment = self.now - delay(story.start)
        return working_hour(moment, self.rng) if story.start.endswith("d") else moment

    def _play(self, telling: Telling) -> Iterator[Happening]:
        """Yield the steps with their times; before a colleague's step somebody takes the ticket."""
        story, rng = telling.story, telling.rng
        group = telling.group
        moment, is_taken = telling.start, bool(story.opened_by)
        yield Happening(moment, telling, "arrive", story.steps[0])
        for step in story.steps[1:]:
            moment = self._time_of(step, moment, group, rng)
            if step.is_ours and story.triage and not is_taken and step.who not in LEADS:
                yield from self._taking(telling, moment, step, group)
                group, is_taken = story.group or group, True
            yield Happening(moment, telling, step.who, step)
            if "group" in step.options:
                group, is_taken = step.options["group"], bool(telling.agent)
            is_taken = is_taken and step.who != "followup"

    def _taking(self, telling: Telling, moment: datetime, step: Step, group: str) -> Iterator[Happening]:
        taken_at = moment - timedelta(minutes=telling.rng.uniform(1, 2.5))
        if telling.story.group not in ("", group):
            yield Happening(moment - timedelta(minutes=telling.rng.uniform(2.6, 3)), telling, "route", step)
        yield Happening(taken_at, telling, "take", step)

    def _time_of(self, step: Step, before: datetime, group: str, rng: Random) -> datetime:
        if step.after is None:
            minutes = rng.lognormvariate(4.1, 0.8) if step.is_ours else rng.uniform(100, 1300)
            after = timedelta(minutes=min(max(minutes, 4), 1400))
        else:
            after = step.after * rng.uniform(0.8, 1.3)
        moment = before + after
        if not step.is_ours:
            urgent = after < timedelta(minutes=90) or self.groups[group]["hours"] == [0, 24]
            return moment if urgent or step.who == "auto" else next_awake(moment, rng)
        soon = after < timedelta(minutes=30) and step.who in LEADS
        return moment if soon else next_working(moment, self.groups[LEADS.get(step.who, group)], rng)


def _first_solved(played: list[Happening]) -> int:
    """Return the place of the step that solves the ticket, the number of steps if none does."""
    for place, happening in enumerate(played):
        if "solved" in happening.step.options and happening.kind not in {"route", "take"}:
            return place
    return len(played)


def _has_an_answer_before_it_is_solved(story: Story) -> bool:
    answers = (step for step in story.steps if step.who == "agent")
    return "solved" not in next(answers, story.steps[-1]).options
