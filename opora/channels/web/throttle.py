"""Noticing who sends too much through the public pages."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from opora.channels.web.models import Submission
from opora.core import clock
from opora.core.refusals import TooMany

MOST_SUBMISSIONS = 10
WITHIN = timedelta(hours=1)


def count_submission(request: HttpRequest) -> None:
    """Count this submission. Raises `TooMany` when the same origin has sent ten within the hour."""
    origin, since = _origin(request), clock.now() - WITHIN
    if Submission.objects.filter(origin=origin, at__gt=since).count() >= MOST_SUBMISSIONS:
        raise TooMany(
            _("Too much came from your network in the last hour. Try again later, or write us a mail.")
        )
    Submission.objects.create(origin=origin)


def forget_submissions() -> int:
    """Remove what no longer counts; returns how many rows went."""
    return Submission.objects.filter(at__lt=clock.now() - WITHIN).delete()[0]


def _origin(request: HttpRequest) -> str:
    """The network address, hashed; behind a proxy, the last address that the proxy itself has added."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    return salted_hmac("opora.submission", address, algorithm="sha256").hexdigest()[:32]
