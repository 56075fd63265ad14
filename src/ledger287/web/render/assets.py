"""The site's style, scripts and typeface, each under a URL that changes with its bytes."""

from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from ledger287.charts.theme import DARK, LIGHT, Palette
from ledger287.places.gazetteer.shapes import text as shapes_text
from ledger287.web.server.kept.kept_answers import Body, pack

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    name: str
    address: str
    body: Body


@cache
def assets() -> dict[str, Asset]:
    """Every asset by its name."""
    found: dict[str, Asset] = {}
    fonts = files("ledger287.charts").joinpath("fonts")
    for entry in fonts.iterdir():
        if entry.name.endswith(".woff2"):
            found[entry.name] = _asset(entry.name, entry.read_bytes())
    static = files("ledger287.web").joinpath("static")
    for entry in static.iterdir():
        if entry.name.rpartition(".")[2] in TYPES:
            found[entry.name] = _asset(entry.name, entry.read_bytes())
    drawing = files("ledger287.charts.maps").joinpath("page")
    found["map.js"] = _asset("map.js", drawing.joinpath("page.js").read_bytes())
    found["shapes.json"] = _asset("shapes.json", shapes_text().encode())
    style = _joined("style") + drawing.joinpath("map.css").read_bytes()
    found["site.css"] = _asset("site.css", _filled(style, found))
    found["site.js"] = _asset("site.js", _joined("script"))
    return found


def _joined(folder: str) -> bytes:
    """The parts of a style sheet or script, in the order of their names."""
    parts = sorted(files("ledger287.web").joinpath("static", folder).iterdir(), key=lambda one: one.name)
    return b"".join(part.read_bytes() for part in parts)


@cache
def by_address() -> dict[str, Asset]:
    """Every asset by its URL."""
    return {asset.address: asset for asset in assets().values()}


def _asset(name: str, data: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    return Asset(name, f"/static/{stem}.{sha256(data).hexdigest()[:10]}.{ending}", pack(data, TYPES[ending]))


def _filled(style: bytes, fonts: dict[str, Asset]) -> bytes:
    """A style sheet, filled in with the theme's colors and the URLs of the fonts, which are next to it."""
    text = style.decode().replace("/*light*/", _variables(LIGHT)).replace("/*dark*/", _variables(DARK))
    for name, asset in fonts.items():
        text = text.replace(f"url({name})", f"url({asset.address.rpartition('/')[2]})")
    return text.encode()


def _variables(palette: Palette) -> str:
    return "".join(f"--{name}:{value};" for name, value in asdict(palette).items())
