"""Finding what the public form offers."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.core.refusals import NotFound
from opora.people.models import Brand
from opora.tickets.models import TicketForm


def brand_named(slug: str) -> Brand:
    """Return the brand of this address. Raises `NotFound`."""
    brand = Brand.objects.filter(slug=slug, is_active=True).first()
    if brand is None:
        raise NotFound(_("There is no such form. Check the address."))
    return brand


def customer_forms() -> QuerySet[TicketForm]:
    """Return the forms that customers may choose among."""
    return TicketForm.objects.filter(is_active=True, is_shown_to_customers=True)


def chosen_form(form_id: str) -> TicketForm | None:
    """Return the form of this id if customers may choose it, else the first they may."""
    offered = list(customer_forms())
    return next((form for form in offered if str(form.pk) == form_id), offered[0] if offered else None)
