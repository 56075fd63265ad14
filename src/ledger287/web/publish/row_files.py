"""The rows of ICE's lists in a static export: for each list one file that the pages of both languages show.

What enters: an edition and the pages that are exported. What leaves: by URL, what makes ``/list/SHA.rows.gz``: the rows
of a table, in which ``~`` stands for the way to the site's root in the language of the page. It is packed, since
300,000 rows in two languages would be most of the site's bytes.
"""

import gzip
from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256

from ledger287.ledger.query.lookup import FIELDS
from ledger287.web.edition.edition import Edition
from ledger287.web.publish.sheets import PublishedSheet
from ledger287.web.server.kept.kept_answers import Body

ROOT = "~"
PACKED = "application/gzip"


def row_files(edition: Edition, chosen: Iterable[PublishedSheet]) -> dict[str, Callable[[], Body]]:
    """What makes the files of the lists among some pages, by URL."""
    found: dict[str, Callable[[], Body]] = {}
    for sha in dict.fromkeys(sheet.path["sha"] for sheet in chosen if sheet.kind.rows_apart):
        found[f"/list/{sha}.rows.gz"] = partial(_rows, edition, sha)
    return found


def _rows(edition: Edition, sha: str) -> Body:
    held, entry = edition.indexes, edition.lists.by_sha[sha].first
    fields = [field for field in FIELDS if field in held.lists[entry]["columns"]]
    rows = (
        {
            "row": number,
            "print": print_number,
            "agreement_id": held.agreement(entry, print_number),
            **edition.printed.cells(print_number),
        }
        for number, print_number in held.rows_of(entry)
    )
    made = edition.printed.html(rows, fields, f"{ROOT}agency/AGENCY/", f"{ROOT}where/AGREEMENT/", "VALUE")
    data = gzip.compress(made.encode(), 6, mtime=0)
    return Body(data, PACKED, False, f'"{sha256(data).hexdigest()[:20]}"')
