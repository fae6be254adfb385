"""Fills the scratch desk of the browser tests: people, a mailbox that sends to the sink, a few tickets."""

import sys

import django

PASSWORD = "correct-horse-battery"


def main(sink_port: int) -> None:
    django.setup()
    from django.core.management import call_command

    from opora.automation.actions.standard_rules import create_standard_rules
    from opora.channels.email.actions.save_mailbox import save_mailbox
    from opora.events.actor import SYSTEM
    from opora.knowledge.actions.publish_article import publish_article
    from opora.knowledge.actions.save_article import create_article
    from opora.knowledge.actions.save_shelf import save_category, save_section
    from opora.people.actions.create_person import create_person
    from opora.people.actions.save_group import save_group
    from opora.people.models import Brand, Group, Person, Role
    from opora.routing.actions.save_line import Item, save_line
    from opora.tickets.actions.comment import NewComment
    from opora.tickets.actions.create import NewTicket, create_ticket
    from opora.tickets.actions.open_desk import open_desk
    from opora.tickets.actions.save_field import save_field
    from opora.tickets.actions.save_form import save_form
    from opora.tickets.actions.save_macro import save_macro
    from opora.tickets.form_rules import FieldRule, kept_rules

    call_command("migrate", verbosity=0)
    owner = open_desk(
        name="Acme", admin_email="olena@desk.test", password=PASSWORD, admin_name="Olena Owner", brand="Acme"
    )
    create_standard_rules("en")
    colleagues = [owner]
    for name, kind in (
        ("Andrii Agent", "agent"),
        ("Borys Second", "agent"),
        ("Lesia Lead", "team_lead"),
        ("Roman Rested", "agent"),
    ):
        person = create_person(by=SYSTEM, name=name, email=f"{name.split()[0].lower()}@desk.test")
        person.role = Role.objects.get(kind=kind)
        person.set_password(PASSWORD)
        person.save()
        colleagues.append(person)
    save_group(Group.objects.get(), by=SYSTEM, members=colleagues)
    save_mailbox(
        by=SYSTEM,
        brand=Brand.objects.get(),
        address="support@acme.example",
        name="Acme",
        incoming="smtp",
        outgoing="smtp",
        smtp_host="127.0.0.1",
        smtp_port=sink_port,
        smtp_security="none",
    )
    save_macro(by=SYSTEM, title="Greeting", html="<p>Dear {{ticket.requester.first_name}},</p>")
    brand = Brand.objects.get()
    category = save_category(by=owner, brand=brand, source_locale="en", texts={"en": {"name": "Orders"}})
    for name in ("Delivery", "Refunds"):
        section = save_section(by=owner, category=category, source_locale="en", texts={"en": {"name": name}})
    words = "<h2>Carriers</h2><p>A delivery takes three days.</p><ul><li>To the door</li></ul>"
    article = create_article(section, by=owner, locale="en", title="How parcels are delivered", body=words)
    publish_article(article.texts.get(), by=owner)
    for n in range(1, 16):
        customer = create_person(by=SYSTEM, name=f"Customer {n}", email=f"customer{n}@example.com")
        comment = NewComment(html=f"<p>Parcel {n} is late.</p>", author=customer, channel="email")
        create_ticket(NewTicket(subject=f"Parcel {n}", requester=customer), by=customer, comment=comment)
    reason, carrier = (
        save_field(
            by=owner,
            title=title,
            type="tagger",
            is_shown_to_customers=True,
            options=[{"name": name, "value": f"{title}_{name}".lower()} for name in names],
        )
        for title, names in (("Reason", ("Delivery", "Other")), ("Carrier", ("Post", "Courier")))
    )
    rule = FieldRule(reason.pk, "reason_delivery", carrier.pk)
    save_form(
        by=owner,
        name="Parcels",
        is_shown_to_customers=True,
        ticket_fields=[reason, carrier],
        customer_rules=kept_rules([rule]),
    )
    second_line = save_group(by=SYSTEM, name="Second line", members=[colleagues[2], colleagues[3]])
    save_line(second_line, by=SYSTEM, tier=2, items=[Item(title="Steps to repeat")])
    assert Person.objects.colleagues().count() == len(colleagues)


if __name__ == "__main__":
    main(int(sys.argv[1]))
