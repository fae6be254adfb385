"""A program is registered, or forgotten."""

import re

from django.utils.translation import gettext as _

from opora.api.actions.create_token import new_secret
from opora.api.events import ClientRemoved, ClientSaved
from opora.api.models import OAuthClient
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import may, require

_IDENTIFIER = re.compile(r"[\w.-]{1,100}")


def save_client(
    client: OAuthClient | None = None, *, by: Person, redirect_uris: list[str] | None = None, **fields: object
) -> tuple[OAuthClient, str]:
    """Register a program or change it; returns it with its secret, "" unless it is new. Only the secret's hash is kept."""
    with update(by):
        require(may(by, "settings.desk"))
        created, secret = client is None, ""
        if client is None:
            secret = new_secret()
            client = OAuthClient(
                user=by, client_secret=secret, authorization_grant_type=OAuthClient.GRANT_AUTHORIZATION_CODE
            )
        for name, value in fields.items():
            setattr(client, name, value)
        if redirect_uris is not None:
            client.redirect_uris = " ".join(redirect_uris)
        _check(client)
        client.save()
        record(ClientSaved(name=client.name, created=created), subject_id=client.pk, by=by)
    return client, secret


def remove_client(client: OAuthClient, *, by: ActsAsActor) -> None:
    """Forget a program; every token it has got stops working."""
    with update(by):
        require(may(by, "settings.desk"))
        record(ClientRemoved(name=client.name), subject_id=client.pk, by=by)
        client.delete()


def _check(client: OAuthClient) -> None:
    if not client.name.strip():
        raise Invalid(_("Give the program a name."), field="name", reason="BlankValue")
    if not _IDENTIFIER.fullmatch(client.client_id):
        raise Invalid(_("An identifier has letters, digits, “.”, “-” and “_”."), field="identifier")
    if OAuthClient.objects.filter(client_id=client.client_id).exclude(pk=client.pk).exists():
        raise Invalid(
            _("There is a program of this identifier already."), field="identifier", reason="DuplicateValue"
        )
    if not all(uri.startswith(("https://", "http://")) for uri in client.redirect_uris.split()):
        raise Invalid(_("Addresses to return to begin with https:// or http://."), field="redirect_uri")
