"""A brand is added or changed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import slugify_name
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import BrandSaved
from opora.people.models import Brand
from opora.people.policy import may, require


def save_brand(brand: Brand | None = None, *, by: ActsAsActor, **fields: object) -> Brand:
    """Add a brand, or set the given fields of one. The first brand is the default one; there is always one."""
    with update(by):
        require(may(by, "settings.channels"))
        brand = brand or Brand(is_default=not Brand.objects.exists())
        created = brand.pk is None
        if created and not fields.get("slug"):
            fields["slug"] = _free_slug(str(fields.get("name", "")))
        changes = apply_changes(brand, fields)
        if changes or created:
            if Brand.objects.filter(name__iexact=brand.name).exclude(pk=brand.pk).exists():
                raise Invalid(_("There is a brand of this name already."), field="name")
            brand.save()
            _keep_one_default(brand)
            record(BrandSaved(name=brand.name, created=created, changes=changes), subject_id=brand.pk, by=by)
    return brand


def _free_slug(name: str) -> str:
    base = slugify_name(name).encode("ascii", "ignore").decode().strip("-") or "brand"
    taken = set(Brand.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, 1000))] if slug not in taken)


def _keep_one_default(brand: Brand) -> None:
    if brand.is_default:
        Brand.objects.exclude(pk=brand.pk).update(is_default=False)
