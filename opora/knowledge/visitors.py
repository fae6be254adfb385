"""Readers whom nobody knows by name: a signed cookie tells them apart, and nothing else is kept of them."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import TooMany
from opora.events.actor import Actor
from opora.knowledge.actions.vote import vote
from opora.knowledge.models import ArticleText, Vote
from opora.people.models import Person

COOKIE = "hc_reader"
VISITOR = Actor("customer", None, "")
MOST_VOTES, WITHIN = 30, timedelta(hours=1)
"""So many votes of one network within the hour are people; more are not."""

_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|curl|wget|python-|headlesschrome-audit", re.IGNORECASE
)


def is_robot(request: HttpRequest) -> bool:
    """Whether the browser says of itself that nobody sits before it."""
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(_ROBOT.search(agent))


def visitor_of(request: HttpRequest) -> str:
    """Return what tells this reader from others; "" for one who never voted."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE))[:64]
    except signing.BadSignature:
        return ""


def new_visitor() -> str:
    return secrets.token_hex(16)


def cast_vote(request: HttpRequest, text: ArticleText, value: int, *, visitor: str, note: str) -> None:
    """Keep the vote of whoever is signed in, else of the visitor. Raises `TooMany` for a network that votes on and on."""
    if isinstance(request.user, Person):
        vote(text, value, by=request.user, note=note)
        return
    origin = _origin(request)
    if Vote.objects.filter(origin=origin, updated_at__gt=clock.now() - WITHIN).count() >= MOST_VOTES:
        raise TooMany(_("Too many votes came from your network in the last hour. Thank you, it is enough."))
    vote(text, value, by=VISITOR, visitor=visitor, note=note, origin=origin)


def _origin(request: HttpRequest) -> str:
    """The network address, hashed with the day; behind a proxy, the last address that the proxy itself has added."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return salted_hmac("opora.vote", f"{clock.now().date()} {address}", algorithm="sha256").hexdigest()[:32]
