"""The HTML of ICE's program page -> the lists that it links, and what may be a list in another format.

What enters: the text of the page and its URL. What leaves: ``LinkedWorkbooks``. Promise: a list that is linked in a
format that is not read, by its name or by the text of its link, is named for a person to open; it is never passed over.
"""

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from ledger287.sources.html_tables import tables_of

A_LIST = re.compile(r"agenc(?:y|ies)|entit(?:y|ies)", re.IGNORECASE)
OTHER_FORMATS = re.compile(r"\.(?:csv|tsv|txt|xls|xlsm|xlsb|ods|json|xml|zip)$", re.IGNORECASE)
A_LIST_AS_DOCUMENT = re.compile(r"(?:participating|pending).*(?:agenc|entit).*\.(?:pdf|docx?)$", re.IGNORECASE)
A_LIST_OF_A_DAY = re.compile(r"(?:participating|pending)[-_ ]?(?:agenc|entit)[a-z]*[-_ ]?\d{6,8}[a-z]*$", re.IGNORECASE)
"""A list by its name that has no file extension."""
CALLED_A_LIST = re.compile(r"\b(?:participating|pending)\b.{0,60}\b(?:agenc|entit)", re.IGNORECASE | re.DOTALL)
"""The text of a link that leads to a list."""
A_FILE = re.compile(r"\.(?:csv|tsv|txt|xls|xlsm|xlsb|ods|json|xml|zip|pdf|docx?)$", re.IGNORECASE)
SHEETS = re.compile(
    r"(?:^|\.)(?:docs\.google\.com|sharepoint\.com|sharepoint\.us|onedrive\.live\.com|1drv\.ms|airtable\.com"
    r"|app\.powerbi\.com|app\.powerbigov\.us)$"
)
"""Where a list may be put that is no file."""
PAGE_TABLE = re.compile(r"law\s+enforcement\s+agency\b", re.IGNORECASE)
"""The heading of a list as a table of the page itself, as ICE had it until February 2025."""
LONGEST_TEXT = 500
"""So many letters of a link's text are read."""


@dataclass(frozen=True, slots=True)
class Link:
    """A list that a page links: its URL, and its name with percent signs decoded."""

    url: str
    file: str


@dataclass(frozen=True, slots=True)
class LinkedWorkbooks:
    """What a page links: lists, and other workbooks, which are left alone.

    ``other_formats``: by their names or the texts of their links lists as well, in a format that is not read;
    ``page_table``: the page has a table that is a list, and this is the sha256 of what its cells say. They are
    reported.
    """

    url: str
    lists: tuple[Link, ...]
    others: tuple[Link, ...]
    other_formats: tuple[Link, ...] = ()
    page_table: str | None = None


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base: str | None = None
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if address and tag == "a":
            self.addresses.append(address.strip())
            self.texts.append("")
            self.inside = True
        elif address and tag == "base" and self.base is None:
            self.base = address.strip()

    def handle_data(self, data: str) -> None:
        if self.inside and len(self.texts[-1]) < LONGEST_TEXT:
            self.texts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside = False


def _is_a_list(target: str, file: str, text: str) -> bool:
    """Whether a link that is no .xlsx workbook is a list by its name, or by the text of the link."""
    if (OTHER_FORMATS.search(file) and A_LIST.search(file)) or A_LIST_AS_DOCUMENT.search(file):
        return True
    if A_LIST_OF_A_DAY.search(file):
        return True
    elsewhere = SHEETS.search(urlsplit(target).hostname or "")
    return bool(CALLED_A_LIST.search(text) and (elsewhere or A_FILE.search(file)))


def links(html: str, url: str) -> LinkedWorkbooks:
    """The workbooks that a page links, each once and in the page's order."""
    anchors = _Anchors()
    anchors.feed(html)
    anchors.close()
    found: dict[str, Link] = {}
    other: dict[str, Link] = {}
    for address, text in zip(anchors.addresses, anchors.texts, strict=True):
        try:
            target = urldefrag(urljoin(urljoin(url, anchors.base or ""), address)).url
            file = file_name(target)
        except ValueError:
            continue
        if file.lower().endswith(".xlsx"):
            found.setdefault(target, Link(target, file))
        elif _is_a_list(target, file, text):
            other.setdefault(target, Link(target, file))
    lists = tuple(link for link in found.values() if A_LIST.search(link.file))
    others = tuple(link for link in found.values() if link not in lists)
    return LinkedWorkbooks(url, lists, others, tuple(other.values()), _page_table(html))


def _page_table(html: str) -> str | None:
    """The sha256 of the cells and links of a page's tables that are lists; None where it has none."""
    found = [
        table.rows
        for table in tables_of(html)
        if any(PAGE_TABLE.match(" ".join(cell.text.split())) for row in table.rows for cell in row.cells)
    ]
    if not found:
        return None
    lines = ("\t".join((cell.text, *cell.links)) for rows in found for row in rows for cell in row.cells)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def file_name(url: str) -> str:
    """The name of the file at a URL: its last part, decoded, with nothing that a path could mean."""
    decoded = unquote(urlsplit(url).path)
    name = re.sub(r"[\x00-\x1f\x7f:]", "", re.split(r"[/\\]", decoded)[-1]).strip()
    stem, dot, ending = name.rpartition(".")
    return (stem[:150] + dot + ending).lstrip(".~$")
