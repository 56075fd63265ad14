"""Libre Franklin -> src/ledger287/charts/fonts: two weights for pictures, and the widths of their letters.

    cd "$(mktemp -d)" && npm pack @fontsource/libre-franklin && tar xzf fontsource-libre-franklin-*.tgz
    pip install fonttools
    python scripts/derive_fonts.py THAT/package

What enters: the package's WOFF files (latin). What leaves: the same letters as TrueType, which the writer of PNG
reads, and widths.json, thousandths of the font's size by letter, by which lines of text are broken.
"""

import json
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "src" / "ledger287" / "charts" / "fonts"


def main(package: Path) -> None:
    widths = {}
    for weight in ("400", "700"):
        font = TTFont(package / "files" / f"libre-franklin-latin-{weight}-normal.woff", recalcTimestamp=False)
        font.flavor = None
        font.save(FONTS / f"libre-franklin-{weight}.ttf", reorderTables=True)
        unit, advance = font["head"].unitsPerEm, font["hmtx"]
        letters = font.getBestCmap()
        widths[weight] = {
            chr(code): round(1000 * advance[glyph][0] / unit)
            for code, glyph in sorted(letters.items())
            if 32 <= code < 256 or 0x2010 <= code <= 0x2026
        }
    text = json.dumps(widths, ensure_ascii=False, separators=(",", ":")) + "\n"
    (FONTS / "widths.json").write_text(text, encoding="utf-8")
    shutil.copyfile(package / "LICENSE", FONTS / "OFL.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
