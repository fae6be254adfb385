"""How people sign in: colleagues only, nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from opora.people.models import Person


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
        person = Person.objects.select_related("role").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
