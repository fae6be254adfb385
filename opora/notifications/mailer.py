"""Mail to colleagues: invitations and what they are told of, each in their own language."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.channels.email.actions.queue_notification import NewNotification, queue_notification
from opora.channels.web.languages import first_spoken
from opora.core.refusals import Refusal
from opora.core.text import one_line
from opora.notifications.house_mail import house_mailbox, letter, reaches_people
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of, words_of
from opora.people.models import Person
from opora.people.queries import desk
from opora.tickets.models import Comment


class NobodySends(Refusal):
    """No mailbox of the desk sends mail to people."""

    status = 409


def send_invitation(person: Person, url: str, *, by: Person | None = None) -> None:
    """Mail the link that lets a new colleague in. Raises `NobodySends` when it has to be handed over otherwise."""
    with translation.override(language_of(person)):
        if not reaches_people(house_mailbox()):
            raise NobodySends(
                _("No mailbox sends mail yet. Hand the link over yourself, or set up a mailbox first.")
            )
        names = {"desk": _desk_name(), "name": str(by) if by else ""}
        subject = _("%(name)s invites you to %(desk)s") if by else _("You are invited to %(desk)s")
        parts = _parts("invitation", {"person": person, "url": url, "by": by, "desk_name": names["desk"]})
        letter(to=person.email, subject=one_line(subject % names), **parts).send()


def mail_notification(notification: Notification) -> None:
    """Mail one notification; an answer to the mail counts as the colleague's note or reply on the ticket.

    Where the ticket's brand has no way to send, it comes from the desk itself and cannot be answered.
    """
    person, ticket = notification.person, notification.ticket
    with translation.override(language_of(person)):
        subject = f"[#{ticket.pk}] {ticket.subject}" if ticket else sentence_of(notification)
        parts = _parts("notification", {"line": _line(notification), "person": person})
        new = NewNotification(
            subject=subject, text=parts["text"], html=parts["html"], comment=_comment(notification)
        )
        if ticket is None or queue_notification(ticket, person, new) is None:
            letter(to=person.email, subject=one_line(subject), **parts).send()


def mail_digest(person: Person, notifications: Sequence[Notification]) -> None:
    """Mail many notifications as one, the oldest first."""
    with translation.override(language_of(person)):
        count = len(notifications)
        subject = ngettext("%(desk)s: %(count)s thing for you", "%(desk)s: %(count)s things for you", count)
        lines = [_line(notification) for notification in notifications]
        parts = _parts("digest", {"lines": lines, "person": person})
        names = {"desk": _desk_name(), "count": count}
        letter(to=person.email, subject=one_line(subject % names), **parts).send()


def language_of(person: Person) -> str:
    """Return the language a colleague reads: theirs, else the desk's."""
    found = desk()
    return first_spoken(person.locale, found.locale if found else "")


def _comment(notification: Notification) -> Comment | None:
    """What an answer refers to. News of a lost reply is not about its words, and one comment is mailed once."""
    if notification.comment_id is None or notification.kind == Kind.MAIL_FAILED:
        return None
    return Comment.objects.filter(pk=notification.comment_id).first()


def _line(notification: Notification) -> dict[str, Any]:
    return {
        "ticket": notification.ticket,
        "sentence": sentence_of(notification),
        "words": words_of(notification),
        "url": f"{settings.PUBLIC_URL}{notification.place}" if settings.PUBLIC_URL else "",
        "at": notification.created_at,
    }


def _parts(name: str, context: dict[str, Any]) -> dict[str, str]:
    preferences = f"{settings.PUBLIC_URL}/settings/notifications" if settings.PUBLIC_URL else ""
    given = {**context, "preferences_url": preferences}
    text = render_to_string(f"notifications/mail/{name}.txt", given)
    return {
        "text": "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n",
        "html": render_to_string(f"notifications/mail/{name}.html", given).strip(),
    }


def _desk_name() -> str:
    found = desk()
    return found.name if found else "Opora"
