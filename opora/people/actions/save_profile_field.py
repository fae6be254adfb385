"""A profile field is added, changed or removed."""

import re

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.core.text import slugify_name
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import ProfileFieldRemoved, ProfileFieldSaved
from opora.people.models import Organization, Person, ProfileField
from opora.people.policy import may, require

_KEY = re.compile(r"[a-z][a-z0-9_-]*")


def save_profile_field(
    field: ProfileField | None = None, *, by: ActsAsActor, **fields: object
) -> ProfileField:
    """Add a profile field or change one. Its key is fixed once made: the values lie under it."""
    with update(by):
        require(may(by, "settings.people"))
        field = field or ProfileField()
        created = field.pk is None
        if created and not fields.get("key"):
            fields["key"] = slugify_name(str(fields.get("title", ""))).replace("-", "_")
        if not created and fields.get("key", field.key) != field.key:
            raise Invalid(_("The key of a field cannot change; make another field."), field="key")
        changes = apply_changes(field, fields)
        _check(field)
        if changes or created:
            field.updated_at = clock.now()
            field.save()
            fact = ProfileFieldSaved(name=field.title, created=created, changes=changes)
            record(fact, subject_id=field.pk, by=by)
    return field


def remove_profile_field(field: ProfileField, *, by: ActsAsActor) -> None:
    """Remove the field and its values."""
    model = Person if field.subject == ProfileField.Subject.PERSON else Organization
    with update(by):
        require(may(by, "settings.people"))
        for row in model._default_manager.filter(fields__has_key=field.key):
            row.fields.pop(field.key, None)
            row.save(update_fields=["fields"])
        record(ProfileFieldRemoved(name=field.title), subject_id=field.pk, by=by)
        field.delete()


def _check(field: ProfileField) -> None:
    if not field.title.strip():
        raise Invalid(_("Give the field a name."), field="title", reason="BlankValue")
    if not _KEY.fullmatch(field.key):
        raise Invalid(
            _("A key has small Latin letters, digits, “_” and “-”, and begins with a letter."), field="key"
        )
    same = ProfileField.objects.filter(subject=field.subject, key=field.key).exclude(pk=field.pk)
    if same.exists():
        raise Invalid(_("There is a field of this key already."), field="key", reason="DuplicateValue")
    if field.type == ProfileField.Type.DROPDOWN and not field.options:
        raise Invalid(_("Add at least one option, one a line."), field="options")
