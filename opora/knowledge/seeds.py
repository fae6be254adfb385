"""The help centers of a demo desk, made from its table through the actions."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from html import escape
from itertools import groupby
from typing import Any

from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.knowledge.actions.cite_article import cite_article
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.save_article import create_article, save_article
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.actions.save_text import mark_outdated, save_text
from opora.knowledge.actions.vote import vote
from opora.knowledge.models import Article, Section, Segment
from opora.knowledge.visitors import VISITOR
from opora.people.models import Person
from opora.people.seeds import SeededPeople
from opora.tickets.models import Ticket
from opora.tickets.policy import may_note

Row = Mapping[str, Any]
Step = Callable[[], object]
READ = timedelta(days=25)
"""So long readers have been reading; in the first days of the month the articles are written."""

MOST_CITED = 6
_KINDS = (("h2", re.compile(r"## ")), ("ul", re.compile(r"- ")), ("ol", re.compile(r"1\. ")))


def seed_knowledge(plan: Row, *, people: SeededPeople) -> None:
    """Fill the help centers. `plan` is as in `cli/demo_desk/tables/knowledge.toml`; runs at the time when it was written."""
    sections = dict(_sections(plan, people))
    for place, row in enumerate(plan["articles"]):
        section = sections[row["section"]]
        _article(row, section, people, place, _lead(plan, section, people))


def readings(plan: Row, *, people: SeededPeople, until: datetime) -> Iterator[tuple[timedelta, Step]]:
    """Yield what readers say of the articles in the month `until` then, and which reviews are put on other days.

    Each with how long before its end it happens.
    """
    for row in plan["articles"]:
        article = _written(row)
        yield from _votes(row, article)
        if "due" in row:
            day = until.date() + timedelta(days=row["due"])
            lead = _lead(plan, article.section, people)
            yield READ, partial(save_article, article, by=lead, review_on=day)


def seed_citations(plan: Row, *, people: SeededPeople) -> None:
    """Link articles to the tickets that they answered."""
    for row in plan["articles"]:
        _citations(row, _written(row), people)


def _written(row: Row) -> Article:
    title, _words = next(iter(row["texts"].values()))
    return Article.objects.select_related("section__category").get(title=title)


def _sections(plan: Row, people: SeededPeople) -> Iterator[tuple[str, Section]]:
    for place, row in enumerate(plan["categories"]):
        locale = next(iter(row["names"]))
        texts = {
            code: {"name": name, "description": row["about"].get(code, "")}
            for code, name in row["names"].items()
        }
        category = save_category(
            by=SYSTEM, brand=people.brands[row["brand"]], source_locale=locale, texts=texts, position=place
        )
        for number, inner in enumerate(row["sections"]):
            names = {code: {"name": name} for code, name in inner["names"].items()}
            yield (
                inner["key"],
                save_section(
                    by=SYSTEM, category=category, source_locale=locale, texts=names, position=number
                ),
            )


def _lead(plan: Row, section: Section | None, people: SeededPeople) -> Person:
    """Whoever publishes and reviews for the brand."""
    assert section, "Articles of the demo stand in sections."
    brand = section.category.brand_id
    key = next(lead for key, lead in plan["leads"].items() if people.brands[key].pk == brand)
    return people.colleagues[key]


def _article(row: Row, section: Section, people: SeededPeople, place: int, lead: Person) -> None:
    author, owner = people.colleagues[row["author"]], people.colleagues[row["owner"]]
    (locale, (title, words)), *others = row["texts"].items()
    segment = Segment.objects.get(kind=Segment.Kind.STAFF, is_built_in=True) if row.get("staff") else None
    with update(author):
        article = create_article(
            section, by=author, locale=locale, title=title, body=as_html(words), labels=row["labels"], owner=owner,
            freshness=row["freshness"], confidence=row["confidence"], segment=segment, position=place,
            is_promoted=row.get("promoted", False),
        )  # fmt: skip
        for code, (name, said) in others:
            save_text(article, code, by=author, title=name, body=as_html(said))
    for text in article.texts.all() if not row.get("draft") else ():
        publish_article(text, by=lead)
        if text.locale in row.get("outdated", ()):
            mark_outdated(text, by=author, is_outdated=True)


def _votes(row: Row, article: Article) -> Iterator[tuple[timedelta, Step]]:
    text, (up, down) = article.texts.get(locale=article.source_locale), row.get("votes", (0, 0))
    said = {1: [note for value, note in row.get("notes", ()) if value > 0]}
    said[-1] = [note for value, note in row.get("notes", ()) if value < 0]
    for number, value in enumerate([1] * up + [-1] * down):
        note = said[value].pop() if said[value] else ""
        before = READ * (up + down - number) / (up + down)
        yield before, partial(vote, text, value, by=VISITOR, visitor=f"{article.pk}-{number}", note=note)


def _citations(row: Row, article: Article, people: SeededPeople) -> None:
    words = [word.lower() for word in row.get("cites", ())]
    if not words or article.section is None:
        return
    texts = {text.locale: text for text in article.texts.all()}
    tickets = (
        Ticket.objects.live()
        .filter(assignee__isnull=False, merged_into=None)
        .select_related("assignee__role")
    )
    fitting = [one for one in tickets.order_by("-id") if any(word in one.subject.lower() for word in words)]
    for ticket in fitting[:MOST_CITED]:
        if ticket.assignee and may_note(ticket.assignee, ticket):
            cite_article(texts.get(ticket.locale, texts[article.source_locale]), ticket, by=ticket.assignee)


def as_html(words: str) -> str:
    """Return the lines of the table as HTML: headings, lists and paragraphs."""
    html = []
    for kind, lines in groupby(filter(None, map(str.strip, words.splitlines())), key=_kind):
        said = [escape(re.sub(r"^(## |- |1\. )", "", line), quote=False) for line in lines]
        if kind in {"ul", "ol"}:
            html.append(f"<{kind}>{''.join(f'<li>{line}</li>' for line in said)}</{kind}>")
        else:
            html += [f"<{kind}>{line}</{kind}>" for line in said]
    return "".join(html)


def _kind(line: str) -> str:
    return next((kind for kind, sign in _KINDS if sign.match(line)), "p")
