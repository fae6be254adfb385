"""What the options of a step do to its ticket: one row of the table each."""

from collections.abc import Callable
from email.utils import parseaddr

from opora.channels.email.actions.queue_reply import queue_reply
from opora.cli.demo_desk.outbox import mail_comes_back, mail_leaves
from opora.cli.demo_desk.stage import Scene, Stage, last_words_of
from opora.people.actions.create_person import create_person
from opora.people.models import Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.link import link_tickets
from opora.tickets.actions.merge import merge_tickets, unmerge_ticket
from opora.tickets.actions.remove import delete_ticket, mark_spam, restore_ticket
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.split import split_comment
from opora.tickets.actions.status import change_status
from opora.tickets.actions.tag import add_tags
from opora.tickets.models import Priority

Option = Callable[[Scene, str, Stage, Person], object]


def _status(key: str) -> Option:
    def move(scene: Scene, value: str, stage: Stage, by: Person) -> None:
        change_status(scene.ticket, stage.settings.statuses[key], by=by)

    return move


def _group(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    """Give it to a group, with nobody assigned unless its agent is settled beforehand."""
    group = stage.people.groups[value]
    key = scene.telling.agent
    mine = stage.person(key) if key and key in stage.members[group.pk] else None
    assign_ticket(scene.ticket, by=by, group=group, assignee=mine)


def _tags(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    add_tags(scene.ticket, value.split(","), by=by)


def _priority(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    change_ticket(scene.ticket, by=by, priority=Priority[value.upper()].value)


def _follow(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    people = [stage.person(key) for key in value.split(",")]
    add_collaborators(scene.ticket, people, kind="follower", by=by)


def _cc(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    name, address = parseaddr(value)
    scene.in_copy = create_person(by=by, name=name, email=address)
    add_collaborators(scene.ticket, [scene.in_copy], kind="cc", by=by)


def _merge(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    if scene.twin:
        merge_tickets([scene.twin], into=scene.ticket, by=by)


def _unmerge(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    if scene.twin:
        unmerge_ticket(scene.twin, by=by)
        assign_ticket(scene.twin, by=by, assignee=by)


def _split(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    scene.twin = split_comment(last_words_of(scene.ticket, scene.requester), subject=value, by=by)
    assign_ticket(scene.twin, by=by, assignee=by)


def _finish(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    """Answer the other ticket of the telling, the one that was split off or unmerged, and solve it."""
    if scene.twin:
        set_field_values(scene.twin, {stage.settings.fields["reason"].pk: "other"}, by=by)
        said = add_comment(scene.twin, NewComment(html=f"<p>{value}</p>", author=by), by=by)
        mail_leaves(queue_reply(said))
        change_status(scene.twin, stage.settings.statuses["solved"], by=by)


def _problem(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    link_tickets(stage.by_story[value], scene.ticket, kind="incident", by=by)


def _spam(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    mark_spam(scene.ticket, by=by)


def _delete(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    delete_ticket(scene.ticket, by=stage.speaker("lead", scene))


def _restore(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    restore_ticket(scene.ticket, by=stage.speaker("lead", scene))


def _undeliverable(scene: Scene, value: str, stage: Stage, by: Person) -> None:
    mail_comes_back(scene.ticket, value)


STATUSES = ("open", "pending", "hold", "solved", "warehouse", "supplier", "bank", "development")

OPTIONS: dict[str, Option] = {
    **{key: _status(key) for key in STATUSES},
    "group": _group,
    "tags": _tags,
    "priority": _priority,
    "follow": _follow,
    "cc": _cc,
    "merge": _merge,
    "unmerge": _unmerge,
    "split": _split,
    "finish": _finish,
    "problem": _problem,
    "spam": _spam,
    "delete": _delete,
    "restore": _restore,
    "undeliverable": _undeliverable,
}
