"""Who may have tokens, and revoke them."""

from opora.api.models import ApiToken
from opora.events.actor import ActsAsActor
from opora.people.models import Person
from opora.people.policy import may


def may_have_token(by: ActsAsActor, person: Person) -> bool:
    """Colleagues make tokens in their own name alone; what is no person (the command line) for any of them."""
    if not person.is_colleague:
        return False
    return not isinstance(by, Person) or (by.pk == person.pk and may(by, "api.use"))


def may_revoke_token(by: ActsAsActor, token: ApiToken) -> bool:
    """One's own, and everybody's with the right to the desk."""
    return (isinstance(by, Person) and by.pk == token.person_id) or may(by, "settings.desk")
