"""Where the sources of the program differ: counts, captions, rosters, statements, figures; each with a reason or none.

What enters: a record with its past, and the declared figures. What leaves: disagreements and, for each published count,
how it compares with the record's own. It promises that copies of one source count once, that a source is never weighed
by how many repeat it, and that a difference without a declared reason is called unresolved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any

import polars as pl

from ledger287.core import declared
from ledger287.core.jsonable import NotebookTable
from ledger287.core.text import format_date, plural
from ledger287.ledger.query.before.past import OnlyBounds, Past
from ledger287.places.atlas import Atlas
from ledger287.sources.figures.model import PublishedFigure
from ledger287.sources.figures.reading import figures

AGREEMENTS = "287(g) agreements in force"
NEAR = timedelta(days=31)
"""Figures of one subject whose days are so near to one another are set side by side."""
WITHIN = timedelta(days=92)
"""How far from an approximate day a page may be that reproduces a count: one season."""
UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class CountSide:
    """What one source says."""

    says: str
    by: str
    as_of: date
    grade: str
    locator: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more sources that differ. ``reason`` is "unresolved" where no available source explains it."""

    id: str
    kind: str
    about: str
    sides: tuple[CountSide, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ComparedCounts:
    """A published count against the record: ``result`` is reproduced, bracketed, explained or unresolved."""

    id: str
    as_of: date
    value: int
    unit: str
    by: str
    source: str
    grade: str
    locator: str
    result: str
    record: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Disagreements(NotebookTable):
    """Every disagreement, and every published count compared."""

    disagreements: tuple[Disagreement, ...]
    counts: tuple[ComparedCounts, ...]


@cache
def _reasons() -> tuple[tuple[str, str], ...]:
    data: list[dict[str, str]] = declared.declared_yaml("history/reasons.yml")
    return tuple((one["of"], one["says"]) for one in data)


def reason_of(name: str) -> str:
    """The declared reason of a disagreement: the one whose ``of`` is the longest beginning of its id."""
    fitting = [(len(of), says) for of, says in _reasons() if name.startswith(of)]
    return max(fitting)[1] if fitting else UNRESOLVED


def disagreements(atlas: Atlas) -> Disagreements:
    """All that differs. A record that is not joined to the past has only the figures to compare."""
    found: list[Disagreement] = []
    counts: list[ComparedCounts] = []
    if atlas.past:
        found += [*_captions(atlas.past), *_rosters(atlas.past), *_only(atlas, atlas.past)]
        counts = [_compared(atlas, one) for one in figures() if one.kind == "count" and one.subject == AGREEMENTS]
        found += [_of_count(one) for one in counts if one.result in ("explained", UNRESOLVED)]
    found += _figures()
    return Disagreements(tuple(sorted(found, key=lambda one: (one.kind, one.sides[0].as_of, one.id))), tuple(counts))


# -- counts ------------------------------------------------------------------------------------------


def _compared(atlas: Atlas, figure: PublishedFigure) -> ComparedCounts:
    value = int(figure.value or 0)
    result, record = _against(atlas, figure, value)
    declared_reason = reason_of(f"count:{figure.id}")
    reason = None if declared_reason == UNRESOLVED else declared_reason  # also with a bracketed count
    if result not in ("reproduced", "bracketed"):
        reason = declared_reason
        result = UNRESOLVED if reason == UNRESOLVED else "explained"
    return ComparedCounts(
        figure.id,
        figure.as_of,
        value,
        figure.unit or "",
        figure.by,
        figure.source,
        figure.grade,
        figure.locator,
        result,
        record,
        reason,
    )


def _against(atlas: Atlas, figure: PublishedFigure, value: int) -> tuple[str, str]:
    """How a count compares with the lists and pages around its day, and what these have."""
    day = figure.as_of
    before, after = _around(atlas, day)
    counts_text = " and ".join(
        f"{count:,}{_and_pending(atlas, (at, count, file))} on {file} of {format_date(at, short=True)}"
        for at, count, file in (before, after)
        if file
    )
    counts = [count for _, count, file in (before, after) if file]
    pending = figure.parts.get("pending", 0)
    if before[2] and before[0] == day and value - pending == before[1]:
        agencies = atlas.status(day).agencies if figure.unit == "agencies" else value - pending
        same = agencies == value - pending
        return ("reproduced", counts_text) if same else ("apart", f"{agencies} agencies; {counts_text}")
    if day > before[0] and not after[2]:
        return "after", counts_text
    near = [count for at, count, file in (before, after) if file and abs(at - day) <= WITHIN]
    if value in near and figure.precision == "approximate day":
        return "reproduced", counts_text
    if len(counts) == 2 and min(counts) <= value - pending <= max(counts[0], counts[1] + _pending(atlas, after)):
        return "bracketed", counts_text
    try:
        atlas.status(day)
    except OnlyBounds as only:
        least = only.bounds.at_least
        if least is not None and least <= value:
            return "bracketed", f"at least {least}; {counts_text}"
    return "apart", counts_text


def _pending(atlas: Atlas, one: "Count") -> int:
    """How many a roster has as pending: agreements being negotiated again, which a count before it may have."""
    said = atlas.past.attested if atlas.past else None
    return 0 if said is None else said.filter(pl.col("document") == one[2], pl.col("says") == "pending").height


def _and_pending(atlas: Atlas, one: "Count") -> str:
    pending = _pending(atlas, one)
    return f" and {pending} pending" if pending else ""


Count = tuple[date, int, str]


def _around(atlas: Atlas, day: date) -> tuple[Count, Count]:
    """The count of the newest list or page by a day, and of the first one after it."""
    every = _counts(atlas)
    before = [one for one in every if one[0] <= day]
    after = [one for one in every if one[0] > day]
    none = (date.min, 0, "")
    return before[-1] if before else none, after[0] if after else none


def _counts(atlas: Atlas) -> list[Count]:
    past, growth = atlas.past, atlas.growth()
    files = dict(atlas.table("lists").select("list", "file").iter_rows())
    models = [name for name in growth.columns if name not in ("day", "list")]
    pages = [(one.as_of, past.rows_on(one).height, one.file) for one in past.rosters] if past else []
    last: dict[date, Count] = {}
    for row in growth.iter_rows(named=True):
        last[row["day"]] = (row["day"], sum(row[name] for name in models), files[row["list"]])
    return [*pages, *last.values()]


def _of_count(one: ComparedCounts) -> Disagreement:
    published = CountSide(f"{one.value:,} {one.unit}", one.by, one.as_of, one.grade, one.locator)
    record = CountSide(one.record or "nothing near", "the record", one.as_of, "list", "ledger287 status")
    return Disagreement(
        f"count:{one.id}", "count", f"287(g) agreements on {one.as_of}", (published, record), one.reason or UNRESOLVED
    )


# -- pages and rosters -------------------------------------------------------------------------------


def _captions(past: Past) -> Iterator[Disagreement]:
    """Captions whose count is not that of the rows under them."""
    rows = past.pages.table("captures").join(past.pages.table("lists").select("list", "rows"), on="list")
    for row in rows.filter(pl.col("caption_count") != pl.col("rows")).sort("list").iter_rows(named=True):
        name = f"caption:{row['capture_day']}"
        caption = CountSide(row["caption"], "ICE", row["caption_as_of"], "list", row["file"])
        table = CountSide(f"{plural(row['rows'], 'row')}", "ICE", row["capture_day"], "list", row["page"])
        yield Disagreement(
            name, "caption", f"ICE's page captured {row['capture_day']}", (caption, table), reason_of(name)
        )


def _rosters(past: Past) -> Iterator[Disagreement]:
    """Rosters with models and days of signing against the page nearest after them, or that they were typed from."""
    for document, same_as in (
        past.attested.filter(pl.col("says").is_in(["listed", "pending", "document"]))
        .select("document", "same_as")
        .unique(maintain_order=True)
        .iter_rows()
    ):
        rows = past.attested.filter(pl.col("document") == document)
        pages = [one for one in past.rosters if one.number is not None]
        page = next((one for one in pages if one.file == same_as), None)
        if document == "ice-index-2026-04":
            yield from _documents(past, rows)
            continue
        page = page or next((one for one in pages if one.as_of > rows["as_of"].max()), None)  # type: ignore[operator]
        if page:
            printed = {row["agency_id"]: row for row in past.rows_on(page).iter_rows(named=True)}
            for row in rows.iter_rows(named=True):
                yield from _row_against(row, printed.get(row["agency_id"]), page.file, page.as_of)


def _row_against(row: dict[str, Any], printed: dict[str, Any] | None, file: str, day: date) -> Iterator[Disagreement]:
    if printed is None:
        return
    for field in ("model", "signed"):
        if row[field] is not None and printed[field] is not None and row[field] != printed[field]:
            yield _differs(field, row, str(printed[field]), file, day)


def _documents(past: Past, rows: pl.DataFrame) -> Iterator[Disagreement]:
    """Documents in ICE's index with a signing day that no page or list gives for the agency.

    Between the last page and the first list nothing was seen, so a document of that time contradicts nothing.
    """
    printed: dict[str, set[date]] = {}
    for ledger in (past.pages, past.ledger):
        for agency_id, signed in ledger.statements.select("agency_id", "signed").drop_nulls().unique().iter_rows():
            printed.setdefault(agency_id, set()).add(signed)
    unseen = pl.col("signed").is_between(past.pages_end, past.first_list.day)
    for row in rows.filter(pl.col("signed").is_not_null(), ~unseen).iter_rows(named=True):
        days = printed.get(row["agency_id"])
        if days and row["signed"] not in days:
            nearest = min(days, key=lambda day: (abs((day - row["signed"]).days), day))
            yield _differs("signed", row, f"{nearest}, the nearest of its days", "pages and lists", nearest)


def _differs(field: str, row: dict[str, Any], printed: str, file: str, day: date) -> Disagreement:
    name = f"{field}:{row['document']}:{row['agency_id']}"
    where = f"{row['file']} line {row['line']}"
    return Disagreement(
        name,
        field,
        f"{' '.join(row['agency_printed'].split())}, {row['state']}: {field}",
        (
            CountSide(str(row[field]), row["publisher"], row["as_of"], row["grade"], where),
            CountSide(printed, "ICE", day, "list", file),
        ),
        reason_of(name),
    )


def _only(atlas: Atlas, past: Past) -> Iterator[Disagreement]:
    """Agencies that only a roster or statement has, each once however many say it."""
    listed = set(atlas.agencies["agency_id"]) | set(past.pages.agencies["agency_id"])
    found = past.attested.filter(~pl.col("agency_id").is_in(list(listed)))
    for _, rows in found.sort("as_of", "line").group_by("agency_id", maintain_order=True):
        first = rows.row(0, named=True)
        name = f"only:{first['document']}:{first['agency_id']}"
        sides = tuple(
            CountSide(row["says"], row["publisher"], row["as_of"], row["grade"], f"{row['file']} line {row['line']}")
            for row in rows.iter_rows(named=True)
        )
        none = CountSide(
            "on no page or list", "ICE", past.rosters[-1].as_of, "list", "the captures of 2011 to 2017 and the lists"
        )
        yield Disagreement(
            name,
            "only",
            f"{' '.join(first['agency_printed'].split())}, {first['state']}",
            (*sides, none),
            reason_of(name),
        )


# -- figures -----------------------------------------------------------------------------------------


def _figures() -> list[Disagreement]:
    """Figures of one subject and unit, of the same day or nearly, that do not agree."""
    found = []
    by_subject: dict[tuple[str, str | None], list[PublishedFigure]] = {}
    for one in figures():
        if one.value is not None and one.same_as is None:
            by_subject.setdefault((one.subject, one.since.isoformat() if one.since else None), []).append(one)
    for (subject, _), same in by_subject.items():
        for one, other in combinations(same, 2):
            near = other.as_of - one.as_of <= (NEAR if subject == AGREEMENTS else timedelta(0))
            if near and one.value != other.value and one.by != other.by:
                name = f"figures:{subject}:{one.as_of}"
                sides = tuple(
                    CountSide(each.amount(), each.by, each.as_of, each.grade, each.locator) for each in (one, other)
                )
                found.append(Disagreement(f"{name}:{one.id}:{other.id}", "figures", subject, sides, reason_of(name)))
    return found
