"""What attributes of tickets name, looked up: a word, an id or an address becomes the row, or a 422 says why not."""

from typing import Any

from opora.api.nouns.locales import locale_of_number, own_locale
from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.people.actions.create_person import create_person
from opora.people.models import Brand, Group, Organization, Person
from opora.people.queries import person_by_email
from opora.tickets.models import Category, Priority, Status, Ticket, TicketField, TicketForm, TicketType
from opora.tickets.queries import status_of


def priority_of(value: Any) -> int | None:
    return _worded("priority", value, Priority)


def type_of(value: Any) -> int | None:
    return _worded("type", value, TicketType)


def _worded(name: str, value: Any, words: type[Priority] | type[TicketType]) -> int | None:
    if not value or value == "-":
        return None
    member = words.__members__.get(str(value).upper())
    if member is None:
        raise invalid_record(name, f"{value} is not recognized")
    return member.value


def status_named(given: Json) -> Status | None:
    """Return the status that `custom_status_id` or `status` asks for, None where neither is given."""
    if given.get("custom_status_id"):
        found = Status.objects.filter(pk=given["custom_status_id"], is_active=True).first()
        if found is None:
            raise invalid_record("custom_status_id", "is invalid")
        return found
    word = str(given.get("status") or "").lower()
    if not word:
        return None
    category = Category.__members__.get({"on-hold": "HOLD"}.get(word, word.upper()))
    if category is None:
        raise invalid_record("status", f"{word} is not a valid status")
    return status_of(category)


def group_of(group_id: int | None) -> Group | None:
    return _row(Group.objects.filter(deleted_at=None), "group", group_id)


def brand_of(brand_id: int | None) -> Brand | None:
    return _row(Brand.objects.filter(is_active=True), "brand", brand_id)


def form_of(form_id: int | None) -> TicketForm | None:
    return _row(TicketForm.objects.all(), "ticket_form_id", form_id)


def organization_of(organization_id: int | None) -> Organization | None:
    return _row(Organization.objects.all(), "organization", organization_id)


def _row(rows: Any, name: str, row_id: int | None) -> Any:
    if not row_id:
        return None
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise invalid_record(name, "is invalid")
    return found


def assignee_of(given: Json) -> Person | None:
    """Return the colleague that `assignee_id` or `assignee_email` names."""
    if given.get("assignee_email"):
        person = person_by_email(given["assignee_email"])
    elif given.get("assignee_id"):
        person = Person.objects.select_related("role").filter(pk=given["assignee_id"]).first()
    else:
        return None
    if person is None or not person.is_colleague:
        raise invalid_record("assignee", "is not an assignable agent")
    return person


def person_of(name: str, person_id: int | None) -> Person | None:
    """Return the person of an attribute such as `requester_id`."""
    if not person_id:
        return None
    found = Person.objects.select_related("role", "organization").filter(pk=person_id, is_active=True).first()
    if found is None:
        raise invalid_record(name, "is invalid")
    return found


def requester_of(given: Json, *, by: ActsAsActor) -> Person | None:
    """Return who `requester_id` or `requester` names; somebody we do not know becomes a customer."""
    if given.get("requester_id"):
        return person_of("requester", given["requester_id"])
    described = given.get("requester")
    if not described:
        return None
    if isinstance(described, str):
        described = {"email": described}
    if described.get("id"):
        return person_of("requester", described["id"] if isinstance(described["id"], int) else -1)
    return person_described(described, by=by)


def person_described(described: Json, *, by: ActsAsActor) -> Person:
    """Return the person of an address, made if unknown. Raises 422 when neither name nor address is given."""
    email, name = str(described.get("email") or "").strip(), str(described.get("name") or "").strip()
    if not email and not name:
        raise invalid_record("requester", "Name: is too short (minimum one character)", "ValueTooShort")
    fields: Json = {}
    if isinstance(described.get("locale_id"), int):
        fields["locale"] = locale_of_number(described["locale_id"]) or ""
    elif described.get("locale"):
        fields["locale"] = own_locale(str(described["locale"]))
    known = person_by_email(email) if email else None
    try:
        return known or create_person(by=by, name=name, email=email, **fields)
    except Invalid as refusal:
        raise invalid_record("requester", refusal.sentence) from refusal


def people_listed(given: Any, *, by: ActsAsActor) -> list[Person]:
    """Return the people of a list of ids, addresses and objects; unknown addresses become customers."""
    found: list[Person] = []
    for one in given or []:
        name = ""
        if isinstance(one, dict):
            name = str(one.get("user_name") or one.get("name") or "")
            number = one.get("user_id") or one.get("id")
            one = number or one.get("user_email") or one.get("email") or ""
        if isinstance(one, int) or str(one).isdigit():
            person = (
                Person.objects.select_related("role").filter(pk=int(one)).first()
                if int(one) < 2**62
                else None
            )
        else:
            person = create_person(by=by, email=str(one), name=name) if str(one).strip() else None
        if person:
            found.append(person)
    return found


def custom_values(given: Any) -> dict[int, Any]:
    """Return values of custom fields by field id, from a list of {id, value} or an object; unknown ids are left out."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(given, dict):
        pairs = list(given.items())
    elif isinstance(given, list):
        for one in given:
            if isinstance(one, dict) and "id" in one:
                pairs.append((one["id"], one.get("value")))
            elif isinstance(one, dict):
                pairs += list(one.items())
    wanted = {int(key): value for key, value in pairs if str(key).isdigit() and len(str(key)) < 18}
    known = set(TicketField.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True))
    return {key: value for key, value in wanted.items() if key in known}


def closed_ticket_of(ticket_id: int | None) -> Ticket | None:
    """Return the closed ticket that a new one follows up."""
    if not ticket_id:
        return None
    found = Ticket.objects.filter(pk=ticket_id).first()
    if found is None or not found.is_closed:
        raise invalid_record("via_followup_source_id", "is not a closed ticket")
    return found
