"""Sites of the shipped record for tests: in one process, those of one day share an edition, whose indexes take seconds.

A test that changes an edition, or counts what is made of one, opens its own.
"""

from copy import copy
from datetime import date
from functools import cache

from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.server.kept.shelf import Shelf
from ledger287.web.server.site import MOST_BYTES, Site


@cache
def edition_on(day: date, base_url: str = "") -> Edition:
    """The edition of a day, with what earlier tests had it index; one with a URL of its own has that too."""
    if not base_url:
        return open_edition(None, lambda: day)
    made = copy(edition_on(day))
    vars(made)["base_url"] = base_url.rstrip("/")  # of a frozen class; replace() would leave out what is indexed
    return made


def site_on(day: date, base_url: str = "") -> Site:
    """A site of its own on the edition of a day: its bodies, processes and limits are shared with no other."""
    made = Site(None, today=lambda: day, base_url=base_url)
    made.shelf = Shelf(lambda: edition_on(day, base_url), MOST_BYTES)
    return made
