"""The pages that are ready for a record and a day: a file of those that last, and one of those of the day alone.

What enters: an edition and a day. What leaves: pages by URL. Promise: a page that lasts is found on another day only
where everything that it rests on is the same then: its lists, its figures of people held, and whether ages are plural.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ledger287.analysis.outcomes.facilities import RELEASED
from ledger287.web.edition.edition import Edition
from ledger287.web.server.kept.kept_answers import Body
from ledger287.web.server.kept.pages_file import LASTING, PagesFile, open_pages, place_of
from ledger287.web.server.query import read_query


@dataclass(frozen=True, slots=True)
class Prepared:
    """Two files, finished or in the making."""

    version: str
    day: date
    lasting: PagesFile
    of_day: PagesFile

    def get(self, address: str, modified: datetime) -> tuple[str, Body] | None:
        """The name and body of a URL on the day; ``modified`` is when what it says last changed."""
        return self.of_day.get(address, self.day, modified) or self.lasting.get(address, self.day, modified)

    def __len__(self) -> int:
        return len(self.lasting) + len(self.of_day)

    @property
    def held(self) -> frozenset[str]:
        """The URLs of the pages that an earlier start had put into files that it did not finish."""
        return self.lasting.held | self.of_day.held

    @property
    def finished(self) -> bool:
        """Whether both files hold every page."""
        return self.lasting.finished and self.of_day.finished

    def missing(self) -> tuple[PagesFile, ...]:
        """The files that are still to be made."""
        return tuple(one for one in (self.of_day, self.lasting) if not one.finished)


def open_prepared(edition: Edition, day: date) -> Prepared:
    """The files of a record and a day as they are found, finished or not, or new ones."""
    found = [(place, open_pages(place)) for place in places_of(edition, day)]
    lasting, of_day = (PagesFile(place) if pages is None else pages for place, pages in found)
    return Prepared(edition.version, day, lasting, of_day)


def places_of(edition: Edition, day: date) -> tuple[Path | None, Path | None]:
    """Where the lasting pages that hold on a day are kept, and those of the day alone."""
    lasting = place_of(edition.version, _rests_on(edition, day), edition.base_url, LASTING)
    return lasting, place_of(edition.version, day, edition.base_url)


def _rests_on(edition: Edition, day: date) -> tuple[object, ...]:
    """What lasting pages rest on; where a list is not yet two days old, the day itself."""
    query = read_query("en", {}, day)
    number, ref = edition.lists.on(query)
    return number, edition.lists.known(query), min(day, RELEASED), None if ref.age_days > 1 else day
