"""A chart of a page -> a picture that needs no page: with its own colors, title and source, to be downloaded.

What enters: the SVG that ``steps`` draws, its title and its source. What leaves: a complete SVG file. Promise: the
drawing is that of the page; the same chart gives the same bytes.
"""

from urllib.parse import quote
from xml.sax.saxutils import escape

from ledger287.charts.theme import FAMILY, LIGHT

HEAD, FOOT = 34, 26
UNQUOTED = " =/:;,.(){}!*+$@?~-_"
"""What a URL in an attribute may have as it is, so that the link remains short."""
STYLE = (
    "text{{font-family:{family};font-size:13px;fill:{quiet}}}.label,.title{{fill:{ink}}}"
    ".figure,.title{{font-weight:700}}.title{{font-size:17px}}.said,.source{{font-size:12px}}"
    ".grid{{stroke:{land};stroke-width:1;fill:none}}.year{{stroke:{border};fill:none}}"
    ".event path{{stroke:{ink};stroke-width:1;stroke-dasharray:2 3;fill:none;opacity:.7}}"
    ".m-JEM,.m-none{{fill:{jem}}}.m-WSO,.m-pending{{fill:{wso}}}.m-TFM,.m-convicted,.m-held{{fill:{tfm}}}"
)


def standalone(svg: str, title: str, source: str, width: int, height: int) -> str:
    """The chart as a file of its own, on paper, with its title above and its source below."""
    style = STYLE.format(
        family=FAMILY, quiet=LIGHT.quiet, ink=LIGHT.ink, land=LIGHT.land, border=LIGHT.border, jem=LIGHT.jail,
        wso=LIGHT.both, tfm=LIGHT.task,
    )  # fmt: skip
    inner = svg.replace("<svg ", f'<svg y="{HEAD}" width="{width}" height="{height}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height + HEAD + FOOT}">'
        f"<title>{escape(title)}</title><style>{style}</style>"
        f'<rect width="100%" height="100%" fill="{LIGHT.paper}"/>'
        f'<text class="title" x="12" y="23">{escape(title)}</text>{inner}'
        f'<text class="source" x="12" y="{height + HEAD + FOOT - 9}">{escape(source)}</text></svg>\n'
    )


def as_link(svg: str) -> str:
    """A link that holds the file itself, for a page that is kept without a server."""
    return "data:image/svg+xml," + quote(svg, safe=UNQUOTED)
