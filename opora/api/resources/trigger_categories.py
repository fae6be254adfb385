"""Categories of triggers. Ids are texts, errors are listed, changes come by PATCH."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db.models import Count

from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import TEXT, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import list_of
from opora.api.wire.problems import listed_error
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.automation.actions.save_category import remove_category, save_category
from opora.automation.models import Rule, RuleCategory
from opora.core.refusals import Conflict, Invalid

CATEGORY = Body("trigger_category", {"name": TEXT, "position": WHOLE}, ("name",))


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = RuleCategory.objects.in_bulk(ids)
    return [_category(call, rows[pk]) for pk in ids if pk in rows]


def _category(call: Call, row: RuleCategory) -> Json:
    return {
        "url": call.url(f"trigger_categories/{row.pk}"),
        "id": str(row.pk),
        "name": row.name,
        "position": row.position,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.saved_at),
    }


TRIGGER_CATEGORIES = Noun(
    "trigger_category", "trigger_categories", "trigger_categories", lambda call: RuleCategory.objects.all(),
    _present, orders={"position": "position", "id": "id", "name": "name", "created_at": "created_at", "updated_at": "saved_at"},
)  # fmt: skip


@contextmanager
def _telling_errors() -> Iterator[None]:
    """Say refusals as this part of the wire does: as a list of errors."""
    try:
        yield
    except (Invalid, Conflict) as refusal:
        code = refusal.reason or "InvalidValue"
        raise listed_error(refusal.status, code, f"Invalid {refusal.field}", refusal.sentence) from refusal


@operation("GET", "trigger_categories")
def list_categories(call: Call) -> Json:
    """List categories of triggers; `include=rule_counts` counts what stands under each."""
    page = list_of(call, TRIGGER_CATEGORIES, TRIGGER_CATEGORIES.rows(call))
    if "rule_counts" in call.include:
        for shown in page["trigger_categories"]:
            shown["active_count"], shown["inactive_count"] = 0, 0
        _count_rules({shown["id"]: shown for shown in page["trigger_categories"]})
    return page


def _count_rules(categories: dict[str, Json]) -> None:
    rows = Rule.objects.filter(category_id__in=list(categories)).values_list("category_id", "is_active")
    for category_id, is_active, count in rows.annotate(count=Count("pk")).order_by():
        name = "active_count" if is_active else "inactive_count"
        categories[str(category_id)][name] = count


@operation("GET", "trigger_categories/{trigger_category_id}")
def show_category(call: Call, trigger_category_id: int) -> Json:
    """Show one category of triggers."""
    return one_of(call, TRIGGER_CATEGORIES, TRIGGER_CATEGORIES.find(call, trigger_category_id).pk)


@operation("POST", "trigger_categories", takes=CATEGORY)
def create_category(call: Call) -> Answer:
    """Create a category of triggers."""
    given = call.read(CATEGORY)
    with _telling_errors():
        made = save_category(by=call.person, **_columns({"name": "", **given}))
    place = {"Location": call.url(f"trigger_categories/{made.pk}")}
    return Answer(lambda: one_of(call, TRIGGER_CATEGORIES, made.pk), 201, place)


@operation("PATCH", "trigger_categories/{trigger_category_id}", takes=CATEGORY)
def update_category(call: Call, trigger_category_id: int) -> Callable[[], Json]:
    """Change the name or the place of a category."""
    category = TRIGGER_CATEGORIES.find(call, trigger_category_id)
    with _telling_errors():
        save_category(category, by=call.person, **_columns(call.read(CATEGORY)))
    return lambda: one_of(call, TRIGGER_CATEGORIES, trigger_category_id)


@operation("DELETE", "trigger_categories/{trigger_category_id}")
def delete_category(call: Call, trigger_category_id: int) -> Answer:
    """Remove a category that no trigger stands under."""
    with _telling_errors():
        remove_category(TRIGGER_CATEGORIES.find(call, trigger_category_id), by=call.person)
    return NOTHING


def _columns(given: Json) -> Json:
    found = {name: given[name] for name in ("name", "position") if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    if len(found.get("name", "")) > 120:
        raise listed_error(
            422, "ValueTooLong", "Invalid name", "name is too long (maximum is 120 characters)"
        )
    return found
