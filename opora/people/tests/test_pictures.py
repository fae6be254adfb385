"""Pictures are drawn anew: nothing of what was uploaded stays but what can be seen."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from opora.core.refusals import Invalid
from opora.people import pictures
from opora.people.models import Brand
from opora.people.pictures import picture_path, store_picture


def drawn(kind: str = "PNG", size: tuple[int, int] = (600, 300)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    file.seek(0)
    return file


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_small_under_its_hash(kind):
    name = store_picture(drawn(kind))
    assert len(name) == 64
    assert Image.open(picture_path(name)).size == (256, 128)


def test_what_hangs_on_a_picture_is_lost():
    content = drawn("JPEG").getvalue() + b"<script>alert(1)</script>"
    name = store_picture(io.BytesIO(content))
    assert b"script" not in picture_path(name).read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a;", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Invalid):
        store_picture(io.BytesIO(content), field="logo")


def test_a_picture_may_not_be_huge(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(Invalid):
        store_picture(drawn())
    monkeypatch.setattr(pictures, "LARGEST_FILE", 10)
    with pytest.raises(Invalid):
        store_picture(drawn())


def test_a_logo_is_uploaded_and_served_so_that_only_a_picture_can_come_of_it(cast, as_, client):
    brand = Brand.objects.get()
    brand_page = reverse("people:brand", args=[brand.pk])
    upload = drawn()
    upload.name = "logo.png"
    given = {
        "name": "Acme",
        "slug": "acme",
        "hue": "195",
        "is_default": "on",
        "is_active": "on",
        "logo": upload,
    }
    assert as_(cast.owner).post(brand_page, given).status_code == 302
    brand.refresh_from_db()
    response = client.get(brand.logo_url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(reverse("people:picture", args=["b" * 64])).status_code == 404
    upload = io.BytesIO(b"<html>")
    upload.name = "logo.png"
    refused = as_(cast.owner).post(brand_page, given | {"logo": upload})
    assert refused.status_code == 422
    assert "This is not a picture" in refused.content.decode()
