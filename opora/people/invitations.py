"""Getting an invitation to the one who is invited."""

import logging
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from opora.core.refusals import Refusal
from opora.people.models import Person

log = logging.getLogger("opora.people")
MAILER = "opora.notifications.mailer"
"""Stands above this layer; while it has no `send_invitation`, whoever invites hands the link over."""


def invitation_url(request: HttpRequest, token: str) -> str:
    """Return the whole address of the page where the invited chooses a password."""
    path = reverse("people:invitation", args=[token])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def send_invitation(person: Person, url: str, *, by: Person) -> bool:
    """Mail the link, and say whether that could be done. The mail must never keep somebody from being invited."""
    send = getattr(import_module(MAILER), "send_invitation", None) if find_spec(MAILER) else None
    if send is None:
        return False
    try:
        send(person, url, by=by)
    except Refusal:
        return False
    except Exception:
        log.exception("The invitation of person %s could not be mailed.", person.pk)
        return False
    return True
