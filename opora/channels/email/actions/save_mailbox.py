"""A mailbox is added or changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.channels.email.events import MailboxSaved
from opora.channels.email.models import Mailbox
from opora.channels.email.policy import may_change_mailboxes
from opora.core.crypto import encrypt
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.people.addresses import valid_email
from opora.people.models import Brand
from opora.people.policy import require
from opora.people.signatures import check_signature

PASSWORDS = ("imap_password", "smtp_password")
_PLACE_OF_UIDS = {"imap_host", "imap_port", "imap_user", "imap_folder"}


def save_mailbox(mailbox: Mailbox | None = None, *, by: ActsAsActor, **fields: object) -> Mailbox:
    """Add a mailbox, or set the given fields of one. Passwords are given in the clear and kept encrypted.

    Another server, user or folder is read from its beginning again: of what is there, only unread mail is taken.
    """
    with update(by):
        require(may_change_mailboxes(by))
        mailbox = mailbox or _new_mailbox(fields.get("brand"))
        created = mailbox.pk is None
        changes = apply_changes(mailbox, _cleaned(fields))
        if not changes and not created:
            return mailbox
        _refuse_taken(mailbox)
        check_signature(mailbox.signature)
        if _PLACE_OF_UIDS & set(changes):
            mailbox.uidvalidity, mailbox.last_uid = None, 0
        mailbox.last_error = mailbox.last_send_error = ""
        _write(mailbox, changes, created=created)
        fact = MailboxSaved(name=mailbox.address, created=created, changes=_without_secrets(changes))
        record(fact, subject_id=mailbox.pk, by=by)
    return mailbox


def _new_mailbox(brand: object) -> Mailbox:
    if not isinstance(brand, Brand):
        raise Invalid(_("Choose the brand that the mailbox belongs to."), field="brand")
    return Mailbox(brand=brand, is_default=not Mailbox.objects.filter(brand=brand).exists())


def _cleaned(fields: dict[str, object]) -> dict[str, object]:
    cleaned = dict(fields)
    if "address" in cleaned:
        cleaned["address"] = valid_email(str(cleaned["address"]), field="address")
    if "aliases" in cleaned:
        aliases: Iterable[str] = cleaned["aliases"]  # type: ignore[assignment]
        cleaned["aliases"] = sorted(
            {valid_email(alias, field="aliases") for alias in aliases if alias.strip()}
        )
    for name in PASSWORDS:
        if name in cleaned:
            cleaned[name] = encrypt(str(cleaned[name]))
    return cleaned


def _refuse_taken(mailbox: Mailbox) -> None:
    others = Mailbox.objects.exclude(pk=mailbox.pk)
    taken = {address for other in others for address in other.addresses} & set(mailbox.addresses)
    if taken:
        sentence = _("%(address)s belongs to another mailbox already.") % {"address": min(taken)}
        raise Invalid(sentence, field="address" if mailbox.address in taken else "aliases")


def _write(mailbox: Mailbox, changes: Changes, *, created: bool) -> None:
    if created:
        mailbox.save()
    else:
        # How far the folder is read belongs to whoever reads it, unless it is another folder now.
        place = {"uidvalidity", "last_uid"} if _PLACE_OF_UIDS & set(changes) else set()
        mailbox.save(update_fields={*changes, *place, "last_error", "last_send_error"})
    if mailbox.is_default:
        Mailbox.objects.filter(brand=mailbox.brand).exclude(pk=mailbox.pk).update(is_default=False)


def _without_secrets(changes: Changes) -> Changes:
    return {name: ["•••", "•••"] if name in PASSWORDS else values for name, values in changes.items()}
