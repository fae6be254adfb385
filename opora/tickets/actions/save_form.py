"""A form is added or changed."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Brand
from opora.people.policy import may, require
from opora.tickets.actions.form_rules import settled_rules
from opora.tickets.events import FormSaved
from opora.tickets.models import FormField, TicketField, TicketForm


def save_form(
    form: TicketForm | None = None,
    *,
    by: ActsAsActor,
    ticket_fields: Sequence[TicketField] | None = None,
    brands: Iterable[Brand] | None = None,
    **fields: object,
) -> TicketForm:
    """Add a form or change one; `ticket_fields`, if given, become its fields in that order, `brands` those whose
    tickets alone have it (all, when there are none).

    Rules about fields that are not on the form go with them. Raises `Invalid` for rules that could never hold.
    """
    with update(by):
        require(may(by, "settings.tickets"))
        form = form or TicketForm(is_default=not TicketForm.objects.exists())
        created = form.pk is None
        changes = apply_changes(form, fields)
        if not form.name.strip():
            raise Invalid(_("Give the form a name."), field="name")
        if TicketForm.objects.filter(name__iexact=form.name).exclude(pk=form.pk).exists():
            raise Invalid(_("There is a form of this name already."), field="name", reason="DuplicateValue")
        form.save()
        if form.is_default:
            TicketForm.objects.exclude(pk=form.pk).update(is_default=False)
        if ticket_fields is not None:
            changes |= _set_fields(form, ticket_fields)
        if brands is not None:
            changes |= _set_brands(form, list(brands))
        changes |= _settle_rules(form, new=set(changes))
        if changes or created:
            record(FormSaved(name=form.name, created=created, changes=changes), subject_id=form.pk, by=by)
    return form


def _set_fields(form: TicketForm, wanted: Sequence[TicketField]) -> dict[str, list]:
    before = list(form.places.values_list("field_id", flat=True))
    after = [field.pk for field in wanted]
    if before == after:
        return {}
    form.places.all().delete()
    places = [FormField(form=form, field_id=pk, position=position) for position, pk in enumerate(after)]
    FormField.objects.bulk_create(places)
    return {"fields": [before, after]}


def _set_brands(form: TicketForm, wanted: list[Brand]) -> dict[str, list]:
    before = sorted(form.brands.values_list("pk", flat=True))
    after = sorted({brand.pk for brand in wanted})
    if before == after:
        return {}
    form.brands.set(after)
    return {"brands": [before, after]}


def _settle_rules(form: TicketForm, *, new: set[str]) -> dict[str, list]:
    on_form = [place.field for place in form.places.select_related("field")]
    settled = {
        name: settled_rules(getattr(form, name), on_form, are_new=name in new)
        for name in ("agent_rules", "customer_rules")
    }
    changes = apply_changes(form, settled)
    if changes:
        form.save(update_fields=list(settled))
    return changes
