"""The template tags write what `opora/web/README.md` promises."""

from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone


def test_an_icon_without_words_has_a_name():
    assert 'role="img" aria-label="Send"' in draw('{% icon "send" label="Send" %}')


def test_an_icon_beside_words_is_silent():
    assert 'aria-hidden="true"' in draw('{% icon "send" %}')


def test_an_avatar_shows_initials_on_a_stable_hue():
    person = SimpleNamespace(pk=1, name="Марія Коваленко")
    assert 'data-hue="11"' in draw("{% avatar person %}", person=person)
    assert ">МК</span>" in draw("{% avatar person %}", person=person)


def test_an_avatar_of_nobody_says_so():
    assert 'aria-label="Nobody"' in draw("{% avatar person %}", person=None)


def test_a_status_is_a_shape_and_a_word():
    drawn = draw('{% status_badge "hold" %}')
    assert "#g-hold" in drawn
    assert "On hold" in drawn


def test_a_custom_status_keeps_its_own_name():
    status = SimpleNamespace(category="pending", name="Чекаємо на банк")
    assert "Чекаємо на банк" in draw("{% status_badge status %}", status=status)


def test_a_bare_status_still_has_a_name():
    assert 'aria-label="Open"' in draw('{% status_badge "open" bare=True %}')


def test_a_late_promise_says_late():
    moment = timezone.now() - timezone.timedelta(minutes=14, seconds=5)
    assert "late 14 min" in draw('{% due_ring moment 1 "late" %}', moment=moment)


def test_a_moment_is_kept_exact_for_the_browser():
    moment = timezone.now()
    assert f'datetime="{moment.isoformat()}" data-controller="relative-time"' in draw(
        "{% when moment %}", moment=moment
    )


def test_no_moment_draws_nothing():
    assert draw("{% when moment %}", moment=None) == ""


def test_keys_are_drawn_as_caps():
    assert draw('{% key "g t" %}') == '<span class="keys"><kbd>G</kbd><kbd>T</kbd></span>'
    assert '<kbd class="mod">Ctrl</kbd>' in draw('{% key "Mod+Enter" %}')


def test_a_button_with_a_key_can_be_pressed_by_it():
    assert 'data-key="e"' in draw('{% button "Solve" keys="e" %}')


def test_a_button_with_an_address_is_a_link():
    assert draw('{% button "Open" href="/x" %}') == '<a class="button" href="/x">Open</a>'


def test_what_people_typed_is_escaped():
    assert "&lt;b&gt;" in draw("{% button words %}", words="<b>")


class Sample(forms.Form):
    email = forms.EmailField(help_text="Where answers go.")
    note = forms.CharField(required=False)


def test_a_field_has_its_error_and_help_tied_to_it():
    drawn = draw("{% field form.email %}", form=Sample({"email": "x"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'id="id_email_helptext"' in drawn
    assert 'id="id_email_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_an_optional_field_says_so():
    assert "optional" in draw("{% field form.note %}", form=Sample())


@pytest.mark.parametrize(
    ("sort", "state", "url"),
    [("", "", "created"), ("created", "ascending", "-created"), ("-created", "descending", "created")],
)
def test_a_column_turns_its_order_round(sort, state, url):
    drawn = draw('{% column "created" "Created" sort=sort query="q=1" %}', sort=sort)
    assert f"?q=1&amp;sort={url}" in drawn
    assert (f'aria-sort="{state}"' in drawn) == bool(state)


def test_the_import_map_carries_the_nonce():
    request = SimpleNamespace(csp_nonce="abc")
    assert 'nonce="abc"' in draw("{% importmap %}", request=request)


def draw(text: str, **context: object) -> str:
    return Template("{% load opora %}" + text).render(Context(context)).strip()
