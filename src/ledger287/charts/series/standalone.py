"""A chart of a page -> a picture that needs no page: with its own colors, title and source, to be downloaded.

What enters: the SVG that ``steps`` draws, its title and its source. What leaves: a complete SVG file. Promise: the
drawing is that of the page; the same chart gives the same bytes.
"""

from collections.abc import Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape

from ledger287.charts.card import FILLS
from ledger287.charts.theme import FAMILY, LIGHT

HEAD, FOOT, SIDE = 34, 26, 12
KEYED = 62
"""Units that a model takes in the key."""
UNQUOTED = " =/:;,.(){}!*+$@?~-_"
"""What a URL in an attribute may have as it is, so that the link remains short."""
STYLE = (
    "text{{font-family:{family};font-size:13px;fill:{quiet}}}.label,.title{{fill:{ink}}}"
    ".figure,.title{{font-weight:700}}.title{{font-size:17px}}.said,.source{{font-size:12px}}"
    ".grid{{stroke:{land};stroke-width:1;fill:none}}.year{{stroke:{border};fill:none}}"
    ".event path{{stroke:{ink};stroke-width:1;stroke-dasharray:2 3;fill:none;opacity:.7}}"
    ".of-model{{fill:none;stroke:{ink}}}.of-model.JEM{{stroke:{jem}}}.of-model.WSO{{stroke:{wso}}}"
    ".of-model.TFM{{stroke:{tfm}}}.of-model.HYB{{stroke-width:1.5;stroke-dasharray:2 2}}"
    ".m-JEM,.m-none{{fill:{jem}}}.m-WSO,.m-pending{{fill:{wso}}}.m-TFM,.m-convicted,.m-held{{fill:{tfm}}}"
)


MORE = {
    "bars": ".bars text{{font-size:12px}}",
    "lanes": (
        ".lanes text{{font-size:12px;text-anchor:middle}}.lanes .label{{font-size:13px;text-anchor:start}}"
        ".pending{{fill:{paper};stroke:{quiet};stroke-dasharray:3 2}}"
        ".waits{{stroke:{quiet};stroke-width:1.5;fill:none}}"
        ".signed{{fill:{ink};stroke:{paper};stroke-width:1.5}}.end{{stroke:{ink};stroke-width:2;fill:none}}"
    ),
    "series since": (
        ".step{{fill:none;stroke:{ink};stroke-width:2}}.since .of-model{{stroke-width:1.5}}.gap{{fill:{land}}}"
        ".published{{fill:{paper};stroke:{tfm};stroke-width:2}}"
    ),
}
"""What some kinds of chart need in addition, by the class of their drawing."""


def standalone(svg: str, title: str, source: str, width: int, height: int, key: Sequence[str] = ()) -> str:
    """The chart as a file of its own, on paper, with its title above and its source below.

    ``key`` are the models whose colors are explained next to the source.
    """
    drawn = svg.partition('class="')[2].partition('"')[0]
    style = (STYLE + MORE.get(drawn, "")).format(
        family=FAMILY, quiet=LIGHT.quiet, ink=LIGHT.ink, land=LIGHT.land, border=LIGHT.border, jem=FILLS["JEM"],
        wso=FILLS["WSO"], tfm=FILLS["TFM"], paper=LIGHT.paper,
    )  # fmt: skip
    inner = svg.replace("<svg ", f'<svg y="{HEAD}" width="{width}" height="{height}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-SIDE} 0 {width + 2 * SIDE} {height + HEAD + FOOT}">'
        f"<title>{escape(title)}</title><style>{style}</style>"
        f'<rect x="{-SIDE}" width="100%" height="100%" fill="{LIGHT.paper}"/>'
        f'<text class="title" x="0" y="23">{escape(title)}</text>{inner}'
        f'<text class="source" x="0" y="{height + HEAD + FOOT - 9}">{escape(source)}</text>'
        f"{_key(key, width, height + HEAD + FOOT - 9)}</svg>\n"
    )


def _key(models: Sequence[str], right: int, y: int) -> str:
    """A line in the color of each model, dashed for hybrids, and its code, up to the right edge."""
    parts = []
    for place, code in enumerate(models):
        x = right - KEYED * (len(models) - place)
        line = f'<path class="of-model {code}" stroke-width="6" d="M{x} {y - 4}h18"/>'
        parts.append(f'{line}<text class="source" x="{x + 23}" y="{y}">{escape(code)}</text>')
    return "".join(parts)


def as_link(svg: str) -> str:
    """A link that holds the file itself, for a page that is kept without a server."""
    return "data:image/svg+xml," + quote(svg, safe=UNQUOTED)
