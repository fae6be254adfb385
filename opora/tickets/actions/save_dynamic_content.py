"""A text in several languages is added, changed or removed."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.liquid import check_text
from opora.core.refusals import Conflict, Invalid
from opora.core.text import slugify_name
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.events import DynamicContentRemoved, DynamicContentSaved
from opora.tickets.models import DynamicItem, DynamicVariant

LONGEST = 20_000


def save_item(
    item: DynamicItem | None = None,
    *,
    by: ActsAsActor,
    texts: Mapping[str, str] | None = None,
    **fields: object,
) -> DynamicItem:
    """Add an item or change one; `texts` sets what it says, by language. Its key, which texts name it by, is
    made of the name where none is given, and stays.

    Raises `Invalid` for a name that is blank or taken, and for an item without a text in its own language.
    """
    with update(by):
        require(may(by, "settings.tickets"))
        item = item or DynamicItem()
        created = item.pk is None
        changes = apply_changes(item, fields)
        _check_name(item)
        if created and not item.key:
            item.key = _free_key(item.name)
        item.updated_at = clock.now() if changes or created else item.updated_at
        item.save()
        for locale, content in (texts or {}).items():
            changes |= _write(item, locale, content)
        if not item.variants.filter(locale=item.locale, is_active=True).exists():
            raise Invalid(_("Write the text in its own language first."), field="locale")
        if changes or created:
            fact = DynamicContentSaved(name=item.name, created=created, changes=changes)
            record(fact, subject_id=item.pk, by=by)
    return item


def save_variant(
    item: DynamicItem,
    locale: str,
    *,
    by: ActsAsActor,
    content: str | None = None,
    is_active: bool | None = None,
) -> DynamicVariant:
    """Say the item in a language, or take that text into or out of use. The one in its own language stays in use."""
    with update(by):
        require(may(by, "settings.tickets"))
        changes = _write(item, locale, content) if content is not None else {}
        variant = item.variants.get(locale=locale)
        if is_active is False and locale == item.locale:
            raise Conflict(_("The text in its own language stays in use."), field="is_active")
        if is_active is not None and variant.is_active != is_active:
            changes[f"{locale} is_active"] = [variant.is_active, is_active]
            variant.is_active = is_active
            variant.save(update_fields=["is_active"])
        if changes:
            record(DynamicContentSaved(name=item.name, changes=changes), subject_id=item.pk, by=by)
    return variant


def remove_variant(variant: DynamicVariant, *, by: ActsAsActor) -> None:
    """Take a language away. Raises `Conflict` for the item's own."""
    item = variant.item
    with update(by):
        require(may(by, "settings.tickets"))
        if variant.locale == item.locale:
            raise Conflict(_("The text in its own language stays. Choose another language as its own first."))
        changes = {variant.locale: [variant.content, ""]}
        variant.delete()
        record(DynamicContentSaved(name=item.name, changes=changes), subject_id=item.pk, by=by)


def remove_item(item: DynamicItem, *, by: ActsAsActor) -> None:
    """Remove a text; where it is named, nothing stands from then on."""
    with update(by):
        require(may(by, "settings.tickets"))
        record(DynamicContentRemoved(name=item.name), subject_id=item.pk, by=by)
        item.delete()


def _write(item: DynamicItem, locale: str, content: str) -> dict[str, list]:
    if not content.strip():
        raise Invalid(_("Write what is said in this language."), field=f"text_{locale}", reason="BlankValue")
    if len(content) > LONGEST:
        raise Invalid(_("This text is too long."), field=f"text_{locale}", reason="ValueTooLong")
    check_text(content)
    variant = item.variants.filter(locale=locale).first() or DynamicVariant(
        item=item, locale=locale, content=""
    )
    before = variant.content
    if before == content:
        return {}
    variant.content, variant.updated_at = content, clock.now()
    variant.save()
    return {locale: [before, content]}


def _check_name(item: DynamicItem) -> None:
    if not item.name.strip():
        raise Invalid(_("Give the text a name."), field="name", reason="BlankValue")
    if DynamicItem.objects.filter(name__iexact=item.name).exclude(pk=item.pk).exists():
        raise Invalid(_("There is a text of this name already."), field="name", reason="DuplicateValue")
    if not item.locale:
        raise Invalid(_("Choose its own language."), field="locale")


def _free_key(name: str) -> str:
    base = slugify_name(name).encode("ascii", "ignore").decode().replace("-", "_").strip("_")[:50] or "text"
    taken = set(DynamicItem.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in [base, *(f"{base}_{n}" for n in range(2, 1000))] if key not in taken)
