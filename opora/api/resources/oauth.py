"""OAuth clients, and tokens: what lets programs in."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.actions.create_token import create_token
from opora.api.actions.revoke_token import revoke_token
from opora.api.actions.save_client import remove_client, save_client
from opora.api.models import ApiToken, OAuthClient
from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import (
    ANY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    TEXT,
    TEXTS,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
)
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record, restricted
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.people.policy import may

CLIENT = Body(
    "client",
    {
        "name": TEXT, "identifier": text(100), "company": text(120), "description": TEXT, "redirect_uri": TEXTS,
        "kind": TEXT, "user_id": ANY, "global": FLAG, "logo_url": ANY, "scopes": LONG_TEXT,
    },
    ("name", "identifier"),
)  # fmt: skip
TOKEN = Body(
    "token",
    {"client_id": WHOLE, "scopes": TEXTS, "expires_at": MOMENT, "name": text(120)},
    ("client_id", "scopes"),
)
_KINDS = {"public": OAuthClient.CLIENT_PUBLIC, "confidential": OAuthClient.CLIENT_CONFIDENTIAL}


def _client(call: Call, row: OAuthClient) -> Json:
    return {
        "url": call.url(f"oauth/clients/{row.pk}"),
        "id": row.pk,
        "user_id": row.user_id,
        "name": row.name,
        "identifier": row.client_id,
        "company": row.company or None,
        "description": row.description or None,
        "redirect_uri": row.redirect_uris.split(),
        "kind": row.client_type,
        "secret": None,
        "global": False,
        "logo_url": None,
        "created_at": stamp(row.created),
        "updated_at": stamp(row.updated),
    }


def _clients(call: Call) -> QuerySet[OAuthClient]:
    if not may(call.person, "settings.desk"):
        raise restricted()
    return OAuthClient.objects.all()


CLIENTS = Noun(
    "client", "clients", "oauth/clients", _clients,
    present_rows(lambda call, ids: OAuthClient.objects.filter(pk__in=ids), _client),
)  # fmt: skip
offer_list(CLIENTS)
offer_one(CLIENTS)


@operation("POST", "oauth/clients", takes=CLIENT)
def create_client(call: Call) -> Answer:
    """Register a program; the answer has its secret, which is not shown again."""
    given = call.read(CLIENT)
    require_text(given, "name")
    fields = {"client_id": require_text(given, "identifier"), "client_type": _kind(given), **_plain(given)}
    client, secret = save_client(by=call.person, redirect_uris=given.get("redirect_uri") or [], **fields)
    return Answer(
        lambda: {"client": {**_client(call, client), "secret": secret}},
        201,
        {"Location": call.url(f"oauth/clients/{client.pk}")},
    )


@operation("PUT", "oauth/clients/{client_id}", takes=CLIENT)
def update_client(call: Call, client_id: int) -> Any:
    """Change a program."""
    given = call.read(CLIENT)
    client, _secret = save_client(
        CLIENTS.find(call, client_id),
        by=call.person,
        redirect_uris=given.get("redirect_uri"),
        **_plain(given),
    )
    return changed(call, CLIENTS, client.pk)


@operation("DELETE", "oauth/clients/{client_id}")
def delete_client(call: Call, client_id: int) -> Answer:
    """Forget a program, with every token it has got."""
    remove_client(CLIENTS.find(call, client_id), by=call.person)
    return NOTHING


def _kind(given: Json) -> str:
    kind = given.get("kind") or "confidential"
    if kind not in _KINDS:
        raise invalid_record("kind", "must be public or confidential")
    return _KINDS[kind]


def _plain(given: Json) -> Json:
    return {name: given[name] or "" for name in ("name", "company", "description") if name in given}


def _tokens(call: Call) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.filter(revoked_at=None)
    everybodys = may(call.person, "settings.desk") and call.param("all") == "true"
    return rows if everybodys else rows.filter(person=call.person)


def _present_tokens(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = ApiToken.objects.in_bulk(ids)
    return [_token(call, rows[pk]) for pk in ids if pk in rows]


def _token(call: Call, row: ApiToken) -> Json:
    return {
        "url": call.url(f"oauth/tokens/{row.pk}"),
        "id": row.pk,
        "user_id": row.person_id,
        "client_id": int(row.client) if row.client.isdigit() else None,
        "token": f"…{row.hint}",
        "refresh_token": None,
        "scopes": row.scopes,
        "created_at": stamp(row.created_at),
        "expires_at": stamp(row.expires_at),
        "refresh_token_expires_at": None,
        "used_at": stamp(row.last_used_at),
    }


TOKENS = Noun("token", "tokens", "oauth/tokens", _tokens, _present_tokens)
offer_list(TOKENS)


@operation("GET", "oauth/tokens/{token_id}")
def show_token(call: Call, token_id: int) -> Json:
    """Show one token, without its secret."""
    return {"token": _token(call, TOKENS.find(call, token_id))}


@operation("POST", "oauth/tokens", takes=TOKEN)
def create(call: Call) -> Answer:
    """Make a token for the caller; `full_token` is in this answer alone."""
    given = call.read(TOKEN)
    client = _clients(call).filter(pk=given.get("client_id") or 0).first()
    if client is None:
        raise invalid_record("client_id", "is invalid")
    scopes = given.get("scopes") or ["read"]
    row, secret = create_token(
        call.person,
        by=call.person,
        name=client.name,
        scopes=scopes,
        expires_at=given.get("expires_at"),
        client=str(client.pk),
    )
    return Answer(
        lambda: {"token": {**_token(call, row), "full_token": secret}},
        201,
        {"Location": call.url(f"oauth/tokens/{row.pk}")},
    )


@operation("DELETE", "oauth/tokens/{token_id}")
def revoke(call: Call, token_id: int) -> Answer:
    """Revoke a token."""
    revoke_token(TOKENS.find(call, token_id), by=call.person)
    return NOTHING
