"""A person is asked by mail whether an address is theirs."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid, NotFound
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import VerificationAsked
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require

SALT = "opora.people.verify"
LASTS = 7 * 24 * 3600
"""Seconds for which the link of the mail works."""


def ask_to_verify(identity: Identity, *, by: ActsAsActor, site: str) -> Identity:
    """Send a link with which whoever reads the address confirms it; `site` is where the desk is reached.

    Raises `Invalid` for what is no mail address.
    """
    with update(by):
        require(may_edit_customer(by, identity.person))
        if identity.kind != Identity.Kind.EMAIL:
            raise Invalid(_("Only mail addresses can be confirmed by a link."), field="type")
        record(VerificationAsked(value=identity.value), subject_id=identity.person_id, by=by)
        token = signing.dumps([identity.pk, identity.value], salt=SALT)
        link = f"{site}{reverse('people:confirmation', args=[token])}"
        with translation.override(_language(identity)):
            text = _(
                "Hello %(name)s,\n\nplease confirm that this address is yours:\n%(link)s\n\n"
                "The link works for seven days. If you did not expect this mail, do nothing."
            )
            values = {"name": identity.person.name, "link": link}
            send_mail(_("Confirm your address"), text % values, None, [identity.value])
    return identity


def _language(identity: Identity) -> str:
    wanted = identity.person.locale
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def asked_identity(token: str) -> Identity:
    """Return the address behind a link. Raises `NotFound` when it is too old, made up, or the address is gone."""
    refusal = NotFound(_("This link is too old or not whole. Ask for a new one."))
    try:
        number, value = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise refusal from problem
    found = Identity.objects.select_related("person__role").filter(pk=number, value=value).first()
    if found is None:
        raise refusal
    return found
