"""How people sign in: colleagues only, nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from opora.core.prepared import prepared
from opora.people.models import Group, Person


@prepared
def _with_role(person_id: int) -> QuerySet[Person]:
    """The person with their role, and whether no group is private, which nearly every page asks."""
    people = Person.objects.select_related("role").annotate(
        are_groups_public=~Exists(Group.objects.filter(is_private=True))
    )
    return people.filter(pk=person_id)[:1]


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, and lets in colleagues who work here now."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **options: object):  # type: ignore[no-untyped-def]
        if not user.is_colleague:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **options)


class SignInBackend(AuthenticationBackend):
    """Signs in as allauth does; every page asks for the person's role, so both come in one query."""

    def get_user(self, user_id: int) -> Person | None:
        person = _with_role.first(int(user_id))
        return person if person and self.user_can_authenticate(person) else None
