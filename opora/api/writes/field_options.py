"""Options of choices among ticket fields, as programs write them."""

from opora.api.wire.bodies import Json
from opora.api.wire.problems import not_found
from opora.core.text import slugify_name
from opora.tickets.models import TicketField

_OPTIONED = (TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT)


def field_named(field_id: int) -> TicketField:
    """Return the desk's own field of this number. Raises 404."""
    found = TicketField.objects.filter(pk=field_id).first()
    if found is None:
        raise not_found()
    return found


def choice_named(field_id: int) -> TicketField:
    """Return the choice of this number. Raises 404, also for a field that is none."""
    field = field_named(field_id)
    if field.type not in _OPTIONED:
        raise not_found()
    return field


def own_option(one: Json) -> Json:
    """Return an option as the desk keeps it: the value is made of the name where none is given."""
    name = str(one.get("name") or one.get("raw_name") or "").strip()
    value = str(one.get("value") or "").strip()
    return {"name": name, "value": value or slugify_name(name).replace("-", "_") or name}
