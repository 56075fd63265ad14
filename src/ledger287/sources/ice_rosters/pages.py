"""ICE's page tables 2011 to 2017 as they were handed over -> one list as printed for each capture.

The table of rows keeps each distinct row once, with the days on which it was on the page; here every capture gets
its rows back. A row's place is its line in that table. It promises that no row-day is lost: the rows of each capture
are as many as the table of captures counts, or it stops and says which capture differs.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ledger287.core.problem import Refused
from ledger287.sources.ice_lists.printed import Print, PrintedList
from ledger287.sources.ice_rosters.table import PageLine, read_day, read_table

ROWS, CAPTURES = "ice_rosters_2011_2017.csv", "ice_roster_captures.csv"
ROW_HEADINGS = ("state", "agency", "model", "signed_day", "document_file", "first_day", "last_day", "n_days", "days")
CAPTURE_HEADINGS = (
    "day",
    "wayback_ts",
    "caption_as_printed",
    "caption_count",
    "caption_as_of",
    "rows",
    "rows_with_document",
    "task_force_rows",
    "jail_enforcement_rows",
    "rows_signed_after_caption_as_of",
    "peer_content_asof",
    "peer_asof_basis",
    "archived_page",
)
COLUMNS = {"state": "A", "agency": "B", "model": "C", "signed": "D", "moa": "E"}
"""Where each field is in the table of rows."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture of the page: its file name here, its time, the caption as printed (it may be stale), its URL."""

    file: str
    day: date
    captured_at: datetime
    caption: str
    caption_count: int | None
    caption_as_of: date | None
    rows: int
    page: str
    line: int


def read_pages(folder: Path) -> tuple[list[PrintedList], list[Capture]]:
    """The lists of all captures, in their order, and the captures. Raises Refused where a row-day is lost."""
    captures = [_capture(line) for line in read_table(folder, CAPTURES, CAPTURE_HEADINGS)]
    rows = read_table(folder, ROWS, ROW_HEADINGS)
    on_day: dict[date, list[PageLine]] = {capture.day: [] for capture in captures}
    for line in rows:
        days = line["days"].split()
        if len(days) != int(line["n_days"]):
            raise Refused(f"{ROWS} line {line.line}: expected {line['n_days']} days, found {len(days)}.")
        for text in days:
            day = date.fromisoformat(text)
            if day not in on_day:
                raise Refused(f"{ROWS} line {line.line}: {day} is the day of no capture in {CAPTURES}.")
            on_day[day].append(line)
    return [_list(capture, on_day[capture.day]) for capture in captures], captures


def _capture(line: PageLine) -> Capture:
    stamp = line["wayback_ts"]
    try:
        at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        rows = int(line["rows"])
        count = int(line["caption_count"]) if line["caption_count"] else None
    except ValueError as error:
        raise Refused(f"{CAPTURES} line {line.line}: {error}. Correct the cell.") from None
    if at.date() != read_day(CAPTURES, line, "day"):
        raise Refused(f"{CAPTURES} line {line.line}: the day {line['day']} is not that of the stamp {stamp}.")
    return Capture(
        f"ice-287g-page-{stamp}",
        at.date(),
        at,
        line["caption_as_printed"],
        count,
        read_day(CAPTURES, line, "caption_as_of"),
        rows,
        line["archived_page"],
        line.line,
    )


def _list(capture: Capture, lines: list[PageLine]) -> PrintedList:
    if len(lines) != capture.rows:
        raise Refused(
            f"{CAPTURES} line {capture.line}: {capture.rows} rows were counted on the page of {capture.day}, "
            f"{ROWS} has {len(lines)}. Find the rows that are missing or too many."
        )
    prints = [_print(line) for line in lines]
    text = "\n".join("\t".join(cell or "" for cell in row) for row in prints)
    return PrintedList(
        capture.file,
        hashlib.sha256(text.encode()).hexdigest(),
        len(text.encode()),
        capture.captured_at,
        kind="participating",
        sheet=ROWS,
        heading_row=1,
        columns=dict(COLUMNS),
        rows=[line.line for line in lines],
        prints=prints,
    )


def _print(line: PageLine) -> Print:
    signed, document = line["signed_day"] or None, line["document_file"] or None
    return Print(line["state"], line["agency"], None, None, line["model"], signed, document, None, None, None)
