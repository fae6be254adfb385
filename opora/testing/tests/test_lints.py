from pathlib import Path

import pytest

from opora.testing.lints import lint_python, lint_template, lint_tree

ROOT = Path(__file__).resolve().parents[2]


def test_the_house_is_in_order():
    findings = lint_tree(ROOT)
    assert not findings, "\n" + "\n".join(map(str, findings))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("x = 1\n" * 401, "split it"),
        ("def f():\n" + "    x = 1\n" * 61, "give its steps names"),
        ("class TicketManager: ...", "not Manager"),
    ],
)
def test_long_and_vague_code_is_found(text, word):
    assert any(word in finding.advice for finding in lint_python(Path("opora/tickets/lists.py"), text))


def test_a_page_that_writes_is_told_to_use_an_action():
    path = Path("opora/tickets/views/ticket.py")
    assert [finding.line for finding in lint_python(path, "x = 1\nTicket.objects.create(x=1)\n")] == [2]
    assert not list(lint_python(Path("opora/tickets/actions/create.py"), "Ticket.objects.create(x=1)\n"))


@pytest.mark.parametrize("line", ['<p style="color:red">', "<script>alert(1)</script>", '<a onclick="x()">'])
def test_templates_that_the_policy_refuses_are_found(line):
    assert len(list(lint_template(Path("x.html"), line))) == 1


def test_scripts_of_the_policy_pass():
    assert not list(
        lint_template(Path("x.html"), '<script src="/x.js"></script><script nonce="{{ n }}">1</script>')
    )
