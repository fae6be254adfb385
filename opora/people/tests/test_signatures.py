"""Signatures are filled in with the colleague who writes and the brand, and can say nothing else."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from opora.core.refusals import Invalid
from opora.people.actions.change_person import change_person
from opora.people.actions.save_brand import save_brand
from opora.people.models import Brand, Person
from opora.people.signatures import fill_signature

KROK = Brand(name="Krok", website="https://krok.test")
AGENT = Person(name="Олена Коваль", email="olena@krok.test", phone="+380 44 000 11 22")


def _filled(text, agent=AGENT):
    return fill_signature(text, agent=agent, brand=KROK, ticket_id=7)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("З повагою,\n{{agent.name}}\n{{brand.name}}", "З повагою,\nОлена Коваль\nKrok"),
        ("{{current_user.first_name}}, {{ticket.brand.name}}, #{{ticket.id}}", "Олена, Krok, #7"),
        ("{{agent.phone}} | {{brand.website}}", "+380 44 000 11 22 | https://krok.test"),
        ("{% if agent.phone %}Tel. {{agent.phone}}{% endif %}", "Tel. +380 44 000 11 22"),
        ("{{agent.password}}{{ticket.latest_comment}}{{settings.SECRET_KEY}}", ""),
        ("  plain {text}  ", "plain {text}"),
        ("{{agent.name", "{{agent.name"),
    ],
)
def test_places_are_filled_in(text, seen):
    assert _filled(text) == seen


def test_a_line_that_only_a_colleague_would_fill_is_left_out_where_nobody_speaks():
    text = "Best regards,\n{{agent.name}}\n{{agent.phone}} | {{agent.email}}\n\n{{brand.name}}"
    assert _filled(text, agent=None) == "Best regards,\n\nKrok"


@given(st.text(alphabet=st.characters(exclude_characters="{}", exclude_categories=("Cs", "Cc"))))
def test_a_signature_without_places_stands_as_it_was_written(text):
    assert _filled(text) == text.strip()


def test_a_name_that_looks_like_a_place_is_not_filled_in_again():
    assert _filled("{{agent.name}}", Person(name="{{brand.name}}")) == "{{brand.name}}"


def test_a_signature_that_cannot_be_understood_is_refused_at_its_field(cast):
    for refused in (
        lambda: save_brand(Brand.objects.get(), by=cast.owner, signature="{{agent.name"),
        lambda: change_person(cast.agent, by=cast.agent, signature="{% for x in y %}"),
    ):
        with pytest.raises(Invalid) as problem:
            refused()
        assert problem.value.field == "signature"
    assert Brand.objects.get().signature == ""


def test_the_editor_shows_how_it_will_look(cast, as_):
    agent, door = as_(cast.agent), reverse("people:signature_preview")
    page = agent.get(reverse("people:me")).content.decode()
    assert door in page and "{{agent.first_name}}" in page
    text = "{{agent.name}}\n<b>{{brand.name}}</b>"
    mine = agent.post(door, {"of": "me", "signature": text}).content.decode()
    assert "Andrii Agent" in mine and "&lt;b&gt;Acme&lt;/b&gt;" in mine
    drafted = agent.post(door, {"of": "brand", "name": "Krok", "signature": text}).content.decode()
    assert "&lt;b&gt;Krok&lt;/b&gt;" in drafted
    assert "field-error" in agent.post(door, {"of": "me", "signature": "{{x"}).content.decode()
    assert "signature-preview" not in agent.post(door, {"of": "me", "signature": " "}).content.decode()
