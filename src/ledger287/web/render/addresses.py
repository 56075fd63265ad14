"""The URLs of the site: made here, so that a page can be moved without looking for its links.

A URL has its language as a prefix (none for English) and its day as a parameter, so that it can be cited. Data has no
language: the JSON and CSV of a page have one URL.
"""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from ledger287.web.server.query import Form, Language

FILES = ("json", "csv", "css", "js", "svg", "png", "woff2", "atom", "xml", "txt", "parquet", "geojson", "gz")
"""Extensions of URLs that are files, not pages."""


def prefix(lang: Language) -> str:
    """What comes before every path of a language."""
    return "" if lang == "en" else f"/{lang}"


def address(
    pattern: str,
    path: Mapping[str, str],
    query: Mapping[str, str] | None = None,
    *,
    lang: Language = "en",
    form: Form = "html",
) -> str:
    """A pattern such as ``/state/{state}`` filled in. Empty parameters are left out; the rest keep their order."""
    whole = pattern.format(**{name: _quoted(value) for name, value in path.items()}) if path else pattern
    if form != "html":
        whole = ("/index" if whole == "/" else whole) + f".{form}"
    else:
        whole = (prefix(lang) + whole).rstrip("/") or "/"
    if not query:
        return whole
    given = {name: value for name, value in query.items() if value}
    return f"{whole}?{urlencode(given)}" if given else whole


@lru_cache(maxsize=10_000)
def _quoted(value: str) -> str:
    return quote(value, safe="")


def relative(whole: str, page: str) -> str:
    """A URL as seen from a page in its own folder, for sites without a server.

    The parameters are left out: files cannot answer them. Pages are folders; whatever has an extension is a file.
    """
    target, _, fragment = whole.partition("#")
    found = _way(target.partition("?")[0].strip("/"), page.strip("/"))
    return f"{found}#{fragment}" if fragment else found


@lru_cache(maxsize=2_000)
def _way(target: str, page: str) -> str:
    """The way from the folder of a page to a folder or file, both as seen from the root."""
    ups, downs = (page.split("/") if page else []), (target.split("/") if target else [])
    is_file = _is_file(target)
    most = min(len(ups), len(downs) - is_file)
    shared = next((place for place in range(most) if ups[place] != downs[place]), most)
    way = "../" * (len(ups) - shared) + "/".join(downs[shared:])
    if not way:
        return "./"
    return way if is_file or way.endswith("/") else f"{way}/"


def file_of(whole: str) -> str:
    """The file, in the folder of the site, for a URL without parameters."""
    target = whole.strip("/")
    return target if _is_file(target) else f"{target}/index.html".lstrip("/")


def _is_file(target: str) -> bool:
    return target.rpartition(".")[2] in FILES
