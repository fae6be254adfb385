"""Steps that only rules carry out: words on the ticket, mail, telling colleagues, and calling other programs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.automation.calls import KIND as CALL_KIND
from opora.core.conditions.field import Choices
from opora.core.conditions.kinds.values import quoted, whole_number
from opora.core.refusals import Invalid
from opora.people.addresses import normalise_email
from opora.people.models import Group, Person
from opora.tickets.steps import StepKind
from opora.tickets.steps.kinds import a_letter, a_text, label_in, one_of

WORDS = gettext_lazy("Write")
MAIL = gettext_lazy("Mail to customers")
TELL = gettext_lazy("Tell colleagues")


def _groups() -> Choices:
    return [(str(row.pk), row.name) for row in Group.objects.filter(deleted_at=None)]


def _addressed_letter(value: Any) -> dict[str, str]:
    letter = a_letter(value)
    address = normalise_email(str((value or {}).get("to") or ""))
    try:
        validate_email(address)
    except ValidationError as problem:
        raise Invalid(_("Give the address the mail goes to.")) from problem
    return {**letter, "to": address}


def _letter_to_group(value: Any) -> dict[str, str]:
    return {**a_letter(value), "to": one_of(_groups)((value or {}).get("to"))}


def _letter_to_person(value: Any) -> dict[str, str]:
    number = whole_number((value or {}).get("to"))
    if not Person.objects.colleagues().filter(pk=number).exists():
        raise Invalid(_("Choose a colleague."))
    return {**a_letter(value), "to": str(number)}


def _words_to(name_of: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: f"{name_of(value.get('to'))}, {_excerpt(value.get('subject') or value['text'])}"


def _excerpt(text: str) -> str:
    return quoted(f"{text[:80]}…" if len(text) > 80 else text)


def _letter_words(value: Any) -> str:
    start = f"{value['to']}, " if value.get("to") else ""
    return start + _excerpt(value.get("subject") or value["text"])


def _nothing(_value: Any) -> str:
    return ""


def _person_name(value: Any) -> str:
    return str(Person.objects.filter(pk=value or 0).first() or f"#{value}")


KINDS = [
    StepKind(
        name="note", title=gettext_lazy("Internal note"), group=WORDS, control="text", for_rules=True, clean=a_text,
        words=_excerpt,
    ),
    StepKind(
        name="reply", title=gettext_lazy("Automatic reply on the ticket"), group=WORDS, control="text", for_rules=True,
        clean=a_text, words=_excerpt,
    ),
    StepKind(
        name="mail_requester", title=gettext_lazy("Mail to the requester"), group=MAIL, control="letter", for_rules=True,
        clean=a_letter, words=_letter_words, leaves=True,
    ),
    StepKind(
        name="mail_everybody", title=gettext_lazy("Mail to the requester and people in copy"), group=MAIL,
        control="letter", for_rules=True, clean=a_letter, words=_letter_words, leaves=True,
    ),
    StepKind(
        name="mail_address", title=gettext_lazy("Mail to an address"), group=MAIL, control="address", for_rules=True,
        clean=_addressed_letter, words=_letter_words, leaves=True,
    ),
    StepKind(
        name="tell_assignee", title=gettext_lazy("Tell the assignee"), group=TELL, control="", for_rules=True,
        clean=_nothing, words=_nothing, leaves=True,
    ),
    StepKind(
        name="tell_group", title=gettext_lazy("Tell a group"), group=TELL, control="choice", options=_groups,
        for_rules=True, clean=one_of(_groups), words=label_in(_groups), leaves=True,
    ),
    StepKind(
        name="tell_followers", title=gettext_lazy("Tell the followers"), group=TELL, control="", for_rules=True,
        clean=_nothing, words=_nothing, leaves=True,
    ),
    StepKind(
        name="tell_person", title=gettext_lazy("Tell a colleague"), group=TELL, control="person", for_rules=True,
        finder=reverse_lazy("tickets:lookup_colleagues"), clean=lambda value: str(whole_number(value)),
        words=_person_name, leaves=True,
    ),
    CALL_KIND,
    StepKind(
        name="mail_assignee", title=gettext_lazy("Mail to the assignee"), group=TELL, control="letter", for_rules=True,
        clean=a_letter, words=_letter_words, leaves=True,
    ),
    StepKind(
        name="mail_group", title=gettext_lazy("Mail to a group"), group=TELL, control="group_letter", options=_groups,
        for_rules=True, clean=_letter_to_group, words=_words_to(label_in(_groups)), leaves=True,
    ),
    StepKind(
        name="mail_colleague", title=gettext_lazy("Mail to a colleague"), group=TELL, control="person_letter",
        for_rules=True, finder=reverse_lazy("tickets:lookup_colleagues"), clean=_letter_to_person,
        words=_words_to(_person_name), leaves=True,
    ),
]  # fmt: skip
RECEIPTS = frozenset({"reply", "mail_requester", "mail_everybody"})
"""What tells the requester of a new ticket that it has come in."""
LEAVING = {kind.name for kind in KINDS if kind.leaves}
"""What goes out of the house, or to somebody's screen, after the change is committed."""
