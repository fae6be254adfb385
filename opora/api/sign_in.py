"""Who calls: `Basic email/token:TOKEN`, or `Bearer TOKEN` with a token of this desk or one given by OAuth."""

import base64
import binascii
from dataclasses import dataclass

from django.http import HttpRequest

from opora.api.actions.create_token import hash_of
from opora.api.actions.note_use import note_use
from opora.api.models import ApiToken
from opora.api.oauth import person_and_scopes
from opora.api.wire.problems import not_authenticated, not_found, restricted
from opora.api.wire.texts import clean_text
from opora.people.models import Person
from opora.people.queries import person_by_email


@dataclass(frozen=True)
class Permit:
    """Whoever calls, and what their token lets them do; `name` counts calls."""

    person: Person
    scopes: frozenset[str]
    name: str

    def covers(self, resource: str, kind: str) -> bool:
        """Whether the token has the scope `read` or `write`, in general or for this resource."""
        return kind in self.scopes or f"{resource}:{kind}" in self.scopes

    @property
    def may_impersonate(self) -> bool:
        return "impersonate" in self.scopes and "settings.people" in self.person.allowed


def permit_of(request: HttpRequest) -> Permit | None:
    """Return who calls, None for nobody or credentials that open nothing.

    Without a header a call that reads may carry its token as `?access_token=`.
    Whoever may impersonate can name another person in `X-On-Behalf-Of`, or before `/token`. Raises 403 for others.
    """
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    found = (
        _basic(value) if scheme.lower() == "basic" else _bearer(value) if scheme.lower() == "bearer" else None
    )
    if not scheme and request.method in {"GET", "HEAD"} and request.GET.get("access_token"):
        found = _bearer(request.GET["access_token"])
    wanted = clean_text(request.headers.get("X-On-Behalf-Of", "")).strip()
    return _in_the_name_of(found, wanted) if found and wanted else found


def _basic(value: str) -> Permit | None:
    try:
        name, _colon, secret = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    email, is_token, _rest = name.partition("/token")
    permit = _permit_of_token(secret) if is_token and secret else None
    if permit is None or "\x00" in email:
        return None
    return permit if permit.person.email == email.lower() else _as_named(permit, email)


def _as_named(permit: Permit, email: str) -> Permit | None:
    person = person_by_email(email)
    if person is None:
        return None
    if person.pk == permit.person.pk:
        return permit
    return Permit(person, permit.scopes, permit.name) if permit.may_impersonate and person.is_active else None


def _bearer(secret: str) -> Permit | None:
    return _permit_of_token(secret.strip()) or _permit_of_grant(secret.strip())


def _permit_of_token(secret: str) -> Permit | None:
    token = ApiToken.objects.select_related("person__role").filter(token_hash=hash_of(secret)).first()
    if token is None or not token.is_valid or not token.person.is_active:
        return None
    note_use(token)
    return Permit(token.person, frozenset(token.scopes), f"token {token.pk}")


def _permit_of_grant(secret: str) -> Permit | None:
    found = person_and_scopes(secret)
    if found is None:
        return None
    person, scopes, number = found
    return Permit(person, scopes, f"grant {number}")


def _in_the_name_of(permit: Permit, wanted: str) -> Permit:
    if not permit.may_impersonate:
        raise restricted()
    if wanted.isdigit() and len(wanted) < 19:
        person = Person.objects.select_related("role").filter(pk=int(wanted)).first()
    else:
        person = person_by_email(wanted)
    if person is None:
        raise not_found()
    if not person.is_active:
        raise not_authenticated()
    return Permit(person, permit.scopes, permit.name)
