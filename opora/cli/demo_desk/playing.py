"""Playing the happenings one after the other, each through the actions and at its own time."""

from collections.abc import Callable
from typing import Any

from opora.channels.email.actions.queue_forward import queue_forward
from opora.channels.email.actions.queue_reply import queue_reply
from opora.cli.demo_desk.opening import arrive, further_ticket, open_child, values_of
from opora.cli.demo_desk.options import OPTIONS
from opora.cli.demo_desk.outbox import mail_leaves
from opora.cli.demo_desk.planning import Happening, Telling
from opora.cli.demo_desk.stage import Scene, Stage
from opora.cli.demo_desk.stories import Step
from opora.core import clock
from opora.events.actor import SYSTEM, Actor
from opora.events.recording import coming_via, update
from opora.people.actions.create_person import create_person
from opora.people.models import Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.forward import NewForward, forward_messages
from opora.tickets.actions.schedule_reply import send_now
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.tag import add_tags
from opora.tickets.models import Comment, Forward, Priority, TicketType


def play(happening: Happening, stage: Stage) -> None:
    """Let the happening come true at its time. What can no longer happen to a closed or removed ticket does not."""
    with clock.at(happening.at):
        if happening.kind == "arrive":
            arrive(happening.telling, happening.step, stage)
            return
        scene = stage.scenes[id(happening.telling)]
        if scene.ticket.is_solved:
            scene.ticket.refresh_from_db()  # a timer may have closed it
        if happening.step.is_ours and scene.ticket.is_closed:
            return
        STEPS[happening.kind](scene, happening.step, stage)


def _route(scene: Scene, step: Step, stage: Stage) -> None:
    """Whoever sees it first gives it to the group that it belongs to."""
    first = stage.person(stage.agent_for(scene.ticket, scene.telling))
    assign_ticket(scene.ticket, by=first, group=stage.people.groups[scene.telling.story.group])


def _take(scene: Scene, step: Step, stage: Stage) -> None:
    """An agent takes the ticket and fills in what it is about."""
    story = scene.telling.story
    agent = stage.person(stage.agent_for(scene.ticket, scene.telling))
    with update(agent):
        assign_ticket(scene.ticket, by=agent, assignee=agent)
        if scene.ticket.form_id != getattr(stage.settings.forms.get(story.form), "pk", None) and story.form:
            change_ticket(scene.ticket, by=agent, form=stage.settings.forms[story.form])
        _triage(scene, agent, stage)


def _triage(scene: Scene, agent: Person, stage: Stage) -> None:
    story, ticket = scene.telling.story, scene.ticket
    if ticket.field_values.exists() and ticket.channel == "email":
        return
    set_field_values(ticket, values_of(scene.telling, stage), by=agent)
    add_tags(ticket, story.tags, by=agent)
    wanted: dict[str, Any] = {"priority": Priority[(story.priority or "normal").upper()].value}
    if story.type:
        wanted["type"] = TicketType[story.type.upper()].value
    if story.due:
        wanted["due_at"] = _due(scene.telling)
    change_ticket(ticket, by=agent, **wanted)


def _due(telling: Telling) -> Any:
    from_slot = telling.wording.slots["due"]
    return telling.start.replace(
        year=int(from_slot[:4]), month=int(from_slot[5:7]), day=int(from_slot[8:]), hour=15, minute=0
    )


def _speak(scene: Scene, step: Step, stage: Stage, *, public: bool, who: str = "") -> None:
    """One of us writes, then changes what the options say; all is one update."""
    speaker = stage.person(step.options["by"]) if "by" in step.options else stage.speaker(who, scene)
    with update(speaker):
        if step.words:
            html = stage.spoken(step.words, scene.telling, speaker)
            files = step.options.get("file", "").split(",")
            new = stage.comment(scene, speaker, html, files=files, public=public)
            said = add_comment(scene.ticket, new, by=speaker)
            if public:
                mail_leaves(queue_reply(said))
        carry_out(scene, step, stage, by=speaker)


def carry_out(scene: Scene, step: Step, stage: Stage, *, by: Person) -> None:
    """Do what the options of a step say. A light agent's options are done by the assignee, whose hands they borrow."""
    if "tickets.edit" not in by.allowed:
        by = stage.speaker("agent", scene)
    for name, value in step.options.items():
        if name.startswith("fields."):
            field = stage.settings.fields[name.removeprefix("fields.")]
            set_field_values(scene.ticket, {field.pk: scene.telling.wording.text(value)}, by=by)
        elif name not in {"file", "by", "to"}:
            OPTIONS[name](scene, value, stage, by)


def _agent(scene: Scene, step: Step, stage: Stage) -> None:
    if scene.ticket.assignee_id is None and scene.telling.story.triage:
        _take(scene, step, stage)
    _speak(scene, step, stage, public=True)


def _note(scene: Scene, step: Step, stage: Stage) -> None:
    _speak(scene, step, stage, public=False)


def _by(who: str) -> Callable[[Scene, Step, Stage], None]:
    return lambda scene, step, stage: _speak(scene, step, stage, public=False, who=who)


def _customer(scene: Scene, step: Step, stage: Stage) -> None:
    """The customer answers; to a closed ticket that is a follow-up."""
    if scene.ticket.is_closed:
        _follow_up(scene, step, stage)
        return
    _say(scene, scene.requester, step, stage)


def _say(scene: Scene, author: Person, step: Step, stage: Stage) -> None:
    html = stage.spoken(step.words, scene.telling, author)
    comment = stage.comment(scene, author, html, files=step.options.get("file", "").split(","))
    with coming_via("email"):
        add_comment(scene.ticket, comment, by=author)


def _forward(scene: Scene, step: Step, stage: Stage) -> None:
    """The agent passes the conversation on to somebody outside, and asks them."""
    speaker = stage.speaker("agent", scene)
    new = NewForward(
        to=[step.options["to"]],
        html=stage.spoken(step.words, scene.telling, speaker),
        comment_ids=list(scene.ticket.comments.filter(is_public=True).values_list("pk", flat=True)),
    )
    scheduled = forward_messages(scene.ticket, new, by=speaker)
    send_now(scheduled)
    forward = Forward.objects.select_related("ticket", "comment__author", "answers").get(scheduled=scheduled)
    mail_leaves(queue_forward(forward))
    carry_out(scene, step, stage, by=speaker)


def _partner(scene: Scene, step: Step, stage: Stage) -> None:
    """Whom it was forwarded to answers; the customer does not see it."""
    forward = scene.ticket.forwards.latest("id")
    author = create_person(by=SYSTEM, name=step.options["name"], email=forward.addresses[0])
    said = NewComment(
        html=stage.spoken(step.words, scene.telling, author),
        author=author,
        author_kind=Comment.AuthorKind.PARTNER,
        is_public=False,
        channel="email",
        details={"forward": {"id": forward.pk, "is_answer": True}},
    )
    with coming_via("email"):
        add_comment(scene.ticket, said, by=Actor("customer", author.pk, author.name))


def _auto(scene: Scene, step: Step, stage: Stage) -> None:
    html = stage.spoken(step.words, scene.telling, scene.requester)
    comment = NewComment(html=html, author=scene.requester, channel="email", is_auto_reply=True)
    with coming_via("email"):
        add_comment(scene.ticket, comment, by=scene.requester)


def _in_copy(scene: Scene, step: Step, stage: Stage) -> None:
    if scene.in_copy:
        _say(scene, scene.in_copy, step, stage)


def _again(scene: Scene, step: Step, stage: Stage) -> None:
    """The customer writes a second mail instead of an answer, which makes a second ticket."""
    scene.twin = further_ticket(scene, step, stage)


def _follow_up(scene: Scene, step: Step, stage: Stage) -> None:
    before = scene.ticket
    if not before.is_closed:
        _say(scene, scene.requester, step, stage)
        return
    scene.ticket = further_ticket(scene, step, stage, follow_up_of=before)


STEPS: dict[str, Callable[[Scene, Step, Stage], None]] = {
    "route": _route,
    "take": _take,
    "customer": _customer,
    "agent": _agent,
    "note": _note,
    "do": _note,
    "forward": _forward,
    "partner": _partner,
    "lead": _by("lead"),
    "dev": _by("dev"),
    "qa": _by("qa"),
    "devops": _by("devops"),
    "auto": _auto,
    "cc": _in_copy,
    "again": _again,
    "followup": _follow_up,
    "child": open_child,
}
