"""The addresses of the site: made here, so that a page can be moved without looking for its links.

An address carries its language as a prefix (none for English) and its day as a parameter, so that it can be cited.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ledger287.web.asked import Form, Language


def prefix(lang: Language) -> str:
    """What stands before every path of a language."""
    return "" if lang == "en" else f"/{lang}"


def address(
    pattern: str,
    path: Mapping[str, str],
    query: Mapping[str, str] | None = None,
    *,
    lang: Language = "en",
    form: Form = "html",
) -> str:
    """A pattern such as ``/state/{state}`` filled in. Empty parameters are left out; the rest stand in given order."""
    filled = pattern.format(**{name: quote(value, safe="") for name, value in path.items()})
    if form != "html":
        filled = ("/index" if filled == "/" else filled) + f".{form}"
    whole = prefix(lang) + filled
    if lang != "en" and filled == "/":
        whole = prefix(lang)
    given = {name: value for name, value in (query or {}).items() if value}
    return f"{whole}?{urlencode(given)}" if given else whole
