"""The laws of choosing, for every floor and all work that there can be."""

from hypothesis import given, settings
from hypothesis import strategies as st

from opora.routing.engine.floor import Floor
from opora.routing.engine.relaxing import relaxed
from opora.routing.engine.values import Agent, Job, Need

WAYS = ("mail", "messaging")
SKILLS = (1, 2, 3)


@st.composite
def agents(draw, most: int = 6):
    people = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        people.append(
            Agent(
                id=number,
                name=f"Person {number}",
                state=draw(st.sampled_from(["online", "online", "online", "away", "offline"])),
                closed_ways=frozenset(draw(st.sets(st.sampled_from(WAYS), max_size=1))),
                capacity={way: draw(st.integers(0, 8)) * 100 for way in WAYS},
                load={way: draw(st.integers(0, 700)) for way in WAYS},
                skills=draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4))),
            )
        )
    return people


@st.composite
def jobs(draw, most: int = 30):
    strategy = draw(st.sampled_from(["round_robin", "least_loaded", "best_skilled"]))
    needs = st.lists(
        st.builds(Need, st.sampled_from(SKILLS), st.integers(1, 4), st.booleans()),
        max_size=2,
        unique_by=lambda need: need.skill_id,
    )
    return [
        Job(
            ticket_id=1000 + number,
            queue_id=1,
            strategy=strategy,
            way=draw(st.sampled_from(WAYS)),
            weight=draw(st.sampled_from([15, 75, 100, 150, 200, 300])),
            needs=tuple(draw(needs)),
            relaxations=draw(st.integers(0, 5)),
            last_agent_id=draw(st.one_of(st.none(), st.integers(1, 6))),
        )
        for number in range(draw(st.integers(0, most)))
    ]


def hand_out(floor: Floor, work: list[Job]):
    decisions = []
    for job in work:
        before = {number: dict(agent.load) for number, agent in floor.agents.items()}
        decision = floor.consider(job, list(floor.agents))
        if decision.chosen:
            floor.take(decision)
        else:
            floor.hold(decision)
        decisions.append((decision, before))
    return decisions


@settings(max_examples=150, deadline=None)
@given(agents(), jobs())
def test_nobody_gets_more_than_their_capacity(people, work):
    floor = Floor(people)
    for decision, before in hand_out(floor, work):
        if decision.chosen:
            agent, job = decision.chosen.agent, decision.job
            had, capacity = before[agent.id].get(job.way, 0), agent.capacity[job.way]
            assert capacity > 0
            assert had + job.weight <= capacity or had == 0


@settings(max_examples=150, deadline=None)
@given(agents(), jobs())
def test_nobody_absent_closed_or_without_the_firm_skills_gets_anything(people, work):
    for decision, _before in hand_out(Floor(people), work):
        if decision.chosen:
            agent, job = decision.chosen.agent, decision.job
            assert agent.state == "online"
            assert job.way not in agent.closed_ways
            for need in relaxed(job.needs, decision.step):
                assert agent.skills.get(need.skill_id, 0) >= need.level
            assert decision.step <= job.relaxations
            assert all(agent.skills.get(need.skill_id, 0) >= need.level for need in job.needs if need.is_firm)


@settings(max_examples=150, deadline=None)
@given(agents(), jobs())
def test_nothing_waits_while_somebody_fits_who_is_not_held_for_more_urgent_work(people, work):
    floor = Floor(people)
    earlier: list[int] = []
    for decision, _before in hand_out(floor, work):
        if decision.chosen:
            continue
        for verdict in decision.left_out:
            if verdict.why == "held":
                assert verdict.held_for in earlier
        assert floor.consider(decision.job, list(floor.agents)).chosen is None
        earlier.append(decision.job.ticket_id)


@settings(max_examples=100, deadline=None)
@given(agents(), jobs())
def test_everybody_considered_gets_exactly_one_verdict(people, work):
    for decision, _before in hand_out(Floor(people), work):
        judged = [verdict.agent.id for verdict in (*decision.fitting, *decision.left_out)]
        assert sorted(judged) == sorted(agent.id for agent in people)
        assert all(verdict.why for verdict in decision.left_out)
        assert not any(verdict.why for verdict in decision.fitting)
        assert (decision.chosen in decision.fitting) == (decision.chosen is not None)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 9), st.integers(0, 200))
def test_in_turn_the_shares_differ_by_at_most_one(count, tickets):
    people = [Agent(id=n, name=str(n), state="online", capacity={"mail": 10**7}) for n in range(1, count + 1)]
    floor = Floor(people)
    work = [Job(n, 1, "round_robin", "mail", 100) for n in range(tickets)]
    shares = dict.fromkeys(range(1, count + 1), 0)
    for decision, _before in hand_out(floor, work):
        shares[decision.chosen.agent.id] += 1
    assert max(shares.values()) - min(shares.values()) <= 1


@settings(max_examples=100, deadline=None)
@given(agents(), jobs())
def test_the_least_loaded_of_those_who_fit_is_chosen(people, work):
    floor = Floor(people)
    for job in work:
        if job.strategy != "least_loaded":
            continue
        decision = floor.consider(job, list(floor.agents))
        if decision.chosen and not decision.knows_customer:
            assert decision.chosen.score == max(verdict.score for verdict in decision.fitting)


@settings(max_examples=100, deadline=None)
@given(agents(), jobs())
def test_whoever_served_the_customer_last_is_chosen_if_they_fit(people, work):
    floor = Floor(people)
    for job in work:
        decision = floor.consider(job, list(floor.agents))
        fits = {verdict.agent.id for verdict in decision.fitting}
        if job.last_agent_id in fits:
            assert decision.chosen.agent.id == job.last_agent_id
            assert decision.knows_customer


def test_no_more_gives_way_than_has_to():
    expert = Agent(id=1, name="Expert", state="online", capacity={"mail": 100}, skills={1: 3})
    novice = Agent(id=2, name="Novice", state="online", capacity={"mail": 500}, skills={1: 1})
    floor = Floor([expert, novice])
    job = Job(1, 1, "least_loaded", "mail", 100, needs=(Need(1, 3),), relaxations=9)
    first = floor.consider(job, [1, 2])
    assert (first.chosen.agent, first.step) == (expert, 0)
    floor.take(first)
    second = floor.consider(job, [1, 2])
    assert (second.chosen.agent, second.step) == (novice, 2)


def test_a_firm_need_never_gives_way():
    novice = Agent(id=2, name="Novice", state="online", capacity={"mail": 500}, skills={1: 1})
    job = Job(1, 1, "least_loaded", "mail", 100, needs=(Need(1, 3, is_firm=True),), relaxations=99)
    decision = Floor([novice]).consider(job, [2])
    assert decision.chosen is None
    assert [(verdict.why, verdict.missing) for verdict in decision.left_out] == [("skill", (1,))]


def test_light_work_does_not_starve_heavy_work_before_it():
    nearly_free = Agent(id=1, name="One", state="online", capacity={"mail": 300}, load={"mail": 200})
    floor = Floor([nearly_free])
    urgent = floor.consider(Job(1, 1, "least_loaded", "mail", 200), [1])
    assert urgent.chosen is None
    floor.hold(urgent)
    light = floor.consider(Job(2, 1, "least_loaded", "mail", 75), [1])
    assert [(verdict.why, verdict.held_for) for verdict in light.left_out] == [("held", 1)]


def test_work_heavier_than_a_whole_capacity_goes_to_whoever_is_idle():
    part_time = Agent(id=1, name="One", state="online", capacity={"mail": 100})
    floor = Floor([part_time])
    heavy = Job(1, 1, "least_loaded", "mail", 300)
    decision = floor.consider(heavy, [1])
    assert decision.chosen
    floor.take(decision)
    assert floor.consider(Job(2, 1, "least_loaded", "mail", 15), [1]).chosen is None
