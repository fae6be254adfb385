"""What people are told of: one table, in the order the preferences show it."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    ASSIGNED = "assigned"
    GROUP = "group"
    REPLIED = "replied"
    ANSWERED = "answered"
    MENTIONED = "mentioned"
    NOTED = "noted"
    MAIL_FAILED = "mail_failed"
    REFUSED = "refused"
    REOPENED = "reopened"
    MERGED = "merged"


@dataclass(frozen=True)
class About:
    """How a kind is shown, and whether people who chose nothing are told of it in the desk and by mail."""

    kind: Kind
    icon: str
    title: str | Promise
    in_app: bool = True
    by_mail: bool = False


KINDS = {
    about.kind: about
    for about in (
        About(
            Kind.ASSIGNED,
            "user-check",
            pgettext_lazy("tell me when", "A ticket is assigned to me"),
            by_mail=True,
        ),
        About(
            Kind.GROUP,
            "layers",
            pgettext_lazy("tell me when", "My group gets a ticket that nobody has taken"),
            in_app=False,
        ),
        About(Kind.REPLIED, "reply", pgettext_lazy("tell me when", "A customer replies on a ticket of mine")),
        About(
            Kind.ANSWERED, "send", pgettext_lazy("tell me when", "A colleague replies on a ticket of mine")
        ),
        About(Kind.MENTIONED, "at-sign", pgettext_lazy("tell me when", "Somebody mentions me"), by_mail=True),
        About(
            Kind.NOTED,
            "sticky-note",
            pgettext_lazy("tell me when", "A colleague writes a note on a ticket of mine"),
        ),
        About(
            Kind.MAIL_FAILED,
            "circle-alert",
            pgettext_lazy("tell me when", "My reply could not be delivered"),
            by_mail=True,
        ),
        About(
            Kind.REFUSED,
            "triangle-alert",
            pgettext_lazy("tell me when", "A reply that I scheduled could not leave"),
            by_mail=True,
        ),
        About(Kind.REOPENED, "rotate-ccw", pgettext_lazy("tell me when", "A ticket of mine is reopened")),
        About(Kind.MERGED, "merge", pgettext_lazy("tell me when", "A ticket of mine is merged")),
    )
}
