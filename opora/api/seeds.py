"""Programs that speak to a demo desk: tokens of colleagues and registered OAuth clients, made through the actions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from opora.api.actions.create_token import create_token
from opora.api.actions.note_use import note_use
from opora.api.actions.save_client import save_client
from opora.api.models import ApiToken
from opora.core import clock
from opora.people.models import Person


def seed_programs(plan: Mapping[str, Any], *, people: Mapping[str, Person], by: Person) -> None:
    """Make the tokens and clients of the plan. Nobody keeps their secrets, so they open nothing to anybody."""
    for row in plan.get("tokens", ()):
        expires_at = clock.now() + timedelta(days=row["days"])
        create_token(
            people[row["person"]],
            by=people[row["person"]],
            name=row["name"],
            scopes=row["scopes"],
            expires_at=expires_at,
        )
    for row in plan.get("oauth_clients", ()):
        save_client(by=by, **row)


def seed_use() -> None:
    """Note that the programs called a moment ago."""
    for token in ApiToken.objects.all():
        note_use(token)
