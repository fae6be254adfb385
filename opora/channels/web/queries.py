"""Finding what the public form offers."""

from django.utils.translation import gettext as _

from opora.core.refusals import NotFound
from opora.people.models import Brand
from opora.tickets.models import TicketForm
from opora.tickets.queries import active_forms


def brand_named(slug: str) -> Brand:
    """Return the brand of this address. Raises `NotFound`."""
    brand = Brand.objects.filter(slug=slug, is_active=True).first()
    if brand is None:
        raise NotFound(_("There is no such form. Check the address."))
    return brand


def customer_forms(brand: Brand) -> list[TicketForm]:
    """Return the forms that customers of a brand may choose among."""
    return [form for form in active_forms(brand.pk) if form.is_shown_to_customers]


def chosen_form(brand: Brand, form_id: str) -> TicketForm | None:
    """Return the form of this id if customers of the brand may choose it, else the first they may."""
    offered = customer_forms(brand)
    return next((form for form in offered if str(form.pk) == form_id), offered[0] if offered else None)
