"""The colours of tokens.css can be read: proved from the OKLCH values themselves, in both themes.

Conversion: Björn Ottosson, "A perceptual color space for image processing" (2020), and CSS Color 4, section 10;
contrast: WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

TOKENS = Path(__file__).parent.parent / "static/web/css/tokens.css"
OKLCH = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+|var\(--hue\))\)"
PAIR = re.compile(rf"--([\w-]+): light-dark\({OKLCH}, {OKLCH}\);")
THEMES = ("light", "dark")

INKS = ("text", "text-2", "text-3", "accent", "ok", "warn", "danger", "info")
GROUNDS = ("bg", "surface", "surface-2", "float")
TEXT_PAIRS = [(ink, ground) for ink in INKS for ground in GROUNDS] + [
    ("text", "surface-3"), ("text-2", "surface-3"),
    ("text", "accent-weak"), ("text-2", "accent-weak"), ("text-3", "accent-weak"), ("accent", "accent-weak"),
    ("accent-2", "accent-weak"), ("on-accent", "accent"), ("on-accent", "accent-2"),
    ("on-danger", "danger"), ("on-danger", "danger-2"),
    ("ok", "ok-weak"), ("warn", "warn-weak"), ("danger", "danger-weak"), ("info", "info-weak"),
    ("text", "ok-weak"), ("text", "warn-weak"), ("text", "danger-weak"), ("text", "info-weak"),
    ("text", "note"), ("text-2", "note"), ("text-3", "note"), ("note-ink", "note"), ("note-ink", "note-2"),
    ("text", "note-2"), ("accent", "note"), ("danger", "note"), ("text", "mark"),
]  # fmt: skip
CONTROL_PAIRS = [(edge, ground) for edge in ("line-2", "focus") for ground in ("bg", "surface", "float")] + [
    ("focus", "surface-2"), ("focus", "note"), ("line-2", "note"),
    ("accent", "surface"), ("danger", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_legible(ink, ground, theme):
    assert contrast(colour(ink, theme), colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), CONTROL_PAIRS)
def test_edges_of_controls_are_visible(edge, ground, theme):
    assert contrast(colour(edge, theme), colour(ground, theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("hue", range(15, 360, 30))
def test_initials_are_legible_in_every_hue(hue, theme):
    ink, ground = (colour(name, theme, hue) for name in ("hue-ink", "hue-ground"))
    assert contrast(ink, ground) >= 4.5


def test_white_on_black_is_the_known_ratio():
    assert contrast((1.0, 0.0, 0.0), (0.0, 0.0, 0.0)) == pytest.approx(21, abs=0.01)


def test_conversion_agrees_with_a_published_colour():
    """oklch(62.796% 0.25768 29.234) is #ff0000 (CSS Color 4, sample conversions)."""
    assert linear_srgb(0.62796, 0.25768, 29.234) == pytest.approx((1, 0, 0), abs=0.001)


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(oklch: tuple[float, float, float]) -> float:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear_srgb(*oklch))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def colour(name: str, theme: str, hue: float | None = None) -> tuple[float, float, float]:
    light, dark = tokens()[name]
    lightness, chroma, own_hue = light if theme == "light" else dark
    return float(lightness), float(chroma), float(hue if own_hue.startswith("var") else own_hue)


def tokens() -> dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]]:
    found = PAIR.findall(TOKENS.read_text())
    return {name: ((one, two, three), (four, five, six)) for name, one, two, three, four, five, six in found}
