"""Assembles `static/web/icons.svg` from the icons of Lucide named in `static/vendor/lucide/icons.txt`.

npm pack lucide-static@1 && tar xzf lucide-static-*.tgz
python -m opora.web.sprite package/icons
"""

import re
import sys
from pathlib import Path

STATIC = Path(__file__).parent / "static"
COMMENT = """<!-- Icons i-*: Lucide, ISC licence, see ../vendor/lucide/LICENSE. Glyphs g-*: Opora. Made by opora/web/sprite.py. -->"""
RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"{dashes}/>'
CUT = '<path fill="currentColor" fill-rule="evenodd" stroke="none" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z{hole}"/>'
GLYPHS = {
    "new": RING.format(dashes=' stroke-dasharray="2.4 2.3123" stroke-dashoffset="1.2"'),
    "open": RING.format(dashes="") + '<circle cx="8" cy="8" r="2.75" fill="currentColor" stroke="none"/>',
    "pending": RING.format(dashes="")
    + '<path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" stroke="none"/>',
    "hold": RING.format(dashes="")
    + '<path d="M6.4 5.6v4.8M9.6 5.6v4.8" fill="none" stroke="currentColor" stroke-width="1.5"/>',
    "solved": CUT.format(hole="M11.9 6.3 7.2 11 4.2 8l1.1-1.1 1.9 1.9 3.6-3.6z"),
    "closed": CUT.format(hole="M4.6 7.2h6.8v1.6H4.6z"),
    "mark": '<path d="M8 2.2v11.6" fill="none" stroke="currentColor" stroke-width="2.4"/>'
    '<path d="M2.4 5.4c4 .2 7.2.2 11.2 0M3.6 13.8h8.8" fill="none" stroke="currentColor" stroke-width="1.8"/>',
}


def assemble_sprite(icons: Path) -> str:
    """Return the sprite: one <symbol> an icon, without colours or sizes of its own."""
    names = (STATIC / "vendor/lucide/icons.txt").read_text().split()
    symbols = [_symbol(f"i-{name}", "0 0 24 24", _shapes(icons / f"{name}.svg")) for name in sorted(names)]
    symbols += [_symbol(f"g-{name}", "0 0 16 16", shapes) for name, shapes in GLYPHS.items()]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', COMMENT, *symbols, "</svg>", ""])


def _symbol(name: str, box: str, shapes: str) -> str:
    return f'<symbol id="{name}" viewBox="{box}">{shapes}</symbol>'


def _shapes(path: Path) -> str:
    inside = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.DOTALL)
    if not inside:
        raise SystemExit(f"{path} is not an icon of Lucide.")
    return re.sub(r"\s*\n\s*", "", inside[1]).replace(" />", "/>")


if __name__ == "__main__":
    (STATIC / "web/icons.svg").write_text(assemble_sprite(Path(sys.argv[1])))
