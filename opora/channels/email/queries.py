"""Finding mailboxes and mails."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opora.channels.email.models import InboundMail, Mailbox, OutboundMail, SuspendedMail
from opora.channels.web.languages import first_spoken
from opora.core.prepared import prepared
from opora.core.refusals import NotFound
from opora.events.actor import SYSTEM, ActsAsActor
from opora.people.actions.create_person import create_person
from opora.people.models import Brand, Person
from opora.people.queries import desk
from opora.tickets.delivery import delivery_source
from opora.tickets.models import Comment, Forward, Ticket
from opora.tickets.policy import may_see

OPORA = "opora:system"
UNKNOWN = "opora:unknown"

_WORST_LAST = ["sent", "queued", "sending", "failed", "bounced"]


@delivery_source
def delivery_states(comments: Iterable[Comment]) -> dict[int, str]:
    """Return, for each of our replies and forwards that went out by mail, how far it came; the worst of its mails counts.

    The words are those of `OutboundMail.State`: queued, sending, sent, failed, bounced.
    """
    ids = [comment.pk for comment in comments if comment.is_ours and (comment.is_public or comment.details)]
    states: dict[int, str] = {}
    for comment_id, state in _states_of(ids):
        known = states.get(comment_id, "sent")
        states[comment_id] = max(known, state, key=_WORST_LAST.index)
    return states


@prepared
def _states_of(comment_ids: list[int]) -> QuerySet[OutboundMail, tuple[int, str]]:
    answers = [OutboundMail.Kind.REPLY, OutboundMail.Kind.FORWARD]
    mails = OutboundMail.objects.filter(comment_id__in=comment_ids, kind__in=answers)
    return mails.values_list("comment_id", "state")


def mailbox_for(ticket: Ticket) -> Mailbox | None:
    """Return the mailbox that mails of this ticket go out from: the one it came to, else the brand's."""
    able = [mailbox for mailbox in _mailboxes_of(ticket.brand_id) if mailbox.can_send]
    for mailbox in able:
        if ticket.received_at and ticket.received_at in mailbox.addresses:
            return mailbox
    return min(able, key=lambda mailbox: (not mailbox.is_default, mailbox.pk), default=None)


@prepared
def _mailboxes_of(brand_id: int) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(brand_id=brand_id, is_active=True).select_related("brand")


def mailboxes() -> QuerySet[Mailbox]:
    return Mailbox.objects.select_related("brand", "group").order_by("-is_active", "brand__name", "address")


def mailbox_with(mailbox_id: int) -> Mailbox:
    """Return the mailbox. Raises `NotFound`."""
    found = mailboxes().filter(pk=mailbox_id).first()
    if found is None:
        raise NotFound(_("There is no such mailbox."))
    return found


def suspended_mails() -> QuerySet[SuspendedMail]:
    """Return the mails that wait for a decision, newest first."""
    waiting = SuspendedMail.objects.filter(released_at=None, deleted_at=None)
    return waiting.select_related("mail__mailbox", "mail__brand", "ticket").order_by("-suspended_at", "-id")


def waiting_reasons() -> list[SuspendedMail.Reason]:
    """Return why the waiting mails wait, each reason once, in the order of the reasons."""
    found = set(suspended_mails().order_by().values_list("reason", flat=True).distinct())
    return [reason for reason in SuspendedMail.Reason if reason.value in found]


def suspended_with(mail_id: int) -> SuspendedMail:
    """Return the suspension of this mail. Raises `NotFound` when it does not wait any more."""
    found = suspended_mails().filter(mail_id=mail_id).first()
    if found is None:
        raise NotFound(_("This mail does not wait any more: somebody has released or deleted it."))
    return found


def original_for(by: ActsAsActor, mail_id: int) -> InboundMail:
    """Return a mail that made a comment, to those who may see its ticket. Raises `NotFound`."""
    mail = InboundMail.objects.select_related("ticket").filter(pk=mail_id).first()
    if mail is None or mail.ticket is None or not may_see(by, mail.ticket):
        raise NotFound(_("There is no such mail, or your role does not show it to you."))
    return mail


def known_message_ids(ticket: Ticket) -> list[str]:
    """Return the Message-IDs of the customer's thread in the order of time, those merged into it included.

    What is said beside it, with those to whom something was forwarded, leaves no trace there.
    """
    of_ticket = Q(ticket=ticket) | Q(ticket__merged_into=ticket)
    came = InboundMail.objects.filter(of_ticket, forward=None)
    return _ids_in_time(came, OutboundMail.objects.filter(of_ticket, kind=OutboundMail.Kind.REPLY))


def message_ids_beside(forward: Forward) -> list[str]:
    """Return the Message-IDs of the talk that the forward belongs to, in the order of time."""
    root = forward.root.pk
    came = InboundMail.objects.filter(ticket_id=forward.ticket_id, forward_id=root)
    of_talk = Q(comment__forward=root) | Q(comment__forward__answers=root)
    went = OutboundMail.objects.filter(of_talk, ticket_id=forward.ticket_id, kind=OutboundMail.Kind.FORWARD)
    return _ids_in_time(came, went)


def _ids_in_time(came: QuerySet[InboundMail], went: QuerySet[OutboundMail]) -> list[str]:
    said = [
        *came.exclude(message_id="").values_list("received_at", "message_id"),
        *went.values_list("created_at", "message_id"),
    ]
    return [message_id for _at, message_id in sorted(said)]


def first_mail_of(ticket: Ticket) -> InboundMail | None:
    return InboundMail.objects.filter(ticket=ticket, forward=None).order_by("id").first()


def opora_person() -> Person:
    """Return the author of what Opora itself notes on a ticket."""
    return _standing_person(OPORA, "Opora")


def unknown_person() -> Person:
    """Return whoever stands for a writer that a mail does not name."""
    return _standing_person(UNKNOWN, _("Unknown sender"))


def desk_locale() -> str:
    """Return the language in which Opora writes to colleagues."""
    found = desk()
    return found.locale if found else "en"


def customer_locale(person: Person | None, ticket: Ticket, brand: Brand) -> str:
    """Return the language of mails to this customer: theirs, the ticket's, or the brand's, if Opora speaks it."""
    return first_spoken(person.locale if person else "", ticket.locale, brand.locale, desk_locale())


def _standing_person(external_id: str, name: str) -> Person:
    found = Person.objects.filter(external_id=external_id).first()
    return found or create_person(by=SYSTEM, name=name, external_id=external_id, is_active=False)
