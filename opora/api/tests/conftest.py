"""A client of the API for each of the cast."""

import json
from base64 import b64encode
from typing import Any

import pytest
from django.test import Client

from opora.api.actions.create_token import create_token
from opora.api.actions.queue_job import run_job
from opora.api.models import Job
from opora.api.tests.conformance import assert_described
from opora.events.actor import SYSTEM
from opora.people.models import Person


class ApiClient:
    """Calls the API as a program does: JSON in and out, signed in by a token."""

    def __init__(self, person: Person | None, scopes: str = "read write impersonate", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = dict(headers)
        self.person = person
        if person:
            self.token, self.secret = create_token(person, by=SYSTEM, name="tests", scopes=scopes.split())
            signed = b64encode(f"{person.email}/token:{self.secret}".encode()).decode()
            self.headers["HTTP_AUTHORIZATION"] = f"Basic {signed}"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        address = path if path.startswith(("/", "http")) else f"/api/v2/{path}"
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        response = getattr(self.client, method)(address, **sent, **self.headers, **headers)
        assert response.status_code < 500, (method, path, response.content[:2000])
        response.data = json.loads(response.content) if response.content else None
        assert_described(method, address, response)
        return response

    def get(self, path: str, **headers: str) -> Any:
        return self.call("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("post", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("put", path, {} if body is None else body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("delete", path, **headers)

    def job(self, response: Any) -> Any:
        """Do the job that was queued, and return what its status says."""
        status = response.data["job_status"]
        assert status["status"] == "queued"
        run_job.func(job_id=Job.objects.get(key=status["id"]).pk)
        return self.get(f"job_statuses/{status['id']}.json").data["job_status"]


@pytest.fixture
def api(cast) -> ApiClient:
    """The API as the owner calls it."""
    return ApiClient(cast.owner)


@pytest.fixture
def api_of():
    """Return a function that makes a client for somebody."""
    return ApiClient


@pytest.fixture
def section_id(api) -> int:
    """A section of the help center: Payments, Cards; the category has a Ukrainian name too."""
    translations = [{"locale": "uk", "title": "Оплата", "body": "Про гроші"}]
    body = {"name": "Payments", "description": "Money", "locale": "en-us", "translations": translations}
    category = api.post("help_center/categories", {"category": body}).data["category"]
    section = {"name": "Cards", "locale": "en-us"}
    return api.post(f"help_center/categories/{category['id']}/sections", {"section": section}).data[
        "section"
    ]["id"]


@pytest.fixture
def write(api, section_id):
    """Return a function that writes an article through the API and returns what is answered."""

    def write_article(
        title: str = "Why a card is declined", client: ApiClient | None = None, **given: Any
    ) -> Any:
        article = {"title": title, "body": "<p>Ask the bank.</p>", "locale": "en-us", **given}
        return (client or api).post(f"help_center/sections/{section_id}/articles", {"article": article})

    return write_article
