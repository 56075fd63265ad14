"""One look for every chart: few colors, one typeface, room to breathe.

The three fills step down in lightness (about 72, 52 and 19 of 100, on ground of 93), so that they can be distinguished
in gray and by color-blind readers; amber against blue is the pair that people with every common kind of color blindness
can distinguish. On a dark page the steps go up instead. No color suggests a political party or an alarm.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FACES = (FONTS / "libre-franklin-400.ttf", FONTS / "libre-franklin-700.ttf")
FAMILY = "Libre Franklin, Franklin Gothic, Helvetica Neue, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """``land`` is ground without an agreement; ``line`` divides counties, ``border`` states, ``edge`` marks."""

    paper: str
    ink: str
    quiet: str
    land: str
    line: str
    border: str
    edge: str
    jail: str
    task: str
    both: str


LIGHT = Palette(
    paper="#ffffff",
    ink="#1a1a1c",
    quiet="#66666b",
    land="#ebebe8",
    line="#ffffff",
    border="#a9a9a6",
    edge="#1a1a1c",
    jail="#e3a53c",
    task="#3d82b0",
    both="#2c2a57",
)
DARK = Palette(
    paper="#131417",
    ink="#f1f0ec",
    quiet="#a2a2a8",
    land="#26282d",
    line="#131417",
    border="#5c5f66",
    edge="#f1f0ec",
    jail="#8a6420",
    task="#5d9fca",
    both="#dcdcf7",
)


@cache
def _widths() -> dict[str, dict[str, int]]:
    widths: dict[str, dict[str, int]] = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))
    return widths


@lru_cache(maxsize=20_000)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text runs in the theme's typeface. A letter it lacks counts as an M."""
    widths = _widths()["700" if bold else "400"]
    return sum(widths.get(letter, widths["M"]) for letter in text) * size / 1000


def wrapped(text: str, size: float, room: float, most: int = 99) -> list[str]:
    """A text broken into lines that fit the room; what goes beyond ``most`` lines ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1].rsplit(" ", 1)[0] + " …"
    return lines
