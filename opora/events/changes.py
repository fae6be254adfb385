"""Changes of configuration: which fields were what, so that the log shows before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opora.events.fact import Fact
from opora.events.field_words import field_word

NOUNS = {
    "brand": gettext_noop("brand"),
    "calendar": gettext_noop("calendar"),
    "capacity": gettext_noop("capacity"),
    "desk": gettext_noop("desk"),
    "dynamic_content": gettext_noop("text in languages"),
    "article": gettext_noop("article"),
    "group": gettext_noop("group"),
    "knowledge_category": gettext_noop("category of articles"),
    "knowledge_section": gettext_noop("section of articles"),
    "macro": gettext_noop("macro"),
    "mailbox": gettext_noop("mailbox"),
    "organization": gettext_noop("organization"),
    "person_skills": gettext_noop("skills of a colleague"),
    "queue": gettext_noop("queue"),
    "permission_group": gettext_noop("permission group"),
    "profile_field": gettext_noop("profile field"),
    "role": gettext_noop("role"),
    "rule": gettext_noop("rule"),
    "rule_category": gettext_noop("category of triggers"),
    "routing_settings": gettext_noop("distribution of work"),
    "skill": gettext_noop("skill"),
    "skill_requirement": gettext_noop("skill requirement"),
    "sla_policy": gettext_noop("policy"),
    "status": gettext_noop("status"),
    "support_line": gettext_noop("escalation group"),
    "ticket_field": gettext_noop("field"),
    "ticket_form": gettext_noop("form"),
    "user_segment": gettext_noop("audience"),
    "view": gettext_noop("view"),
    "webhook": gettext_noop("webhook"),
}
"""What kinds of configuration are called in sentences."""

Row = TypeVar("Row", bound=Model)
Changes = dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class ConfigurationFact(Fact):
    """The base of facts about configuration: the row's name, whether it is new, and each field's before and after."""

    name: str
    created: bool = False
    changes: dict[str, list[Any]]

    def sentence(self) -> str:
        noun = _(NOUNS.get(self.subject_kind, self.subject_kind.replace("_", " ")))
        if self.created:
            return _("added the %(noun)s “%(name)s”") % {"noun": noun, "name": self.name}
        fields = ", ".join(field_word(name, of=self.subject_kind) for name in self.changes)
        return _("changed the %(noun)s “%(name)s”: %(fields)s") % {
            "noun": noun,
            "name": self.name,
            "fields": fields,
        }


def apply_changes(row: Row, fields: Mapping[str, Any]) -> Changes:
    """Set `fields` on `row` (unsaved) and return those that differ, each as [before, after] in JSON values."""
    changes: Changes = {}
    for name, value in fields.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changes[name] = [_plain(before), _plain(value)]
    return changes


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool, list, dict, type(None))) else str(value)
