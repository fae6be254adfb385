"""The first run."""

import pytest
from django.urls import reverse

from opora.channels.email.models import Mailbox
from opora.people.models import Brand, Desk, Person
from opora.tickets.models import View

GIVEN = {
    "name": "Opora", "brand": "Acme", "locale": "uk", "time_zone": "Europe/Kyiv",
    "admin_name": "Olena", "admin_email": "Olena@Desk.test", "password": "three-quiet-lamps",
}  # fmt: skip
MAILBOX = {
    "address": "support@acme.test", "password": "secret", "imap_host": "imap.acme.test", "imap_port": "993",
    "smtp_host": "smtp.acme.test", "smtp_port": "587", "user": "",
}  # fmt: skip


@pytest.fixture
def opened(client, db):
    client.post(reverse("web:welcome"), GIVEN)
    return client


@pytest.mark.django_db
def test_everything_leads_to_the_wizard_while_there_is_no_desk(client):
    for path in ("/", reverse("account_login"), reverse("account_reset_password")):
        assert client.get(path)["Location"] == reverse("web:welcome")
    assert client.get(reverse("web:welcome")).status_code == 200


@pytest.mark.django_db
def test_a_desk_is_opened_and_its_administrator_is_in(client):
    answer = client.post(reverse("web:welcome"), GIVEN)
    assert answer["Location"] == reverse("web:welcome_mailbox")
    desk, admin = Desk.objects.get(), Person.objects.get()
    assert (desk.name, desk.locale, desk.time_zone) == ("Opora", "uk", "Europe/Kyiv")
    assert (admin.email, admin.role.kind, admin.name) == ("olena@desk.test", "administrator", "Olena")
    assert Brand.objects.get().name == "Acme"
    assert View.objects.exists()
    assert client.get(reverse("web:welcome_mailbox")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"password": "short"}, {"admin_email": "not an address"}, {"name": ""}, {"time_zone": "Mars/Base"}],
)
def test_a_wrong_answer_is_refused_and_nothing_is_made(client, wrong):
    answer = client.post(reverse("web:welcome"), GIVEN | wrong)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Desk.objects.exists()
    assert not Person.objects.exists()


def test_the_wizard_is_gone_once_there_is_a_desk(cast, client, as_):
    assert client.get(reverse("web:welcome")).status_code == 404
    assert client.post(reverse("web:welcome"), GIVEN).status_code == 404
    assert as_(cast.owner).post(reverse("web:welcome"), GIVEN).status_code == 404
    assert client.get(reverse("account_login")).status_code == 200


def test_the_first_mailbox_is_saved_with_its_secret_encrypted(opened):
    answer = opened.post(reverse("web:welcome_mailbox"), MAILBOX)
    assert answer["Location"] == reverse("tickets:workspace")
    mailbox = Mailbox.objects.get()
    assert (mailbox.imap_user, mailbox.imap_security, mailbox.smtp_security) == (
        "support@acme.test",
        "ssl",
        "starttls",
    )
    assert "secret" not in mailbox.imap_password
    assert opened.get(reverse("web:welcome_mailbox"))["Location"] == reverse("tickets:workspace")


def test_a_malformed_address_is_refused_beside_the_field(opened):
    answer = opened.post(reverse("web:welcome_mailbox"), MAILBOX | {"address": "support"})
    assert answer.status_code == 422
    assert not Mailbox.objects.exists()


def test_the_connection_is_tried_and_nothing_saved(opened):
    unreachable = {"imap_host": "127.0.0.1", "imap_port": "9", "smtp_host": "127.0.0.1", "smtp_port": "9"}
    answer = opened.post(reverse("web:welcome_trial"), MAILBOX | unreachable)
    assert answer.status_code == 200
    assert "127.0.0.1" in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert not Mailbox.objects.exists()
    assert opened.post(reverse("web:welcome_trial"), {}).status_code == 200


def test_only_who_changes_channels_tries_connections(cast, as_):
    for name in ("web:welcome_mailbox", "web:welcome_trial"):
        assert as_(cast.agent).post(reverse(name), MAILBOX).status_code == 403
