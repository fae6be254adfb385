"""How tickets of the stories come to be: from a customer, from a colleague, as a second one, as a child."""

from typing import Any

from opora.cli.demo_desk.planning import Telling
from opora.cli.demo_desk.stage import Scene, Stage
from opora.cli.demo_desk.stories import Step, Story
from opora.events.recording import coming_via, update
from opora.people.models import Person
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.link import link_tickets
from opora.tickets.models import Priority, Ticket, TicketType


def arrive(telling: Telling, step: Step, stage: Stage) -> None:
    """The ticket comes: by mail or form from a customer, or a colleague opens it."""
    story = telling.story
    opener = stage.person(story.opened_by) if story.opened_by else stage.customer_of(telling)
    with coming_via(story.channel):
        ticket = Ticket(channel=story.channel)
        scene = Scene(telling, opener, ticket)
        html = stage.spoken(step.words, telling, opener)
        comment = stage.comment(
            scene, opener, html, files=step.options.get("file", "").split(","), public=step.who != "note"
        )
        scene.ticket = create_ticket(_new_ticket(telling, opener, stage), by=opener, comment=comment)
    stage.scenes[id(telling)] = scene
    stage.by_story[story.name] = scene.ticket


def _new_ticket(telling: Telling, opener: Person, stage: Stage) -> NewTicket:
    story, known = telling.story, telling.story.channel != "email"
    group = story.group if story.opened_by else telling.group
    form = (
        stage.settings.forms.get(story.form)
        if known
        else stage.settings.forms.get("order" if group != "l1" else "incident")
    )
    return NewTicket(
        subject=telling.wording.text(story.subject),
        requester=opener,
        brand=stage.people.brands[telling.brand["key"]],
        group=stage.people.groups[group],
        assignee=opener if story.opened_by else None,
        form=form,
        channel=story.channel,
        received_at=f"support@{telling.brand['domain']}" if story.channel == "email" else "",
        locale=story.language,
        priority=_first_priority(story, is_known=known),
        type=TicketType[story.type.upper()] if story.opened_by else None,
        tags=story.tags if known else (),
        values=_first_values(telling, stage) if known else {},
    )


def _first_priority(story: Story, *, is_known: bool) -> int | None:
    """Clients of the gateway say how grave it is; of shoppers' mails nobody knows before they are read."""
    says = bool(story.priority) and (is_known or story.brands == ["platiqo"])
    return Priority[story.priority.upper()].value if says else None


def _first_values(telling: Telling, stage: Stage) -> dict[int, Any]:
    """What is known when it opens: of a customer's matter that which they fill in themselves."""
    values, by_colleague = values_of(telling, stage), telling.story.opened_by
    theirs = {field.pk for field in stage.settings.fields.values() if field.is_shown_to_customers}
    return {pk: value for pk, value in values.items() if by_colleague or pk in theirs}


def values_of(telling: Telling, stage: Stage) -> dict[int, Any]:
    """Return what the custom fields of the telling hold, by field id."""
    return {
        stage.settings.fields[key].pk: telling.wording.text(value)
        for key, value in telling.story.fields.items()
        if value and key in stage.settings.fields
    }


def further_ticket(scene: Scene, step: Step, stage: Stage, *, follow_up_of: Ticket | None = None) -> Ticket:
    """Let the customer open another ticket: beside the first, with a subject of its own, or as a follow-up."""
    subject, _, words = step.words.partition("\n")
    if follow_up_of:
        subject, words = f"Re: {follow_up_of.subject}", step.words
    first = scene.ticket
    new = NewTicket(
        subject=scene.telling.wording.text(subject) if follow_up_of is None else subject,
        requester=scene.requester,
        brand=first.brand,
        group=stage.people.groups[scene.telling.group],
        form=first.form,
        channel="email",
        received_at=f"support@{scene.telling.brand['domain']}",
        locale=first.locale,
        follow_up_of=follow_up_of,
    )
    comment = stage.comment(scene, scene.requester, stage.spoken(words, scene.telling, scene.requester))
    with coming_via("email"):
        return create_ticket(new, by=scene.requester, comment=comment)


def open_child(scene: Scene, step: Step, stage: Stage) -> None:
    """The agent opens a child ticket for another group: the subject on the first line, then a note."""
    agent = stage.speaker("agent", scene)
    subject, _, words = step.words.partition("\n")
    group = stage.people.groups[step.options["group"]]
    assignee = stage.person(step.options["to"])
    new = NewTicket(
        subject=subject, requester=agent, brand=scene.ticket.brand, group=group, assignee=assignee, form=scene.ticket.form,
        type=TicketType.TASK, priority=scene.ticket.priority, tags=scene.telling.story.tags,
    )  # fmt: skip
    with update(agent):
        html = stage.spoken(words, scene.telling, agent)
        child = create_ticket(new, by=agent, comment=NewComment(html=html, author=agent, is_public=False))
        link_tickets(scene.ticket, child, kind="child", by=agent)
