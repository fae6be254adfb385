"""What keeps rules from writing to machines, to the wrong people, or to one address again and again."""

from datetime import timedelta

from django.utils.translation import gettext as _

from opora.automation.models import Rule, RuleLetter
from opora.channels.email.addresses import our_addresses
from opora.core import clock
from opora.people.models import Identity
from opora.tickets.models import Comment, Ticket

WITHIN = timedelta(hours=1)
MOST = 5
"""So many letters of one rule may one address get within an hour: enough for a person, an end to a storm."""


def refusal_to_write(rule: Rule, ticket: Ticket, address: str) -> str:
    """Return why the rule must not write to the address about this ticket, or “”."""
    if not address:
        return _("The requester has no mail address.")
    if address in our_addresses():
        return _("%(address)s is an address of this desk.") % {"address": address}
    if address == ticket.requester.email and _is_machine(ticket):
        return _("What came in was sent by a machine, which must not be answered.")
    if Identity.objects.filter(value=address, undeliverable_at__isnull=False).exists():
        return _("Mail to %(address)s comes back.") % {"address": address}
    lately = RuleLetter.objects.filter(rule=rule, address=address, at__gt=clock.now() - WITHIN)
    if lately.count() >= MOST:
        sentence = _("%(address)s got %(count)s letters of this rule within an hour; that is enough.")
        return sentence % {"address": address, "count": MOST}
    return ""


def _is_machine(ticket: Ticket) -> bool:
    """The customer's last word was an automatic reply, or its mail asked not to be answered."""
    last = ticket.comments.filter(author_kind=Comment.AuthorKind.CUSTOMER).order_by("-id").first()
    if last is None:
        return False
    mail = last.details.get("mail", {})
    return last.is_auto_reply or bool(mail.get("quiet") or mail.get("unverified_agent"))


def forget_letters() -> None:
    """Forget whom rules wrote to longer than a day ago."""
    RuleLetter.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
