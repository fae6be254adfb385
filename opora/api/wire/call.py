"""One call of the API: who asks, for what, with which parameters and body; and the addresses that answers carry."""

from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, QueryDict

from opora.api.wire.bodies import Body, Json, read_attributes, unwrap
from opora.api.wire.forms import read_form
from opora.api.wire.problems import invalid_attribute, restricted, too_large, too_many_values
from opora.api.wire.texts import read_json, read_query
from opora.people.models import Person

LARGEST_BODY = 5 * 1024 * 1024
LARGEST_STREAM = 64 * 1024 * 1024
MOST_IDS = 100


class Call:
    """A request as operations see it. `ignored` gathers attributes that were sent and mean nothing here."""

    def __init__(self, request: HttpRequest, *, version: str = "v2") -> None:
        self.request = request
        self.version = version
        _read_unannounced(request)
        self.query = read_query(request.GET)
        self.ignored: list[str] = []
        self.cache: dict[Any, Any] = {}
        self.anybody: Person | None = None

    @property
    def person(self) -> Person:
        """Who asks. Raises 403 where nobody signed in."""
        if self.anybody is None:
            raise restricted()
        return self.anybody

    @cached_property
    def base(self) -> str:
        """Scheme, host and port as the client wrote them."""
        return f"{self.request.scheme}://{self.request.get_host()}"

    def url(self, path: str) -> str:
        """Return the address of an object of the Support API, as it stands under `url`."""
        return f"{self.base}/api/v2/{path}.json"

    def own_url(self, path: str) -> str:
        """Return the address of an object that is our own noun."""
        return f"{self.base}/api/v1/{path}.json"

    def here(self, **changes: str | int | None) -> str:
        """Return the address of this call with some parameters changed, or without those that become None."""
        query = {**self.query, **{name: [str(value)] for name, value in changes.items() if value is not None}}
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
        pairs = [(name, value) for name, values in query.items() for value in values]
        asked = f"?{urlencode(pairs)}" if pairs else ""
        return f"{self.base}{quote(self.request.path)}{asked}"

    def param(self, name: str, otherwise: str = "") -> str:
        """Return the last value of a query parameter."""
        values = self.query.get(name)
        return values[-1] if values else otherwise

    def all_of(self, name: str) -> list[str]:
        """Return every value given as `name[]=…`, `name=…` or `name=…,…`."""
        given = [*self.query.get(f"{name}[]", []), *self.query.get(name, [])]
        return [part.strip() for value in given for part in value.split(",") if part.strip()]

    def number(self, name: str) -> int | None:
        """Return a query parameter as a whole number, None where it is not given. Raises 400 for another text."""
        given = self.param(name).strip()
        if not given:
            return None
        if not given.removeprefix("-").isdecimal() or len(given) > 18:
            raise invalid_attribute(name, "must be an integer")
        return int(given)

    def ids(self, name: str = "ids") -> list[int]:
        """Return the ids of `?ids=1,2,3`. Raises 400 for other text and for more than a hundred."""
        given = self.all_of(name)
        if len(given) > MOST_IDS:
            raise too_many_values(MOST_IDS, name)
        if not all(part.isdecimal() and len(part) < 19 for part in given):
            raise invalid_attribute(name, "must be a comma-separated list of integers")
        return [int(part) for part in given]

    @cached_property
    def include(self) -> frozenset[str]:
        """What shall be side-loaded; names that mean nothing are no error."""
        return frozenset(self.all_of("include"))

    @cached_property
    def body(self) -> Any:
        """The JSON body; an empty object where none came. Raises 422 for what is not JSON, 413 above five megabytes."""
        try:
            raw = self.request.body
        except RequestDataTooBig as problem:
            raise too_large(LARGEST_BODY) from problem
        if len(raw) > LARGEST_BODY:
            raise too_large(LARGEST_BODY)
        if not raw.strip():
            return {}
        if self.request.content_type == "application/x-www-form-urlencoded":
            return read_form(read_query(QueryDict(raw)))
        return read_json(raw)

    def read(self, body: Body) -> Json:
        """Return the known attributes of the object that the body carries."""
        return self.read_one(unwrap(self.body, body.name), body)

    def read_one(self, given: Any, body: Body) -> Json:
        """Return the known attributes of one object, and remember the unknown ones for the warning."""
        known, ignored = read_attributes(given, body)
        self.ignored += [name for name in ignored if name not in self.ignored]
        return known


def _read_unannounced(request: HttpRequest) -> None:
    """Let a body be read that comes in pieces without its length said before, as streaming clients send files.

    Django takes such a body for empty, since WSGI says nothing of it; here the server ends the stream itself.
    """
    comes_in_pieces = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    stream = request.META.get("wsgi.input")
    if stream is not None and comes_in_pieces and not request.META.get("CONTENT_LENGTH"):
        request._stream = LimitedStream(stream, LARGEST_STREAM)  # type: ignore[assignment]
