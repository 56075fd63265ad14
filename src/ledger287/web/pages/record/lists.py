"""ICE's lists: all of them with their verdicts, and each as it was printed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.ledger.query.lookup import FIELDS
from ledger287.web.edition.edition import Edition
from ledger287.web.edition.lists import ROWS_A_PAGE, SHA, Listed, page_of, pages
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Query

LISTS_A_PAGE = 100
VERDICTS = {"accepted": True, "set-aside": False}
KINDS_OF_LIST = ("participating", "pending")


# -- all lists -----------------------------------------------------------------------------------------


def make_lists(edition: Edition, query: Query) -> Page:
    """Every list, newest first, by kind, verdict and month where given."""
    kind, verdict, month = (_one_of(query, name, values) for name, values in CHOICES.items())
    return _lists_page(edition, kind, verdict, month, query.get("page"), LISTS_A_PAGE)


def make_month(edition: Edition, query: Query, month: str) -> Page:
    """The lists of one month, all on one page."""
    del query
    found = _lists_page(edition, None, None, month, None, len(edition.listed_rows))
    if not found.answer["lists"]:
        raise Missing(f"No list is of the month {month!r}. Expected one as 2025-08.")
    return found


def _lists_page(
    edition: Edition, kind: str | None, verdict: str | None, month: str | None, page_wanted: str | None, size: int
) -> Page:
    rows = [row for row in edition.listed_rows if _wanted(row, kind, verdict, month)]
    page, count = pages(len(rows), size, page_wanted)
    shown = rows[(page - 1) * size : page * size]
    aside = [row for row in edition.listed_rows if _wanted(row, None, "set-aside", month)]
    return Page(
        {"lists": len(rows), "page": page, "pages": count, "items": shown},
        table=lambda: pl.DataFrame(rows, infer_schema_length=None) if rows else edition.atlas.lists().head(0),
        shown={
            "rows": shown,
            "total": len(rows),
            "pages": (page, count),
            "aside": aside,
            "all_aside": sum(row["verdict"] == "set aside" for row in edition.listed_rows),
            "kind_wanted": kind,
            "verdict_wanted": verdict,
            "month_wanted": month,
            "month_day": rows[0]["day"].replace(day=1) if month and rows else None,
            "months": edition.months_of_lists,
            "counts": Counter((row["kind"], row["verdict"]) for row in edition.listed_rows),
            "all": len(edition.listed_rows),
        },
    )


CHOICES: dict[str, tuple[str, ...] | None] = {"kind": KINDS_OF_LIST, "verdict": tuple(VERDICTS), "month": None}


def _one_of(query: Query, name: str, values: tuple[str, ...] | None) -> str | None:
    given = query.get(name)
    if given and values and given not in values:
        raise Refused(f"{name}: expected one of {', '.join(values)}, found {given!r}.")
    return given


def _wanted(row: Mapping[str, Any], kind: str | None, verdict: str | None, month: str | None) -> bool:
    return (
        kind in (None, row["kind"])
        and verdict in (None, row["verdict"].replace(" ", "-"))
        and (month is None or (row["day"] is not None and row["day"].isoformat().startswith(f"{month}-")))
    )


# -- one list ------------------------------------------------------------------------------------------


def make_list(edition: Edition, query: Query, sha: str) -> Page:
    """One list: its verdict, its names, what changed with it, and its first rows."""
    one = edition.lists.by_sha.get(sha.lower()) or edition.lists.find(sha)
    if one is None:
        raise Missing(f"No list has a SHA-256 that begins with {sha!r}. All lists are under /lists.")
    return _list_page(edition, one, query.get("page"))


def make_rows(edition: Edition, query: Query, sha: str, page: str) -> Page:
    """A further page of a list's rows."""
    one = edition.lists.by_sha.get(sha.lower())
    if one is None:
        raise Missing(f"No list has a SHA-256 that begins with {sha!r}. All lists are under /lists.")
    del query
    try:
        return _list_page(edition, one, page)
    except Refused as refused:
        raise Missing(*refused.parts) from None


def _list_page(edition: Edition, one: Listed, page_wanted: str | None) -> Page:
    held = edition.indexes
    row = held.lists[one.first]
    last = edition.lists.pages[one.sha[:SHA]]
    page, count = pages(last * ROWS_A_PAGE, ROWS_A_PAGE, page_wanted)
    every = held.rows_of(one.first)
    mine = [(number, print_number) for number, print_number in every if page_of(number) == page]
    rows = [_row(edition, one.first, number, print_number) for number, print_number in mine]
    before, after = edition.lists.beside(one)
    names = [held.lists[number] for number in one.numbers]
    problems = edition.problems_of.get(one.sha, ())
    about = {
        "sha256": one.sha,
        "kind": row["kind"],
        "verdict": "accepted" if row["accepted"] else "set aside",
        "rule": row["rule"],
        "reason": row["reason"],
        "files": [
            {
                "file": each["file"],
                "published_at": each["published_at"],
                "published_basis": each["published_basis"],
                "verdict": "accepted" if each["accepted"] else "set aside",
                "rule": each["rule"],
                "reason": each["reason"],
            }
            for each in names
        ],
        "bytes": row["bytes"],
        "sheet": row["sheet"],
        "rows": row["rows"],
        "agreements": row["agreements"],
        "before": held.lists[before]["sha256"][:SHA] if before else None,
        "after": held.lists[after]["sha256"][:SHA] if after else None,
        "problems": problems,
    }
    return Page(
        {**about, "page": page, "pages": count, "items": rows},
        table=lambda: edition.printed.csv(one.first),
        shown={
            "one": row,
            "sha": one.sha[:SHA],
            "names": names,
            "about": about,
            "rows": rows,
            "rows_html": partial(edition.printed.html, one.first),
            "stamp": edition.printed.stamp(one.first),
            "fields": [field for field in FIELDS if field in row["columns"]],
            "pages": (page, count),
            "beside": [
                (held.lists[each], held.lists[each]["sha256"][:SHA]) if each else None for each in (before, after)
            ],
            "came": edition.changes_with.get(one.first, ()),
            "follows": edition.changes_with.get(after, ()) if after else (),
            "problems": problems,
        },
    )


def _row(edition: Edition, entry: int, number: int, print_number: int) -> dict[str, Any]:
    """A row as printed, what it was read as where that is not plain, and the agreement that it prints."""
    agreement = edition.indexes.agreement(entry, print_number)
    return {
        "row": number,
        "print": print_number,
        "agreement_id": agreement,
        **edition.printed.cells_of(entry, print_number),
    }


# -- URLs ------------------------------------------------------------------------------------------------


def every_list(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the lists' pages."""
    return ({"sha": sha} for sha in edition.lists.by_sha)


def every_month(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the months' pages."""
    return ({"month": month} for _, found in edition.months_of_lists for month, *_ in found)


def further_pages(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the further pages of rows."""
    return ({"sha": sha, "page": str(page)} for sha, last in edition.lists.pages.items() for page in range(2, last + 1))


KINDS = (
    PageKind("lists", "/lists", make_lists, once, takes=("kind", "verdict", "month", "page"), table=True, timed=False),
    PageKind("lists_month", "/lists/{month}", make_month, every_month, table=True, timed=False),
    PageKind("rows", "/list/{sha}/rows/{page}", make_rows, further_pages, timed=False, live=True, compact=True),
    PageKind(
        "list",
        "/list/{sha}",
        make_list,
        every_list,
        takes=("page",),
        table=True,
        timed=False,
        compact=True,
        long_data=True,
        rows_apart=True,
    ),
)
