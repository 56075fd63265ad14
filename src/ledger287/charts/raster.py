"""SVG -> PNG, with the theme's own typeface, so that every machine draws the same picture."""

from ledger287.charts.theme import FACES
from ledger287.core.problem import Refused

ZOOM = 2.0


def png(svg: str, zoom: float = ZOOM) -> bytes:
    """The picture, by default at twice its size. Raises Refused where the library that draws it is missing."""
    try:
        import resvg_py
    except ImportError:
        raise Refused("drawing PNG needs resvg_py: type `pip install resvg_py`, or ask for .svg instead.") from None
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, zoom=zoom, skip_system_fonts=True, font_files=[str(face) for face in FACES]
    )
    return bytes(drawn)
