"""What an attempt means and what to do about it, in the language that is active."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from opora.webhooks.models import Attempt, Outcome


def sentence_of(attempt: Attempt) -> str:
    """Return one sentence, or two, about how the attempt ended."""
    values = {"status": attempt.status_code or "", "seconds": 10, "details": attempt.details}
    return _SENTENCES[Outcome(attempt.outcome)]() % values


_SENTENCES: dict[Outcome, Callable[[], str]] = {
    Outcome.SUCCESS: lambda: _("The endpoint took it with status %(status)s."),
    Outcome.REDIRECTED: lambda: _(
        "The endpoint answered with a redirect (%(status)s). Webhooks do not follow redirects: enter the final address."
    ),
    Outcome.REFUSED: lambda: _(
        "The endpoint refused the request with status %(status)s, so it is not tried again. Its answer below may say why."
    ),
    Outcome.CONFLICT: lambda: _("The endpoint could not take it just now (status %(status)s)."),
    Outcome.THROTTLED: lambda: _("The endpoint asked for a pause (status %(status)s)."),
    Outcome.SERVER_ERROR: lambda: _("The endpoint failed with status %(status)s."),
    Outcome.TIMEOUT: lambda: _(
        "There was no answer within %(seconds)s seconds. An endpoint should answer first and work afterwards."
    ),
    Outcome.UNREACHABLE: lambda: _("The endpoint could not be reached: %(details)s."),
    Outcome.CERTIFICATE: lambda: _("The endpoint's certificate is not trusted: %(details)s."),
    Outcome.FORBIDDEN: lambda: _(
        "The address leads into a private network, so nothing was sent. An operator can allow it with OPORA_PRIVATE_HOSTS."
    ),
    Outcome.IMPOSSIBLE: lambda: _("The request could not be made: %(details)s"),
}
