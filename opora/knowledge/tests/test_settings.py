"""The help center is arranged: categories, sections, audiences, permission groups."""

import pytest
from django.urls import reverse

from opora.events.models import Event
from opora.knowledge.models import Category, PermissionGroup, Section, Segment


def test_a_category_and_a_section_are_made_named_by_language_and_removed(cast, brand, as_):
    browser = as_(cast.lead)
    browser.post(
        "/settings/knowledge/categories/new",
        {"brand": brand.pk, "source_locale": "uk", "name_uk": "Оплата", "name_en": "Payments"},
    )
    category = Category.objects.get()
    assert (category.name, category.name_in("en")) == ("Оплата", "Payments")
    given = {"category": category.pk, "source_locale": "en", "sorting": "title", "name_en": "Cards"}
    browser.post("/settings/knowledge/sections/new", given)
    section = Section.objects.get()
    assert (section.name, section.sorting) == ("Cards", "title")
    page = browser.get("/settings/knowledge/").content.decode()
    assert "Оплата" in page and "Cards" in page
    browser.post(reverse("knowledge:section", args=[section.pk]), given | {"name_en": "Bank cards"})
    section.refresh_from_db()
    assert section.name == "Bank cards"
    browser.post(reverse("knowledge:category_removal", args=[category.pk]))
    assert not Category.objects.exists()


def test_a_shelf_without_a_name_in_its_own_language_is_refused_beside_the_form(cast, brand, as_):
    given = {"brand": brand.pk, "source_locale": "uk", "name_en": "Payments"}
    response = as_(cast.lead).post("/settings/knowledge/categories/new", given)
    assert response.status_code == 422 and not Category.objects.exists()


def test_shelves_are_put_in_order(cast, brand, section, as_):
    browser, made = as_(cast.lead), section.category
    browser.post(
        "/settings/knowledge/categories/new", {"brand": brand.pk, "source_locale": "en", "name_en": "Second"}
    )
    second = Category.objects.exclude(pk=made.pk).get()
    browser.post("/settings/knowledge/categories/order", {"order": [second.pk, made.pk]})
    assert list(Category.objects.values_list("pk", flat=True)) == [second.pk, made.pk]
    browser.post(
        "/settings/knowledge/sections/new",
        {"category": made.pk, "source_locale": "en", "sorting": "manual", "name_en": "B"},
    )
    other = Section.objects.exclude(pk=section.pk).get()
    browser.post("/settings/knowledge/sections/order", {"up": other.pk})
    assert list(Section.objects.values_list("pk", flat=True)) == [other.pk, section.pk]


def test_articles_of_a_removed_section_go_to_the_archive(cast, article, section, as_):
    browser = as_(cast.lead)
    browser.post(reverse("knowledge:section_removal", args=[section.pk]), {"with_articles": "1"})
    article.refresh_from_db()
    assert article.is_archived
    assert "Choose a section" in browser.get(reverse("knowledge:article", args=[article.pk])).content.decode()
    assert browser.post(reverse("knowledge:restoration", args=[article.pk])).status_code == 409


def test_an_audience_is_made_used_and_only_then_kept(cast, make_article, as_):
    browser = as_(cast.lead)
    browser.post(
        "/settings/audiences/new",
        {"name": "Gold", "kind": "signed_in_users", "tags": "Gold, vip", "or_tags": ""},
    )
    segment = Segment.objects.get(name="Gold")
    assert segment.tags == ["gold", "vip"]
    make_article("For some", segment=segment)
    assert "For some" in browser.get(reverse("knowledge:segment", args=[segment.pk])).content.decode()
    assert browser.post(reverse("knowledge:segment_removal", args=[segment.pk])).status_code == 409
    built_in = Segment.objects.filter(is_built_in=True).first()
    assert (
        browser.post(
            reverse("knowledge:segment", args=[built_in.pk]), {"name": "x", "kind": "staff"}
        ).status_code
        == 422
    )


def test_a_permission_group_names_audiences_of_colleagues(cast, as_):
    staff, browser = Segment.objects.get(kind="staff"), as_(cast.lead)
    browser.post("/settings/permission-groups/new", {"name": "Lawyers", "editors": [staff.pk]})
    group = PermissionGroup.objects.get(name="Lawyers")
    assert (
        list(group.editors.all()) == [staff]
        and "Lawyers" in browser.get("/settings/permission-groups/").content.decode()
    )
    browser.post(reverse("knowledge:permission_group_removal", args=[group.pk]))
    assert Event.objects.filter(kind="permission_group.removed").exists()


@pytest.mark.parametrize(
    "path", ["knowledge/", "knowledge/categories/new", "audiences/", "permission-groups/new"]
)
def test_agents_arrange_nothing(cast, as_, path):
    assert as_(cast.agent).get(f"/settings/{path}").status_code == 403
