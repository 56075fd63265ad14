"""What a page function gives: the answer, and what its template and its table need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from ledger287.ledger.query.answers import ListRef
from ledger287.web.server.query import TIME, Query

if TYPE_CHECKING:
    from ledger287.web.edition.edition import Edition


@dataclass(frozen=True, slots=True)
class Page:
    """``answer`` is what ``.json`` gives; ``table`` what ``.csv`` gives, or makes it; ``shown`` is for the template
    alone. A table may be made when it is wanted, as its bytes where it is small.

    ``list`` is the list that the page rests on, for its foot and its citation. ``template`` is another than that of
    the page's kind.
    """

    answer: Mapping[str, Any]
    list: ListRef | None = None
    table: pl.DataFrame | Callable[[], pl.DataFrame | bytes] | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    template: str | None = None


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page: its URL, its template (named as it), and the function that makes it.

    ``pattern`` is as ``/state/{state}``; ``takes`` are its parameters other than those of time; ``instances`` are the
    values of its path for a static export, a sitemap and a load test. A kind that is not ``timed`` is the same on
    any day. ``live`` ones need the server and are left out of a static export. ``compact`` ones have
    their JSON on one line, because it is for a script. A static export packs the data of a kind with ``long_data``, and
    where ``rows_apart`` it has the rows of a page in one packed file for both languages, and no JSON of them. A kind
    with ``day_apart`` says the day of the question only where day_apart.py has marks for it; a ``daily`` one takes no
    day and is of today all the same.
    """

    name: str
    pattern: str
    make: "Callable[..., Page]"
    instances: "Callable[[Edition], Iterable[Mapping[str, str]]]"
    takes: tuple[str, ...] = ()
    table: bool = False
    timed: bool = True
    live: bool = False
    compact: bool = False
    long_data: bool = False
    rows_apart: bool = False
    day_apart: bool = False
    daily: bool = False

    @property
    def lasts(self) -> bool:
        """Whether a page without parameters is the same on any day, but for what is put in for the day."""
        return self.day_apart or not (self.timed or self.daily)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every query parameter that the page reads."""
        return (*(TIME if self.timed else ()), *self.takes)


def once(edition: "Edition") -> Iterable[Mapping[str, str]]:
    """The instances of a kind that has one URL."""
    del edition
    return ({},)


Make = "Callable[[Edition, Query], Page]"
__all__ = ["Page", "PageKind", "Query", "once"]
