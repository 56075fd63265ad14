"""ICE's page of 2007 to 2017 saved as HTML: read with the place of each row, added to the history, compared with it.

The pages are synthetic: written here in the style of the time, some from the rows of a capture that the history has.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger287
from drawing import draws
from ledger287.core.problem import Refused
from ledger287.ledger.past.adding import add_pages, main
from ledger287.ledger.past.opening import open_past
from ledger287.ledger.query.before.past import OnlyBounds, Past
from ledger287.sources.html_tables import decoded, tables_of
from ledger287.sources.ice_rosters.saved_page import SavedPage, saved_page

Row = Sequence[str]
HEADINGS = ("STATE", "MOA NAME", "SUPPORT TYPE", "SIGNED", "MOA")
KNOWN = "ice-287g-page-20120801234737"
NAME = "287g-20111115120000.html"
"""Between two captures that the history has (October 20, 2011 and January 20, 2012)."""


def page(rows: Sequence[Row], headings: Row = HEADINGS, *, above: str = "", below: str = "") -> bytes:
    """A page as ICE's was: a table of layout around that of the agreements, and few end tags."""
    head = "".join(f"<th scope=col><b>{word}</b>" for word in headings)
    body = "".join("<TR>" + "".join(f"<TD>{cell}" for cell in row) + "\n" for row in rows)
    return (
        f"<html><head><meta charset=utf-8><title>287(g)</title></head><body><table><tr><td>News</td><td>{above}"
        f"<table border=1><tr>{head}</tr>{body}</table>{below}</td></tr></table></body></html>"
    ).encode()


def link(file: str) -> str:
    return f'<a href="/web/20120801234737/http://www.ice.gov/doclib/foia/287g/{file}">PDF</a>'


def of_capture(file: str) -> list[list[str]]:
    """The rows of a capture that the history has, as cells of HTML."""
    rows = ledger287.open().list_rows(file).iter_rows(named=True)
    names = ("state_printed", "agency_printed", "model_printed", "signed_printed")
    return [[*(row[name] for name in names), link(row["moa_printed"]) if row["moa_printed"] else ""] for row in rows]


def read(rows: Sequence[Row], name: str = NAME, headings: Row = HEADINGS, **around: str) -> SavedPage:
    return saved_page(name, page(rows, headings, **around))


ALPHA = ("ALABAMA", "Alpha County Sheriff’s Office", "Task Force", "7/8/2008", link("alpha.pdf"))


def test_a_row_is_read_as_printed_with_its_place_in_the_page() -> None:
    found = read([ALPHA, ("DELAWARE**", "Beta<br>Department", "Jail &amp; Task Force", "October 15, 2009", "")])
    assert found.capture.file == "ice-287g-page-20111115120000"
    assert found.capture.day == date(2011, 11, 15)
    assert [tuple(row) for row in found.rows.prints] == [
        (*ALPHA[:2], None, None, "Task Force", "7/8/2008", "alpha.pdf", None, None, None),
        ("DELAWARE**", "Beta Department", None, None, "Jail & Task Force", "October 15, 2009", None, None, None, None),
    ]  # fmt: skip
    assert found.rows.rows == [3, 4], "the table of layout and the headings are the first two rows of the page"
    assert found.rows.columns == {"state": "A", "agency": "B", "model": "C", "signed": "D", "moa": "E"}
    assert found.has_models


@pytest.mark.parametrize(
    ("model", "signed", "links", "expected"),
    [
        (
            "Jail Enforcement<br>Task Force", "2/6/2008<br>10/15/2009", link("a.pdf") + link("b.pdf"),
            [("Jail Enforcement", "2/6/2008", "a.pdf"), ("Task Force", "10/15/2009", "b.pdf")],
        ),
        (
            "Jail Enforcement / Task Force", "2/6/2008", "",
            [("Jail Enforcement", "2/6/2008", None), ("Task Force", "2/6/2008", None)],
        ),
        (
            "Task Force", "2/6/2008; 10/15/2009", link("a.pdf"),
            [("Task Force", "2/6/2008", "a.pdf"), ("Task Force", "10/15/2009", "a.pdf")],
        ),
        ("Jail &amp; Task Force", "2/6/2008", "", [("Jail & Task Force", "2/6/2008", None)]),
    ],
)  # fmt: skip
def test_a_row_for_two_agreements_gives_both(
    model: str, signed: str, links: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = read([("TEXAS", "Alpha County Sheriff's Office", model, signed, links)])
    assert [(row.model, row.signed, row.moa) for row in found.rows.prints] == expected
    assert set(found.rows.rows) == {3}, "both are of one row"


def test_a_state_above_its_rows_and_a_note_below_them() -> None:
    rows = [
        "<td colspan=5>ARIZONA",
        "<td>&nbsp;<td>AZ Department of Corrections<td>Task Force<td>9/16/2005<td>",
        "<td colspan=5>** ended",
    ]
    html = page([]).decode().replace("</tr></table>", "</tr><tr>" + "<tr>".join(rows) + "</table>", 1).encode()
    found = saved_page(NAME, html)
    assert [(row.state, row.agency) for row in found.rows.prints] == [("ARIZONA", "AZ Department of Corrections")]
    assert found.notes == ("row 5: ** ended",)


def test_the_day_is_that_of_the_capture_and_the_caption_is_kept() -> None:
    caption = "<p>Mutually Signed Agreements (71) as of 10/29/2010</p>"
    note = "<!-- FILE ARCHIVED ON 09:02:59 Feb 20, 2011 AND RETRIEVED FROM THE INTERNET ARCHIVE -->"
    found = read([ALPHA], "287g.htm", above=caption, below=note).capture
    assert (found.day, found.file) == (date(2011, 2, 20), "ice-287g-page-20110220090259")
    assert (found.caption, found.caption_count, found.caption_as_of) == (
        "Mutually Signed Agreements (71) as of 10/29/2010", 71, date(2010, 10, 29),
    )  # fmt: skip
    linked = '<a href="https://web.archive.org/web/20120801234737/http://www.ice.gov/factsheets/287g">self</a>'
    by_links = saved_page("page.html", page([("TEXAS", "Alpha", "Task Force", "7/8/2008", "")], above=linked)).capture
    assert (by_links.day, by_links.page) == (
        date(2012, 8, 1),
        "https://web.archive.org/web/20120801234737/http://www.ice.gov/factsheets/287g",
    )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (
            "287g.html",
            page([("TEXAS", "Alpha", "Task Force", "7/8/2008", "")]),
            "nothing says when the page was captured",
        ),
        (NAME, page([ALPHA], below="<!-- FILE ARCHIVED ON 09:02:59 Feb 20, 2011 -->"), "Save it under the right time"),
        (NAME, b"<p>no table</p>", "expected a table with the headings STATE"),
        (NAME, page([]), "headings and no rows"),
        (NAME, page([(*ALPHA, "x")], (*HEADINGS, "OFFICERS")), "'OFFICERS'"),
        (NAME, page([(*ALPHA, "x")]), "row 3: 'x' is under no heading"),
        (NAME, page([ALPHA[:3]]), "row 3: expected 5 cells, found 3"),
        (NAME, page([("TEXAS", "", *ALPHA[2:])]), "row 3: expected an agency, found nothing"),
        (
            NAME,
            page([("TEXAS", "A", "Task Force", "7/8/2008, 7/9/2008, 7/10/2008", link("a.pdf") + link("b.pdf"))]),
            "row 3: 1 models, 3 days of signing and 2 documents",
        ),
    ],
)
def test_what_is_no_such_page_is_refused_with_its_row(name: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused) as raised:
        saved_page(name, data)
    assert says in str(raised.value)
    assert str(raised.value).startswith(name)


def test_a_page_of_another_encoding_is_read() -> None:
    assert decoded("Sheriff’s".encode("cp1252")) == "Sheriff’s"
    assert decoded(b'<meta charset="iso-8859-1">' + "Sheriff’s".encode("cp1252")).endswith("Sheriff’s")
    assert decoded("\ufeffSheriff’s".encode("utf-16")) == "Sheriff’s"
    (table,) = tables_of("<table><tr><td rowspan=2>A<td>b<tr><td>c")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "b"], ["A", "c"]]


# -- in the history --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def add(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Past]:
    """Adds a page to the history; returns it, as it answers for the shipped record."""

    def added(rows: Sequence[Row], name: str = NAME, headings: Row = HEADINGS) -> Past:
        folder = tmp_path_factory.mktemp("pages")
        (folder / name).write_bytes(page(rows, headings))
        add_pages([folder / name], folder / "past")
        ledger = ledger287.open()
        return Past(ledger, open_past(folder / "past"), ledger.today)

    return added


@pytest.fixture(scope="module")
def more(add: Callable[..., Past]) -> Past:
    """The history with one more page: that of October 2011 with one agency gone and two that are new."""
    rows = of_capture("ice-287g-page-20111020094214")
    new = [
        ("AZ", "AZ Synthetic County Sheriff’s Office", "Jail &amp; Task Force", "11/1/2011", ""),
        ("TEXAS", "Synthetic Police Department", "Jail Enforcement<br>Task Force", "11/2/2011", link("synthetic.pdf")),
    ]
    return add([*rows[1:], *new])


def answer(past: Past, on: date, known_on: date) -> object:
    try:
        return past.status(on, known_on, None, None)
    except OnlyBounds as only:
        return only.bounds


def test_a_page_of_another_day_answers_for_its_days(more: Past) -> None:
    found = more.status(date(2011, 12, 1), None, None, None)
    assert found.list and found.list.file == "ice-287g-page-20111115120000"
    assert (found.rows, found.by_model) == (71, {"JEM": 50, "TFM": 20, "HYB": 1})
    assert more.status(date(2011, 11, 14), None, None, None).rows == 69
    assert more.status(date(2012, 8, 1), None, None, None).rows == 68
    synthetic = more.rows_on(more.roster_of(date(2011, 12, 1), None)).filter(pl.col("agency").str.contains("Synthetic"))  # type: ignore[arg-type]
    assert set(synthetic.select("state", "model").iter_rows()) == {("AZ", "HYB"), ("TX", "JEM"), ("TX", "TFM")}


def test_a_value_is_found_in_its_row_of_the_page(more: Past) -> None:
    row = more.pages.table("names").filter(pl.col("name_printed") == "Synthetic Police Department")
    agreement = more.agency(row["agency_id"][0], None).agreements[0].agreement_id
    cells = {one.field: one.first for one in more.source(agreement, None)}
    assert (cells["signed"].file, cells["signed"].row, cells["signed"].column) == (
        "ice-287g-page-20111115120000",
        72,
        "D",
    )
    assert cells["signed"].sheet == NAME


@settings(max_examples=draws(30, 15), deadline=None)
@given(on=st.dates(date(2007, 9, 1), date(2021, 1, 11)), known_on=st.dates(date(2007, 9, 1), date(2011, 11, 14)))
def test_a_page_changes_nothing_that_was_known_before_its_day(more: Past, on: date, known_on: date) -> None:
    shipped = ledger287.open().past
    assert shipped and answer(more, on, known_on) == answer(shipped, on, known_on)


def test_a_copy_of_a_page_counts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = of_capture(KNOWN)
    file = tmp_path / "287g-20120801234737.html"
    file.write_bytes(page(rows))
    assert main([str(file), "--out", str(tmp_path / "past")]) == 0
    assert "0 pages added, 0 rows; 1 page there already, the same" in capsys.readouterr().out
    made, kept = open_past(tmp_path / "past"), open_past()
    for path in kept.tables.glob("*.parquet"):
        assert (made.tables / path.name).read_bytes() == path.read_bytes(), path.name
    file.write_bytes(page([*rows[:-1], ("TEXAS", "Other County Sheriff's Office", "Task Force", "7/8/2008", "")]))
    assert main([str(file), "--out", str(tmp_path / "other")]) == 2
    told = capsys.readouterr().err
    assert "only on this page: TX, other county sheriff's office, TFM, 2008-07-08" in told
    assert "only in the history" in told and not (tmp_path / "other").exists()


def test_a_page_without_models_says_who_is_listed(add: Callable[..., Past]) -> None:
    rows = [("Alabama", "Alabama State Police"), ("Arizona", "AZ Department of Public Safety")]
    past = add(rows, "partners-20070201120000.html", ("State", "Law Enforcement Agency"))
    found = past.status(date(2007, 3, 1), None, None, None)
    assert (found.rows, found.by_model, found.states) == (2, {}, 2)
    assert found.list and found.list.file == "ice-287g-page-20070201120000"
    assert past.status(date(2007, 9, 30), None, None, None).rows == 28
