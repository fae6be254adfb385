"""A brand is added or changed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict, Invalid
from opora.core.text import slugify_name
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import BrandSaved
from opora.people.models import Brand
from opora.people.policy import may, require
from opora.people.signatures import check_signature


def save_brand(brand: Brand | None = None, *, by: ActsAsActor, **fields: object) -> Brand:
    """Add a brand, or set the given fields of one. The first brand is the default one; there is always one in use."""
    with update(by):
        require(may(by, "settings.channels"))
        brand = brand or Brand(is_default=not Brand.objects.exists())
        created, was_default = brand.pk is None, brand.is_default
        if not fields.get("slug") and (created or "slug" in fields):
            fields["slug"] = _free_slug(str(fields.get("name", "")), beside=brand)
        changes = apply_changes(brand, fields)
        if changes or created:
            _check(brand, was_default=was_default)
            brand.save()
            _keep_one_default(brand)
            record(BrandSaved(name=brand.name, created=created, changes=changes), subject_id=brand.pk, by=by)
    return brand


def _free_slug(name: str, *, beside: Brand) -> str:
    base = slugify_name(name).encode("ascii", "ignore").decode().strip("-")[:50] or "brand"
    others = Brand.objects.exclude(pk=beside.pk).filter(slug__startswith=base)
    taken = set(others.values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, 1000))] if slug not in taken)


def _check(brand: Brand, *, was_default: bool) -> None:
    if not brand.name.strip():
        raise Invalid(_("Give the brand a name."), field="name", reason="BlankValue")
    check_signature(brand.signature)
    others = Brand.objects.exclude(pk=brand.pk)
    if others.filter(name__iexact=brand.name).exists():
        raise Invalid(_("There is a brand of this name already."), field="name", reason="DuplicateValue")
    if others.filter(slug=brand.slug).exists():
        raise Invalid(_("Another brand has this short name already."), field="slug", reason="DuplicateValue")
    if was_default and not brand.is_default:
        raise Conflict(
            _("One brand is always the default. Make another brand the default instead."), field="is_default"
        )
    if brand.is_default and not brand.is_active:
        raise Conflict(
            _("The default brand stays in use. Make another brand the default first."), field="is_active"
        )


def _keep_one_default(brand: Brand) -> None:
    if brand.is_default:
        Brand.objects.exclude(pk=brand.pk).update(is_default=False)
