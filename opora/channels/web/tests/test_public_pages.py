import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from opora.channels.web.actions.revoke_links import revoke_links
from opora.channels.web.links import link_token, visit_by
from opora.channels.web.models import Submission
from opora.core.refusals import NotFound
from opora.events.models import Event
from opora.people.actions.save_brand import save_brand
from opora.people.actions.suspend_person import suspend_person
from opora.people.models import Brand
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.remove import delete_ticket
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.form_rules import STATUSES, FieldRule, kept_rules
from opora.tickets.models import Category, Ticket, TicketForm


@pytest.fixture
def page(client: Client, ticket, cast):
    """The address of the customer's page of the ticket."""
    return reverse("web_form:conversation", args=[link_token(ticket, cast.customer)])


@pytest.fixture
def form_url(cast):
    return reverse("web_form:new_ticket", args=[Brand.objects.get().slug])


def filled(client, form_url, time_machine, **fields):
    """Open the form, wait as a person does, and return what is sent."""
    time_machine.move_to("2026-11-21 10:00Z", tick=False)
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(form_url).content.decode()).group(1)
    time_machine.shift(20)
    given = {
        "name": "Olha",
        "email": "olha@example.com",
        "subject": "Cup",
        "message": "It is broken.",
        "opened": opened,
    }
    return {**given, **fields}


def test_the_form_opens_a_ticket(client, form_url, time_machine):
    response = client.post(form_url, filled(client, form_url, time_machine), follow=True)
    ticket = Ticket.objects.get()
    assert f"#{ticket.pk}" in response.content.decode()
    assert (ticket.channel, ticket.requester.email, ticket.subject) == ("form", "olha@example.com", "Cup")
    assert ticket.comments.get().author_kind == "customer"
    assert Event.objects.get(kind="ticket.created").via == "form"


def test_files_come_along(client, form_url, time_machine):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [SimpleUploadedFile("a.txt", b"one"), SimpleUploadedFile("b.txt", b"two")]
    client.post(form_url, filled(client, form_url, time_machine, files=files))
    assert [file.name for file in Ticket.objects.get().comments.get().attachments.all()] == ["a.txt", "b.txt"]


def test_a_robot_gets_its_thanks_and_nothing_happens(client, form_url, time_machine):
    response = client.post(form_url, filled(client, form_url, time_machine, website="spam.test"))
    assert response.status_code == 302
    assert not Ticket.objects.exists()


def test_what_is_sent_at_once_or_never_opened_is_refused(client, form_url, time_machine):
    given = filled(client, form_url, time_machine)
    fresh = signing.dumps("form", salt="opora.web_form.opened")
    for opened in (fresh, "made-up", ""):
        assert client.post(form_url, {**given, "opened": opened}).status_code == 422
    assert not Ticket.objects.exists()


def test_a_colleagues_address_proves_nothing(client, form_url, time_machine, cast):
    client.post(form_url, filled(client, form_url, time_machine, email="andrii@desk.test"))
    assert Ticket.objects.get().comments.get().author_kind == "customer"


def test_a_suspended_writer_sees_the_same_thanks(client, form_url, time_machine, cast):
    suspend_person(cast.customer, by=cast.agent)
    given = filled(client, form_url, time_machine, email="kateryna@example.com")
    assert client.post(form_url, given, follow=True).status_code == 200
    assert not Ticket.objects.exists()


def test_too_much_from_one_place_is_refused(client, form_url, time_machine):
    given = filled(client, form_url, time_machine)
    codes = [client.post(form_url, given).status_code for _again in range(11)]
    assert codes == [302] * 10 + [429]
    assert Ticket.objects.count() == 10
    assert "127.0.0.1" not in Submission.objects.first().origin


def test_visible_custom_fields_are_asked_and_stored(client, form_url, time_machine, cast):
    order = save_field(by=cast.owner, key="order", title="Order", is_shown_to_customers=True)
    secret = save_field(by=cast.owner, key="secret", title="Secret")
    save_form(TicketForm.objects.get(), by=cast.owner, ticket_fields=[order, secret])
    html = client.get(form_url).content.decode()
    assert f"field_{order.pk}" in html
    assert f"field_{secret.pk}" not in html
    client.post(form_url, filled(client, form_url, time_machine, **{f"field_{order.pk}": "A-17"}))
    assert Ticket.objects.get().field_values.get().text == "A-17"


def test_an_unknown_brand_has_no_form(client, cast):
    assert client.get("/new/nobody").status_code == 404


def test_the_link_shows_what_is_public_and_nothing_else(client, page, ticket, cast):
    add_comment(ticket, NewComment(html="Secret thought", author=cast.agent, is_public=False), by=cast.agent)
    add_comment(ticket, NewComment(html="It is coming", author=cast.agent), by=cast.agent)
    response = client.get(page)
    html = response.content.decode()
    assert "It is coming" in html
    assert "I wait since Monday." in html
    assert "Secret thought" not in html
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"


def test_the_page_speaks_the_customers_language(client, page, cast):
    cast.customer.locale = "uk"
    cast.customer.save()
    assert client.get(page)["Content-Language"] == "uk"


def test_an_answer_becomes_a_comment_and_wakes_the_ticket(client, page, ticket, cast):
    client.post(f"{page}/solution")
    ticket.refresh_from_db()
    assert ticket.category == Category.SOLVED
    response = client.post(f"{page}/replies", {"message": "Still <b>broken</b>"})
    assert response.status_code == 302
    ticket.refresh_from_db()
    comment = ticket.comments.last()
    assert ticket.category == Category.OPEN
    assert (comment.text, comment.author, comment.channel) == ("Still <b>broken</b>", cast.customer, "form")
    assert "&lt;b&gt;" in comment.html


def test_an_answer_to_a_closed_ticket_opens_a_follow_up(client, page, ticket):
    Ticket.objects.filter(pk=ticket.pk).update(category=Category.CLOSED)
    response = client.post(f"{page}/replies", {"message": "Again"}, follow=True)
    assert response.status_code == 200
    assert Ticket.objects.latest("id").follow_up_of == ticket


def test_an_empty_answer_is_refused(client, page):
    assert client.post(f"{page}/replies", {"message": " "}).status_code == 422


def test_files_of_public_messages_are_served_and_no_others(client, page, ticket, cast, make_ticket):
    def attached(to, *, is_public=True):
        file = upload_attachment([b"<script>"], name="a.html", content_type="text/html", uploader=cast.agent)
        comment = NewComment(html="File", author=cast.agent, attachments=[file], is_public=is_public)
        add_comment(to, comment, by=cast.agent)
        return file.pk

    response = client.get(f"{page}/files/{attached(ticket)}")
    assert b"".join(response.streaming_content) == b"<script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert client.get(f"{page}/files/{attached(ticket, is_public=False)}").status_code == 404
    assert client.get(f"{page}/files/{attached(make_ticket())}").status_code == 404


def test_pictures_in_the_text_come_through_the_link(client, page, ticket, cast):
    file = upload_attachment([b"\x89PNG"], name="a.png", content_type="image/png", uploader=cast.agent)
    html = f'<p><img src="{file.get_absolute_url()}"></p>'
    add_comment(ticket, NewComment(html=html, author=cast.agent, attachments=[file]), by=cast.agent)
    assert f'src="{page}/files/{file.pk}"' in client.get(page).content.decode()


def test_a_link_is_worth_nothing_when_changed_old_revoked_or_not_theirs(ticket, cast, time_machine):
    token = link_token(ticket, cast.customer)
    assert visit_by(token).person == cast.customer
    for wrong in (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token.replace(f"-{cast.customer.pk}-", f"-{cast.lead.pk}-"),
        "x",
    ):
        with pytest.raises(NotFound):
            visit_by(wrong)
    with pytest.raises(NotFound):
        visit_by(link_token(ticket, cast.banker))
    time_machine.move_to("2035-01-01 00:00Z")
    with pytest.raises(NotFound):
        visit_by(token)


def test_revoking_makes_all_links_worthless_until_new_ones_are_made(client, as_, page, ticket, cast):
    assert as_(cast.agent).post(reverse("web_form:revocation", args=[ticket.pk])).status_code == 204
    assert client.get(page).status_code == 404
    assert visit_by(link_token(ticket, cast.customer)).ticket == ticket
    assert Event.objects.filter(kind="ticket.links_revoked").count() == 1


def test_an_outsider_cannot_revoke(cast, ticket):
    from opora.core.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        revoke_links(ticket, by=cast.outsider)


def test_a_deleted_ticket_has_no_page(client, page, ticket, cast):
    delete_ticket(ticket, by=cast.lead)
    assert client.get(page).status_code == 404


def test_the_page_asks_a_constant_number_of_questions(client, page, ticket, cast, django_assert_num_queries):
    for number in range(6):
        add_comment(ticket, NewComment(html=f"Nr {number}", author=cast.agent), by=cast.agent)
    with django_assert_num_queries(8, exact=False):
        client.get(page)


@pytest.fixture
def branching(cast):
    """A form on which the amount is asked for while the reason is a refund."""
    options = [{"value": "refund", "name": "Refund"}, {"value": "delay", "name": "Delay"}]
    shown = {"by": cast.owner, "is_shown_to_customers": True}
    reason = save_field(title="Reason", type="tagger", options=options, **shown)
    amount = save_field(title="Amount", type="decimal", customer_title="How much?", **shown)
    rule = FieldRule(reason.pk, "refund", amount.pk, STATUSES)
    form = TicketForm.objects.get()
    save_form(form, by=cast.owner, ticket_fields=[reason, amount], customer_rules=kept_rules([rule]))
    return reason, amount


def test_a_field_is_asked_for_while_another_holds_its_value(client, form_url, time_machine, branching):
    reason, amount = branching
    page = client.get(form_url).content.decode()
    assert "How much?" in page and 'data-controller="branches"' in page
    asked = filled(client, form_url, time_machine, **{f"field_{reason.pk}": "refund"})
    assert client.post(form_url, asked).status_code == 422
    assert client.post(form_url, {**asked, f"field_{amount.pk}": "12"}).status_code == 302
    assert {value.text for value in Ticket.objects.get().field_values.all()} == {"refund", "12"}


def test_what_stands_in_a_field_that_is_folded_away_is_not_taken(client, form_url, time_machine, branching):
    reason, amount = branching
    given = {f"field_{reason.pk}": "delay", f"field_{amount.pk}": "12"}
    assert client.post(form_url, filled(client, form_url, time_machine, **given)).status_code == 302
    assert [value.text for value in Ticket.objects.get().field_values.all()] == ["delay"]


def test_a_form_of_another_brand_is_not_offered(client, form_url, cast):
    shop = save_brand(by=cast.owner, name="Shop")
    form = save_form(by=cast.owner, name="Returns", is_shown_to_customers=True, brands=[shop])
    choice = f"?form={form.pk}"
    assert choice not in client.get(form_url).content.decode()
    of_shop = reverse("web_form:new_ticket", args=[shop.slug])
    assert choice in client.get(of_shop).content.decode()


def test_what_only_we_fill_in_is_not_on_the_form(client, form_url, cast):
    field = save_field(
        by=cast.owner, title="Severity", is_shown_to_customers=True, is_editable_by_customers=False
    )
    save_form(TicketForm.objects.get(), by=cast.owner, ticket_fields=[field])
    assert "Severity" not in client.get(form_url).content.decode()
