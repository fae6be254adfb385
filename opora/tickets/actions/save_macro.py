"""A macro is added or changed."""

from typing import cast

from django.utils.translation import gettext as _

from opora.core.html import sanitise
from opora.core.liquid import check_html
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.events import MacroSaved
from opora.tickets.models import Macro
from opora.tickets.policy import may_change_macro


def save_macro(macro: Macro | None = None, *, by: ActsAsActor, **fields: object) -> Macro:
    """Add a macro or change one; its HTML is sanitised."""
    with update(by):
        macro = macro or Macro(owner=cast("Person | None", fields.get("owner")))
        created = macro.pk is None
        require(may_change_macro(by, macro))
        if "html" in fields:
            fields["html"] = sanitise(str(fields["html"]))
            _check(str(fields["html"]))
        changes = apply_changes(macro, fields)
        require(may_change_macro(by, macro))
        if not macro.title.strip():
            raise Invalid(_("Give the macro a name."), field="title")
        if changes or created:
            macro.save()
            record(MacroSaved(name=macro.title, created=created, changes=changes), subject_id=macro.pk, by=by)
    return macro


def _check(html: str) -> None:
    try:
        check_html(html)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="html") from refusal
