"""Forms of tickets."""

from collections.abc import Mapping, Sequence

from opora.api.nouns.form_conditions import conditions_json
from opora.api.nouns.locales import spoken_by
from opora.api.nouns.ticket_fields import SYSTEM_FIELDS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.tickets.dynamic_content import in_language
from opora.tickets.models import TicketField, TicketForm


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = TicketForm.objects.prefetch_related("places", "brands").in_bulk(ids)
    times = stamps_of(call, "ticket_form", ids)
    has_rules = any(row.agent_rules or row.customer_rules for row in rows.values())
    kinds = dict(TicketField.objects.values_list("pk", "type")) if has_rules else {}
    return [_form(call, rows[pk], times[pk], kinds) for pk in ids if pk in rows]


def _form(call: Call, row: TicketForm, times: Stamps, kinds: Mapping[int, str]) -> Json:
    brands = sorted(brand.pk for brand in row.brands.all())
    shown_name = row.customer_name or row.name
    return {
        "url": call.url(f"ticket_forms/{row.pk}"),
        "id": row.pk,
        "name": row.name,
        "raw_name": row.name,
        "display_name": in_language(shown_name, spoken_by(call)),
        "raw_display_name": shown_name,
        "end_user_visible": row.is_shown_to_customers,
        "position": row.position,
        "ticket_field_ids": [*SYSTEM_FIELDS, *(place.field_id for place in row.places.all())],
        "active": row.is_active,
        "default": row.is_default,
        "in_all_brands": not brands,
        "restricted_brand_ids": brands,
        "end_user_conditions": conditions_json(row, "customers", kinds),
        "agent_conditions": conditions_json(row, "agents", kinds),
        "created_at": stamp(times[0]),
        "updated_at": stamp(times[1]),
    }


TICKET_FORMS = Noun(
    "ticket_form", "ticket_forms", "ticket_forms", lambda call: TicketForm.objects.all(), _present,
    orders={"position": "position", "id": "id"},
    references={},
)  # fmt: skip
