"""A title and figures -> a drawing that needs no page around it: the card of a shared page, or a chart with its source.

What enters: words and numbers, already in the reader's language. What leaves: SVG with its own style, light colors;
the same words give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ledger287.charts.theme import FAMILY, LIGHT, text_width, wrapped

WIDTH, HEIGHT = 1200, 630
"""What sites that show a card expect."""
MARGIN = 70
FILLS = {"JEM": "#c98714", "WSO": "#f0cf94", "TFM": LIGHT.task}
SERIES_STYLE = (
    f"text{{font-family:{FAMILY}}}.series .grid{{stroke:{LIGHT.land};fill:none}}"
    f".series .year{{stroke:{LIGHT.border};fill:none}}.series text{{font-size:13px;fill:{LIGHT.quiet}}}"
    f".series .label{{fill:{LIGHT.ink}}}.series .figure{{font-weight:700}}.series .said{{font-size:12px}}"
    f".series .event path{{stroke:{LIGHT.ink};stroke-width:1;stroke-dasharray:2 3;fill:none;opacity:.7}}"
    + "".join(f".series .m-{code}{{fill:{fill}}}" for code, fill in FILLS.items())
)


@dataclass(frozen=True, slots=True)
class Card:
    """``figures`` are a model's code, its name and a count; ``source`` says what they rest on."""

    title: str
    says: str
    figures: Sequence[tuple[str, str, str]]
    source: str


def card_svg(card: Card) -> str:
    """The card of a page."""
    room = WIDTH - 2 * MARGIN
    size = next((size for size in (68, 58, 50) if len(wrapped(card.title, size * 1.06, room)) <= 2), 44)
    parts = [_rect(0, 0, WIDTH, HEIGHT, LIGHT.paper), _text(MARGIN, 92, 30, "ledger287", True)]
    y = 185.0
    for line in wrapped(card.title, size * 1.06, room, 2):
        parts.append(_text(MARGIN, y, size, line, True))
        y += size * 1.12
    for line in wrapped(card.says, 36, room, 2):
        parts.append(_text(MARGIN, y + 12, 36, line))
        y += 46
    step = room / max(3, len(card.figures))
    for place, (code, name, count) in enumerate(card.figures):
        x = MARGIN + place * step
        parts.append(_rect(x, 410, step - 30, 8, FILLS.get(code, LIGHT.border)))
        for row, line in enumerate(wrapped(name, 20, step - 30, 2)):
            parts.append(_text(x, 444 + 24 * row, 20, line, color=LIGHT.quiet))
        parts.append(_text(x, 530, 48, count, True))
    parts.append(_text(MARGIN, HEIGHT - 34, 18, wrapped(card.source, 18, room, 1)[0], color=LIGHT.quiet))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<style>text{{font-family:{FAMILY}}}</style>{''.join(parts)}</svg>"
    )


def framed_svg(drawn: str, width: int, height: int, title: str, source: str) -> str:
    """A chart that was drawn for a page, with its title above and its source below, so that it can be used alone."""
    inner = drawn.replace("<svg ", f'<svg x="0" y="56" width="{width}" height="{height}" ', 1)
    whole = height + 100
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" width="{width}" height="{whole}" '
        f'role="img" aria-label="{escape(title)}"><style>{SERIES_STYLE}</style>'
        f'<rect width="{width}" height="{whole}" fill="{LIGHT.paper}"/>{_text(8, 34, 20, title, True)}{inner}'
        f"{_text(8, whole - 14, 13, source, color=LIGHT.quiet)}</svg>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{fill}"/>'


def _text(x: float, y: float, size: float, text: str, bold: bool = False, color: str = LIGHT.ink) -> str:
    room = f' textLength="{WIDTH - x - 20:.0f}"' if text_width(text, size, bold) > WIDTH - x - 20 else ""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:g}" fill="{color}"{weight}{room}>{escape(text)}</text>'
