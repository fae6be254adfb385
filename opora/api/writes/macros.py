"""Actions of macros: from the wire to ours, and what they would make of a ticket."""

from collections.abc import Callable, Sequence
from typing import Any

from opora.api.nouns.macros import wire_action
from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.api.writes.values import brand_of, form_of, group_of, priority_of, status_named, type_of
from opora.core.html import html_to_text, text_to_html
from opora.core.liquid import fill_html
from opora.people.models import Person
from opora.tickets.models import Macro, Ticket
from opora.tickets.placeholders import values_of

Reader = Callable[[Any], Any]


def own_actions(given: Sequence[Json], *, by: Person) -> Json:
    """Return the columns of a macro for the wire's actions: property changes, words, and whether they are a note.

    Raises 422 for an action that is none, or a value that does not fit.
    """
    actions, html, is_note = [], "", False
    for one in given:
        field, value = one.get("field"), one.get("value")
        if not isinstance(field, str):
            raise invalid_record("actions", "need a field and a value")
        if field in {"comment_value", "comment_value_html"}:
            words = _last_text(value)
            html = words if field == "comment_value_html" else text_to_html(words)
        elif field == "comment_mode_is_public":
            is_note = str(value).lower() == "false"
        else:
            actions.append(own_action(field, value, by))
    return {"actions": actions, "html": html, "is_note": is_note}


def _last_text(value: Any) -> str:
    """The words; some clients send [channel, words]."""
    return str(value[-1] if isinstance(value, list) and value else value or "")


def own_action(field: str, value: Any, by: Person) -> Json:
    """Return one change of a property in our words. Raises 422 for a field or a value that is none."""
    if field.startswith("custom_fields_") and field.removeprefix("custom_fields_").isdigit():
        return {"field": f"custom_field_{field.removeprefix('custom_fields_')}", "value": value}
    reader = _READERS.get(field)
    if reader is None:
        raise invalid_record("actions", f"{field} is not supported")
    own, read = reader
    return {"field": own, "value": read(value)}


def _status(value: Any) -> int | None:
    found = status_named({"status": value})
    return found.pk if found else None


def _assignee(value: Any) -> Any:
    if value == "current_user":
        return "me"
    number = str(value or "")
    if number and (
        not number.isdigit() or not Person.objects.colleagues().filter(pk=int(number[:18])).exists()
    ):
        raise invalid_record("actions", f"{number} is not an agent")
    return int(number) if number else None


def _group(value: Any) -> int | None:
    found = group_of(int(value)) if _is_number(value) else None
    return found.pk if found else None


def _word(read: Callable[[Any], Any]) -> Reader:
    """Keep the word itself, once it is known to be one."""

    def checked(value: Any) -> Any:
        return str(value) if read(value) else None

    return checked


def _tags(value: Any) -> list[str]:
    return (
        [str(tag) for tag in value] if isinstance(value, list) else str(value or "").replace(",", " ").split()
    )


def _own_status(value: Any) -> int | None:
    found = status_named({"custom_status_id": int(value)}) if _is_number(value) else None
    return found.pk if found else None


def _row(find: Callable[[int], Any]) -> Reader:
    """The number of a row that is there."""

    def checked(value: Any) -> int | None:
        found = find(int(value)) if _is_number(value) else None
        return found.pk if found else None

    return checked


def _is_number(value: Any) -> bool:
    return str(value or "").isdigit() and len(str(value)) < 18


def _subject(value: Any) -> str:
    words = str(value or "").strip()[:255]
    if not words:
        raise invalid_record("actions", "subject cannot be blank", "BlankValue")
    return words


_READERS: dict[str, tuple[str, Reader]] = {
    "status": ("status", _status),
    "custom_status_id": ("status", _own_status),
    "brand_id": ("brand", _row(brand_of)),
    "ticket_form_id": ("form", _row(form_of)),
    "follower": ("add_follower", _row(lambda pk: Person.objects.colleagues().filter(pk=pk).first())),
    "cc": ("add_cc", _row(lambda pk: Person.objects.filter(pk=pk, is_active=True).first())),
    "subject": ("subject", _subject),
    "assignee_id": ("assignee", _assignee),
    "group_id": ("group", _group),
    "priority": ("priority", _word(priority_of)),
    "type": ("type", _word(type_of)),
    "set_tags": ("tags", _tags),
    "current_tags": ("add_tags", _tags),
    "remove_tags": ("remove_tags", _tags),
}


def changes_of(macro: Macro, *, by: Person, tags: Sequence[str] = ()) -> Json:
    """Return the attributes that the macro would give a ticket that has these tags."""
    found: Json = {}
    after, tagged = list(tags), False
    for action in macro.actions:
        shown = wire_action(action)
        field, value = shown["field"], shown["value"]
        if field in {"set_tags", "current_tags", "remove_tags"}:
            after, tagged = _tagged(after, field, _tags(value)), True
        elif field.startswith("custom_fields_"):
            number = int(field.removeprefix("custom_fields_"))
            found.setdefault("custom_fields", []).append({"id": number, "value": value})
        elif field == "assignee_id":
            found[field] = by.pk if value == "current_user" else int(value) if value else None
        else:
            found[field] = int(value) if field.endswith("_id") and value else value
    return found | ({"tags": sorted(set(after))} if tagged else {})


def _tagged(before: list[str], field: str, given: list[str]) -> list[str]:
    if field == "set_tags":
        return given
    if field == "current_tags":
        return [*before, *given]
    return [tag for tag in before if tag not in given]


def words_of(macro: Macro, ticket: Ticket | None, person: Person) -> Json | None:
    """Return the comment that the macro would begin, with its placeholders filled in where there is a ticket."""
    if not macro.html:
        return None
    html = fill_html(macro.html, values_of(ticket, person)) if ticket else macro.html
    return {"body": html_to_text(html), "html_body": html, "public": not macro.is_note, "scoped_body": []}
