"""Brands."""

from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.brands import BRANDS, KEPT
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import FLAG, LONG_TEXT, TEXT, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.people.actions.delete_brand import delete_brand as delete
from opora.people.actions.save_brand import save_brand

BRAND = Body(
    "brand",
    {
        "name": text(120), "subdomain": text(60), "brand_url": TEXT, "active": FLAG, "default": FLAG,
        "signature_template": LONG_TEXT, "host_mapping": TEXT,
    },
    ("name", "subdomain"),
)  # fmt: skip

offer_list(BRANDS)
offer_one(BRANDS)


@operation("POST", "brands", takes=BRAND)
def create_brand(call: Call) -> Answer:
    """Create a brand."""
    given = call.read(BRAND)
    require_text(given, "name")
    brand = save_brand(by=call.person, **_columns(given))
    keep_attributes("brand", brand.pk, given, KEPT)
    return created(call, BRANDS, brand.pk)


@operation("PUT", "brands/{brand_id}", takes=BRAND)
def update_brand(call: Call, brand_id: int) -> Any:
    """Update a brand."""
    given = call.read(BRAND)
    brand = save_brand(BRANDS.find(call, brand_id), by=call.person, **_columns(given))
    keep_attributes("brand", brand.pk, given, KEPT)
    return changed(call, BRANDS, brand.pk)


@operation("DELETE", "brands/{brand_id}")
def delete_brand(call: Call, brand_id: int) -> Answer:
    """Remove a brand that nothing uses."""
    delete(BRANDS.find(call, brand_id), by=call.person)
    return NOTHING


def _columns(given: Json) -> Json:
    names = {"name": "name", "subdomain": "slug", "active": "is_active", "signature_template": "signature"}
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if found.get("slug") and not found["slug"].replace("-", "").isalnum():
        raise invalid_record("subdomain", "is invalid", "InvalidFormat")
    if given.get("brand_url"):
        if not given["brand_url"].startswith(("http://", "https://")) or len(given["brand_url"]) > 200:
            raise invalid_record("brand_url", "is invalid", "InvalidFormat")
        found["website"] = given["brand_url"]
    return found | ({"is_default": True} if given.get("default") else {})
