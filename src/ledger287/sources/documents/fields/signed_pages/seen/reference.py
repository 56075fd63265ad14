"""The shapes that digits and letters have in common fonts, as numbers to hold print against.

What enters: nothing; the twelve fonts that every reader of PDFs has (Helvetica, Times and Courier, bold and slanted)
are drawn once a process. What leaves: ``References``, and ``shape_of``, which brings a picture of one sign to the same
size. The module promises nothing of what a sign means.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger287.sources.documents.files.inside import pdfium

FONTS = tuple(
    family + style
    for family, styles in (
        ("Helvetica", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Times", ("-Roman", "-Bold", "-Italic", "-BoldItalic")),
        ("Courier", ("", "-Bold", "-Oblique", "-BoldOblique")),
    )
    for style in styles
)
SIGNS = "0123456789/abcdefghijlmnoprstuvyABCDEFGHIJLMNOPRSTUVY"
"""Digits, the slash, and the letters of the months' names in both cases."""
CELL, SIZE, LEFT, FOOT = 48, 32, 10, 12
"""Of the page on which they are drawn, in points: the side of a sign's cell, the size of the fonts, and the
left edge and the foot of a sign in its cell."""
SIDE = 20
"""The side of a shape in points of a picture."""
NARROW = 0.45
"""A sign narrower than this share of its height keeps its width; others are as wide as high."""
INK = 0.3


@dataclass(frozen=True, slots=True)
class References:
    """A row for each sign of each font; ``signs`` has the rows of each, in lower case, and those of its rivals.

    A digit's rivals are the other digits and the slash, those of a letter the other letters.
    """

    shapes: Any
    signs: dict[str, tuple[Any, Any]]

    def likeness(self, sign: str, shape: Any) -> tuple[float, float]:
        """How like a shape is to that of a sign, and to that of its nearest rival."""
        own, rivals = self.signs[sign]
        like = self.shapes @ shape
        return float(like[own].max()), float(like[rivals].max())


@cache
def references() -> References:
    """The shapes of all signs, drawn once."""
    import numpy as np

    document = pdfium().PdfDocument(_page())
    try:
        bitmap = document[0].render(scale=1, grayscale=True)
        picture = np.array(bitmap.to_numpy(), copy=True)
        bitmap.close()
    finally:
        document.close()
    ink = 1 - (picture[:, :, 0] if picture.ndim == 3 else picture).astype(np.float32) / 255
    shapes = []
    for row in range(len(FONTS)):
        for column in range(len(SIGNS)):
            cell = ink[row * CELL : (row + 1) * CELL, column * CELL : (column + 1) * CELL]
            rows, columns = np.nonzero(cell > INK)
            shapes.append(shape_of(cell[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]))
    every = np.array(list(SIGNS.lower()) * len(FONTS))
    letters = np.char.isalpha(every)
    signs = {}
    for sign in set(SIGNS.lower()):
        rivals = (letters if sign.isalpha() else ~letters) & (every != sign)
        signs[sign] = np.flatnonzero(every == sign), np.flatnonzero(rivals)
    return References(np.stack(shapes), signs)


def shape_of(ink: Any) -> Any:
    """A sign's ink (0 to 1, without blank edges) as numbers: of one size, blurred a little, of mean 0 and length 1."""
    import numpy as np

    high, wide = ink.shape
    across = SIDE if wide >= NARROW * high else max(1, round(wide * SIDE / high))
    found = np.zeros((SIDE + 2, SIDE + 2), np.float32)
    at = 1 + (SIDE - across) // 2
    found[1:-1, at : at + across] = _shares(high, SIDE) @ ink @ _shares(wide, across).T
    found = found[:-2] + 2 * found[1:-1] + found[2:]
    found = found[:, :-2] + 2 * found[:, 1:-1] + found[:, 2:]
    found -= found.mean()
    length = float(np.linalg.norm(found))
    return (found / length if length else found).ravel()


@cache
def _shares(many: int, wanted: int) -> Any:
    """By which shares ``many`` points make each of the ``wanted`` ones."""
    import numpy as np

    edges, at = np.linspace(0, many, wanted + 1), np.arange(many)
    over = np.minimum(edges[1:, None], at[None] + 1) - np.maximum(edges[:-1, None], at[None])
    shares = np.clip(over, 0, None).astype(np.float32)
    return shares / shares.sum(axis=1, keepdims=True)


def _page() -> bytes:
    """A PDF with a row of the signs in each font."""
    fonts = "".join(
        f"/F{row} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >> "
        for row, name in enumerate(FONTS)
    )
    drawn = "".join(
        f"BT /F{row} {SIZE} Tf {LEFT + CELL * column} {FOOT + CELL * (len(FONTS) - 1 - row)} Td ({sign}) Tj ET\n"
        for row in range(len(FONTS))
        for column, sign in enumerate(SIGNS)
    )
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {CELL * len(SIGNS)} {CELL * len(FONTS)}] /Contents 4 0 R "
        f"/Resources << /Font << {fonts}>> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    )
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n".encode("ascii")
