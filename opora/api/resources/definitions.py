"""What views and triggers can be made of."""

from opora.api.nouns.definitions import condition_definition, step_definition
from opora.api.nouns.views import COLUMNS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.routing import operation
from opora.tickets.conditions import condition_fields
from opora.tickets.steps import step_kinds


@operation("GET", "views/definitions")
def view_definitions(call: Call) -> Json:
    """List what conditions of views can ask about, and what lists can show."""
    asked = [
        condition_definition(field, field.comparisons) for field in condition_fields().values() if field.where
    ]
    columns = [{"id": wire, "title": title} for wire, title in COLUMNS.values()]
    return {"definitions": {"conditions_all": asked, "conditions_any": asked, "columns": columns}}


@operation("GET", "triggers/definitions")
def trigger_definitions(call: Call) -> Json:
    """List what conditions can ask about and what rules can do."""
    conditions = [condition_definition(field, field.operators) for field in condition_fields().values()]
    actions = [step_definition(kind) for kind in step_kinds(for_rules=True).values()]
    return {"definitions": {"conditions_all": conditions, "conditions_any": conditions, "actions": actions}}
