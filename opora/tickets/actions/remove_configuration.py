"""A field, a form or a macro is removed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.actions.save_form import save_form
from opora.tickets.events import FieldRemoved, FormRemoved, MacroRemoved
from opora.tickets.models import Macro, TicketField, TicketForm
from opora.tickets.policy import may_change_macro


def remove_field(field: TicketField, *, by: ActsAsActor) -> None:
    """Remove a custom field, with its values on every ticket and the rules of forms about it.

    Raises `Conflict` while rules or views name it.
    """
    with update(by):
        require(may(by, "settings.tickets"))
        refuse_while_used(thing_of(field), field.title)
        record(FieldRemoved(name=field.title), subject_id=field.pk, by=by)
        forms = list(field.forms.all())
        field.delete()
        for form in forms:
            save_form(form, by=by)


def remove_form(form: TicketForm, *, by: ActsAsActor) -> None:
    """Remove a form; its tickets stay, with the standard one. The standard form itself stays, and one that rules name."""
    with update(by):
        require(may(by, "settings.tickets"))
        if form.is_default:
            raise Conflict(_("This is the standard form. Make another one the standard first."))
        refuse_while_used(thing_of(form), form.name)
        record(FormRemoved(name=form.name), subject_id=form.pk, by=by)
        form.delete()


def remove_macro(macro: Macro, *, by: ActsAsActor) -> None:
    """Remove a macro; what it did stays done."""
    with update(by):
        require(may_change_macro(by, macro))
        record(MacroRemoved(name=macro.title), subject_id=macro.pk, by=by)
        macro.delete()
