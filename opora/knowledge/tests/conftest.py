from collections.abc import Callable

import pytest

from opora.events.actor import SYSTEM
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.save_article import create_article
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.models import Article, Section
from opora.people.models import Brand


@pytest.fixture
def brand(cast) -> Brand:
    return Brand.objects.get(is_default=True)


@pytest.fixture
def section(brand) -> Section:
    """A section of the brand's help center: Payments, Cards."""
    category = save_category(by=SYSTEM, brand=brand, source_locale="en", texts={"en": {"name": "Payments"}})
    texts = {"en": {"name": "Cards", "description": "Of all banks"}, "uk": {"name": "Картки"}}
    return save_section(by=SYSTEM, category=category, source_locale="en", texts=texts)


@pytest.fixture
def make_article(cast, section) -> Callable[..., Article]:
    """Return a function that writes articles; published, unless told otherwise."""

    def make(title: str = "Why a card is declined", body: str = "<p>Ask the bank.</p>", **fields) -> Article:
        is_draft = fields.pop("is_draft", False)
        by = fields.pop("by", cast.owner)
        locale = fields.pop("locale", "en")
        article = create_article(section, by=by, locale=locale, title=title, body=body, **fields)
        if not is_draft:
            publish_article(article.texts.get(), by=SYSTEM)
        return article

    return make


@pytest.fixture
def article(make_article) -> Article:
    return make_article()
