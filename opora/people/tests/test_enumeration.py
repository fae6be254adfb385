"""Nobody learns from the outside who works here."""

import pytest
from django.core import mail
from django.urls import reverse

from opora.people.actions.invite_colleague import invite_colleague

NOBODY = "nobody@desk.test"


def said(response) -> tuple[int, str, str]:
    """What an answer gives away: status, address, and the page without what differs each time."""
    page = response.content.decode()
    form = page.partition("<form")[2].partition("</form")[0]
    token = response.context["csrf_token"] if response.context and "csrf_token" in response.context else ""
    return response.status_code, response.headers.get("Location", ""), form.replace(str(token), "")


@pytest.fixture
def sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail.outbox


def test_signing_in_says_the_same_of_everybody(cast, client):
    answers = set()
    for email in (NOBODY, cast.agent.email, cast.customer.email):
        response = client.post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
        answers.add((response.status_code, said(response)[2].replace(email, "")))
    assert len(answers) == 1


def test_asking_for_a_new_password_says_the_same_of_everybody(cast, client, sent):
    invited, _token = invite_colleague(by=cast.owner, email="new@desk.test", name="", role=cast.agent.role)
    answers = {
        said(client.post(reverse("account_reset_password"), {"email": email}))
        for email in (NOBODY, cast.agent.email, cast.customer.email, invited.email)
    }
    assert len(answers) == 1


def test_a_new_password_goes_to_colleagues_who_have_one_alone(cast, client, sent):
    invited, _token = invite_colleague(by=cast.owner, email="new@desk.test", name="", role=cast.agent.role)
    for email in (cast.customer.email, invited.email, cast.agent.email):
        client.post(reverse("account_reset_password"), {"email": email})
    with_link = [message.to for message in sent if "/account/password/reset/key/" in message.body]
    assert with_link == [[cast.agent.email]]


def test_a_customer_with_a_password_does_not_come_in(cast, client):
    cast.customer.set_password("three-quiet-lamps")
    cast.customer.save()
    client.post(reverse("account_login"), {"login": cast.customer.email, "password": "three-quiet-lamps"})
    assert client.get(reverse("people:people")).status_code == 302


def test_a_made_up_invitation_tells_nothing(cast, client):
    answer = client.get(reverse("people:invitation", args=["made-up"]))
    assert answer.status_code == 404
    assert cast.owner.email not in answer.content.decode()


def test_nobody_signs_up_by_themselves(client, db, cast):
    answer = client.post(
        reverse("account_signup"), {"email": "me@evil.test", "password1": "three-quiet-lamps"}
    )
    assert "me@evil.test" not in answer.content.decode()
    assert client.get(reverse("people:people")).status_code == 302
