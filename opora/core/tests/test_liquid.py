import pytest

from opora.core.liquid import Values, check_html, fill_html, fill_text
from opora.core.refusals import Invalid

VALUES = {
    "ticket": Values(
        {"id": lambda: 17, "title": lambda: "<b>Refund</b>", "language": lambda: "uk", "nobody": lambda: None}
    ),
}


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("#{{ticket.id}}", "#17"),
        ("{{ ticket.title }}", "&lt;b&gt;Refund&lt;/b&gt;"),
        ("{{ ticket.nothing }}|{{ secret }}|{{ ticket.nobody }}|{{ ticket }}", "|||"),
        ('{{ ticket.nothing | default: "there" }}', "there"),
        ("{{ ticket.nothing | default: &quot;there&quot; }}", "there"),
        ('{% if ticket.language == "uk" %}Вітаємо{% else %}Hello{% endif %}', "Вітаємо"),
        ("{% if ticket.id &gt; 5 %}<p>Many</p>{% endif %}", "<p>Many</p>"),
        ("{{ ticket.<b>id</b> }}", "17"),
        ("{{ ticket.__class__ }}{{ ticket._known }}{{ ticket.title.__class__ }}", ""),
    ],
)
def test_places_are_filled_in_and_escaped(written, filled):
    assert fill_html(written, VALUES) == filled


def test_a_plain_text_is_not_escaped():
    assert fill_text("Re: {{ticket.title}}", VALUES) == "Re: <b>Refund</b>"


@pytest.mark.parametrize(
    "written",
    [
        "{% if ticket.id %}",
        "{{ ticket.id",
        "{% for x in (1..100000) %}x{% endfor %}",
        "{% include 'settings' %}",
        "{% render 'x' %}",
        "{{ 'a' | base64_encode }}",
        "{{ 10 | times: 10 }}",
        "x" * 50_001,
        "{% if 1 %}" * 4000,
    ],
)
def test_what_is_broken_or_could_run_away_is_refused_in_a_sentence(written):
    with pytest.raises(Invalid) as refusal:
        check_html(written)
        fill_html(written, VALUES)
    assert refusal.value.sentence.endswith(".")
