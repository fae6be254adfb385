"""A ticket is escalated to another group, with what that group wants to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from opora.core.html import text_to_html
from opora.core.refusals import Conflict, Invalid
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.routing.escalating import escalation_fact
from opora.routing.events import EscalationOpened
from opora.routing.models import ChecklistAnswer, ChecklistItem, Escalation, Line
from opora.routing.policy import may_escalate
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.lock import lock_ticket, refuse_closed
from opora.tickets.models import Attachment, Ticket


@dataclass(frozen=True, kw_only=True)
class NewEscalation:
    """What is asked of whom: the reason, and answers to the group's checklist by the id of the item."""

    line: Line
    reason: str
    answers: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, Attachment] = field(default_factory=dict)


def escalate_ticket(ticket: Ticket, new: NewEscalation, *, by: Person) -> Escalation:
    """Ask another group for its part. A group that takes over gets the ticket, without an assignee.

    The request is also an internal note, with the files. Raises `Invalid` when something the group insists on is
    missing, `Conflict` when the ticket is with the group already.
    """
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_escalate(by, ticket))
        items = list(new.line.items.all())
        _check(ticket, new, items)
        escalation = Escalation.objects.create(
            ticket=ticket,
            from_group=ticket.group,
            from_person=ticket.assignee,
            to_group=new.line.group,
            takes_over=new.line.takes_over,
            reason=new.reason.strip(),
            opened_by=by,
        )
        answers = _keep_answers(escalation, new, items)
        note = NewComment(
            html=_note(escalation, answers), author=by, is_public=False, attachments=new.files.values()
        )
        add_comment(ticket, note, by=by)
        fact = escalation_fact(EscalationOpened, escalation, answer=escalation.reason, answered=len(answers))
        record(fact, subject_id=ticket.pk, by=by)
        if escalation.takes_over:
            assign_ticket(ticket, by=by, group=new.line.group, assignee=None)
    return escalation


def _check(ticket: Ticket, new: NewEscalation, items: Sequence[ChecklistItem]) -> None:
    names = {"group": new.line.group}
    if new.line.deleted_at is not None:
        raise Invalid(_("%(group)s takes no escalations.") % names, field="line")
    if ticket.escalations.filter(to_group=new.line.group, state__in=Escalation.UNDER_WAY).exists():
        raise Conflict(_("%(group)s has an escalation of this ticket already.") % names, field="line")
    if new.line.takes_over and ticket.group_id == new.line.group_id:
        raise Conflict(_("The ticket is with %(group)s already.") % names, field="line")
    if not new.reason.strip():
        raise Invalid(_("Say what you need from %(group)s.") % names, field="reason")
    for item in items:
        given = item.pk in new.files if item.kind == ChecklistItem.Kind.FILE else new.answers.get(item.pk)
        if item.is_required and not given:
            sentence = _("%(group)s needs to know: %(item)s.") % {**names, "item": item.title.rstrip("?.:")}
            raise Invalid(sentence, field=f"item_{item.pk}")


def _keep_answers(
    escalation: Escalation, new: NewEscalation, items: Sequence[ChecklistItem]
) -> list[ChecklistAnswer]:
    answers = [
        ChecklistAnswer(
            escalation=escalation,
            item=item,
            title=item.title,
            kind=item.kind,
            text=new.answers.get(item.pk, "").strip(),
            attachment=new.files.get(item.pk),
        )
        for item in items
        if new.answers.get(item.pk, "").strip() or item.pk in new.files
    ]
    return ChecklistAnswer.objects.bulk_create(answers)


def _note(escalation: Escalation, answers: Sequence[ChecklistAnswer]) -> str:
    """The request as the conversation shows it."""
    head = format_html(
        "<p><strong>{}</strong></p>", _("Escalated to %(group)s") % {"group": escalation.to_group}
    )
    lines = format_html_join("", "<li>{}: {}</li>", ((answer.title, said(answer)) for answer in answers))
    listed = format_html("<ul>{}</ul>", lines) if lines else ""
    return f"{head}{text_to_html(escalation.reason)}{listed}"


def said(answer: ChecklistAnswer) -> str:
    """Return the answer as people read it."""
    if answer.kind == ChecklistItem.Kind.YES_NO:
        return _("yes") if answer.text == "yes" else _("no")
    return answer.text or (answer.attachment.name if answer.attachment else "")
