"""A brand is removed."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import BrandRemoved
from opora.people.models import Brand
from opora.people.policy import may, require


def delete_brand(brand: Brand, *, by: ActsAsActor) -> None:
    """Remove a brand that nothing uses. Raises `Conflict` for the default one and one that has tickets or mailboxes."""
    with update(by):
        require(may(by, "settings.channels"))
        if brand.is_default:
            raise Conflict(_("The default brand stays in use. Make another brand the default first."))
        refuse_while_used(thing_of(brand), brand.name)
        record(BrandRemoved(name=brand.name), subject_id=brand.pk, by=by)
        try:
            brand.delete()
        except ProtectedError as problem:
            raise Conflict(
                _("Tickets or mailboxes belong to this brand. Take it out of use instead.")
            ) from problem
