"""What a notification says, in the language that is active."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.core.text import one_line
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification


def sentence_of(notification: Notification) -> str:
    """Return what happened, without the ticket's subject: "Assigned to you by Olena"."""
    event = notification.event
    return _SENTENCES[Kind(notification.kind)](event.body, {"name": event.actor_name, "id": event.subject_id})


def words_of(notification: Notification) -> str:
    """Return the first words of the comment it is about; "" when it is about none, or an erasure took them."""
    return one_line(str(notification.event.body.get("words", "")), limit=200)


def _lost_mail(body: dict[str, Any], who: dict[str, Any]) -> str:
    if "addresses" in body:
        return _("Mail to %(address)s could not be sent") % {"address": body["addresses"]}
    return _("Mail to %(address)s came back") % {"address": body.get("address", "")}


def _merge(body: dict[str, Any], who: dict[str, Any]) -> str:
    if "into_id" in body:
        names = {"source": who["id"], "id": body["into_id"], "name": who["name"]}
        return _("#%(source)s was merged into #%(id)s by %(name)s") % names
    sources = ", ".join(f"#{source}" for source in body.get("source_ids", []))
    sentence = ngettext(
        "%(sources)s was merged into this ticket by %(name)s",
        "%(sources)s were merged into this ticket by %(name)s",
        len(body.get("source_ids", [])),
    )
    return sentence % {**who, "sources": sources}


def _group(body: dict[str, Any], who: dict[str, Any]) -> str:
    group = body.get("group_name", "")
    return (
        _("Waits for somebody of the group %(group)s") % {"group": group}
        if group
        else _("Waits for somebody of your group")
    )


_SENTENCES: dict[Kind, Callable[[dict[str, Any], dict[str, Any]], str]] = {
    Kind.ASSIGNED: lambda body, who: _("Assigned to you by %(name)s") % who,
    Kind.GROUP: _group,
    Kind.REPLIED: lambda body, who: _("%(name)s replied") % who,
    Kind.ANSWERED: lambda body, who: _("%(name)s replied to the customer") % who,
    Kind.MENTIONED: lambda body, who: _("%(name)s mentioned you") % who,
    Kind.NOTED: lambda body, who: _("%(name)s wrote a note") % who,
    Kind.MAIL_FAILED: _lost_mail,
    Kind.REFUSED: lambda body, who: (
        _("Your scheduled reply was not sent: %(reason)s") % {"reason": body.get("reason", "")}
    ),
    Kind.REOPENED: lambda body, who: _("Reopened by %(name)s") % who,
    Kind.MERGED: _merge,
}
