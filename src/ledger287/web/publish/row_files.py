"""The rows of ICE's lists in a static export: for each month one file for the pages of its lists, in both languages.

What enters: an edition and the pages that are exported. What leaves: by URL, what makes ``/list/MONTH.rows.gz``: each
row once however many lists of the month print it, and for each list the numbers of its rows with the place of the row
among them. In a row ``~`` is the way to the site's root in the language of the page, and
``{capture}`` the time of the list's capture, which its page has. The file is packed:
300,000 rows, list by list and in two languages, would be most of the site's bytes.
"""

import gzip
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256

from ledger287.ledger.query.lookup import FIELDS
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.sheets import PublishedSheet
from ledger287.web.render.rendering import as_bytes
from ledger287.web.server.kept.kept_answers import Body

ROOT = "~"
PACKED = "application/gzip"


def row_files(edition: Edition, chosen: Iterable[PublishedSheet]) -> dict[str, Callable[[], Body]]:
    """What makes the files with the rows of the lists among some pages, by URL."""
    found: dict[str, list[str]] = {}
    for sha in dict.fromkeys(sheet.path["sha"] for sheet in chosen if sheet.kind.rows_apart):
        found.setdefault(edition.lists.rows_url(sha), []).append(sha)
    return {url: partial(_rows, edition, shas) for url, shas in found.items()}


def _rows(edition: Edition, shas: Iterable[str]) -> Body:
    places: dict[tuple[str, str], int] = {}
    lists = {sha: _numbers(edition, sha, places) for sha in shas}
    data = gzip.compress(as_bytes({"rows": list(places), "lists": lists}, compact=True), 6, mtime=0)
    return Body(data, PACKED, False, f'"{sha256(data).hexdigest()[:20]}"')


def _numbers(edition: Edition, sha: str, places: dict[tuple[str, str], int]) -> list[int]:
    """The number of each row of a list and the place of its agreement and cells, one after the other."""
    held, entry = edition.indexes, edition.lists.by_sha[sha].first
    fields = [field for field in FIELDS if field in held.lists[entry]["columns"]]
    found: list[int] = []
    for number, print_number in held.rows_of(entry):
        cells = edition.printed.row_html(print_number, fields, f"{ROOT}agency/AGENCY/", "VALUE")
        key = held.agreement(entry, print_number) or "", cells
        found += (number, places.setdefault(key, len(places)))
    return found
