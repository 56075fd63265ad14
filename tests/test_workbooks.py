"""One workbook -> one list as printed: what is read, what is reported and where, what is refused."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest

from ledger287.core.problem import Problem
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.layout import FIELDS
from ledger287.sources.ice_lists.printed import KnownRows, Print, PrintedList, read_list
from ledger287.sources.ice_lists.workbooks.package import unpacked
from ledger287.sources.ice_lists.workbooks.workbook import read_workbook
from making import (
    MAIN,
    OFFICE,
    PACKAGE,
    PARTICIPATING,
    PENDING,
    Formula,
    made_up_rows,
    raw_workbook,
    workbook_bytes,
)

NAME = "participatingAgencies05012025am.xlsx"
SHEET = "287(g) Agreements"
ROW = ["FLORIDA", "Synthetic Brak Adda County Sheriff's Office", "County", "Made-up", "Task Force Model"]
FULL_ROW = [*ROW, date(2025, 2, 3), "link", None]


def read(data: bytes, name: str = NAME) -> PrintedList:
    """A list that was read; its problems carry its file and sha256."""
    found = read_list(name, data)
    assert found.failed is None
    assert {(p.file, p.sha256) for p in found.problems} <= {(name, found.sha256)}
    return found


def told(found: PrintedList) -> list[tuple[str, str | None, int | None, str | None]]:
    """Kind and place of each problem."""
    return [(p.kind, p.sheet, p.row, p.column) for p in found.problems]


def cells(*rows: Sequence[object]) -> str:
    """Rows from A1 as the XML of a sheet, every text in its cell."""
    xml = ""
    for number, row in enumerate(rows, 1):
        xml += f'<row r="{number}">'
        for letter, value in zip("ABCDEFGHIJ", row, strict=False):
            if value is not None:
                xml += f'<c r="{letter}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        xml += "</row>"
    return f"<sheetData>{xml}</sheetData>"


TEXT_ROW = [*ROW, "2025-02-03", "link"]


def test_a_plain_list_is_read_whole_and_without_a_problem() -> None:
    found = read(workbook_bytes(made_up_rows(30), saved_at=datetime(2025, 5, 1, 13, 30)))
    assert (found.kind, found.sheet, found.heading_row, len(found.rows)) == ("participating", SHEET, 1, 30)
    assert found.columns == dict(zip(FIELDS, "ABCDEFGH", strict=True))
    assert found.rows == list(range(2, 32))
    assert found.saved_at == datetime(2025, 5, 1, 13, 30, tzinfo=UTC)
    assert found.prints[0].signed == "2025-01-02"
    assert found.problems == []


def test_a_pending_list_is_known_by_its_columns() -> None:
    found = read(workbook_bytes(made_up_rows(3, pending=True), PENDING))
    assert (found.kind, found.problems) == ("pending", [])
    assert found.prints[0].signed is None


@pytest.mark.parametrize("at, columns", [("C5", "CDEFGHIJ"), ("A40", "ABCDEFGH"), ("Z3", "Z AA AB AC AD AE AF AG")])
def test_a_table_may_start_anywhere_and_keeps_its_addresses(at: str, columns: str) -> None:
    found = read(workbook_bytes(made_up_rows(3), at=at))
    letters = columns.split() if " " in columns else list(columns)
    top = int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert list(found.columns.values()) == letters
    assert (found.heading_row, found.rows) == (top, [top + 1, top + 2, top + 3])
    assert found.prints[0].moa_link and found.problems == []


def test_an_error_or_a_formula_before_the_first_text_moves_no_column() -> None:
    heads = '<row r="5"><c r="C5" t="e"><v>#REF!</v></c><c r="D5"><f>1+1</f></c>'
    heads += "".join(
        f'<c r="{letter}5" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("EFGHIJ", PARTICIPATING, strict=False)
    )
    row = "".join(
        f'<c r="{letter}6" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("EFGHIJ", TEXT_ROW, strict=False)
    )
    found = read(raw_workbook({"S": f'<sheetData>{heads}</row><row r="6">{row}</row></sheetData>'}))
    assert (found.columns["state"], found.rows, found.prints[0].state) == ("E", [6], "FLORIDA")
    assert ("error_cell", "S", 5, "C") in told(found) and ("formula", "S", 5, "D") in told(found)


def test_a_list_without_a_heading_row_is_read_by_its_content_wherever_it_stands() -> None:
    for at, first in (("A1", 1), ("C5", 5)):
        found = read(workbook_bytes(made_up_rows(12), None, at=at))
        assert (found.kind, found.heading_row, found.rows[0]) == ("participating", None, first)
        assert found.prints[0].agency == made_up_rows(1)[0][1]
        assert found.columns["state"] == at[0] and found.problems == []


def test_headings_in_any_case_order_and_spacing() -> None:
    headings = ["  moa ", "Signed", "SUPPORT\nTYPE", "County", "type", "Law  Enforcement Agency", "STATE"]
    found = read(workbook_bytes([list(reversed(TEXT_ROW))], headings))
    assert found.prints[0][:7] == tuple(TEXT_ROW)


def test_blank_rows_are_no_rows_and_those_between_are_counted() -> None:
    blank: list[object] = [None, "  ", "", None, None, None, None]
    found = read(workbook_bytes([FULL_ROW, blank, blank, FULL_ROW, blank]))
    assert (found.rows, found.blank_rows, found.problems) == ([2, 5], 2, [])


def test_an_unknown_column_is_reported_cell_by_cell() -> None:
    headings = [*PARTICIPATING, "NOTES", None]
    rows: list[list[object]] = [[*FULL_ROW, "one", None], [*FULL_ROW, None, "two"], [None] * 8 + ["three"]]
    found = read(workbook_bytes(rows, headings))
    assert [("unknown_column", SHEET, *place) for place in ((1, "I"), (2, "I"), (3, "J"), (4, "I"))] == told(found)
    assert [p.found for p in found.problems] == ["'NOTES'", "'one'", "'two'", "'three'"]
    assert found.rows == [2, 3]


def test_a_heading_that_stands_twice_is_read_once_and_reported_once() -> None:
    found = read(workbook_bytes([[*FULL_ROW, "Municipality"]], [*PARTICIPATING, "TYPE"]))
    assert found.prints[0].type == "County"
    assert told(found) == [("unknown_column", SHEET, 1, "I"), ("unknown_column", SHEET, 2, "I")]


def test_cells_above_the_headings_are_reported() -> None:
    found = read(workbook_bytes([list(PARTICIPATING), FULL_ROW], ["A made-up title", None, "as of today"]))
    assert told(found) == [("unknown_column", SHEET, 1, "A"), ("unknown_column", SHEET, 1, "C")]
    assert (found.heading_row, found.rows) == (2, [3])


def test_a_second_heading_row_is_no_row() -> None:
    found = read(workbook_bytes([FULL_ROW, list(PARTICIPATING), FULL_ROW], at="C5"))
    assert found.rows == [6, 8] and found.blank_rows == 0
    assert told(found) == [("second_heading", SHEET, 7, "C")]
    assert "LAW ENFORCEMENT AGENCY" in found.problems[0].found


def test_a_second_heading_row_in_another_order_says_so() -> None:
    again = ["STATE", "TYPE", "LAW ENFORCEMENT AGENCY", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"]
    found = read(workbook_bytes([FULL_ROW, again, FULL_ROW]))
    assert told(found) == [("second_heading", SHEET, 3, "A")]
    assert "in other places" in found.problems[0].found and "check them" in found.problems[0].remedy


def test_formulas_are_reported_with_what_is_read() -> None:
    row = [Formula('=UPPER("florida")', "FLORIDA"), *FULL_ROW[1:]]
    found = read(workbook_bytes([row], at="B3"))
    assert found.prints[0].state == "FLORIDA"
    assert told(found) == [("formula", SHEET, 4, "B")]
    assert "UPPER" in found.problems[0].found and "stored result" in found.problems[0].found


def test_a_formula_without_a_stored_result_is_an_empty_cell_and_reported() -> None:
    body = cells(list(PARTICIPATING[:7]), TEXT_ROW).replace(
        '<c r="D2" t="inlineStr"><is><t>Made-up</t></is></c>', '<c r="D2"><f>A2&amp;B2</f></c>'
    )
    found = read(raw_workbook({"S": body}))
    assert found.prints[0].county is None and found.prints[0].model == "Task Force Model"
    assert told(found) == [("formula", "S", 2, "D")]
    assert "'=A2&B2'" in found.problems[0].found and "read as empty" in found.problems[0].found


def test_the_address_in_a_hyperlink_formula_is_kept() -> None:
    row = [*ROW, date(2025, 2, 3), Formula('=HYPERLINK("https://example.org/made-up.pdf","link")', "link"), None]
    found = read(workbook_bytes([row]))
    assert found.prints[0].moa == "link" and found.prints[0].moa_link == "https://example.org/made-up.pdf"
    assert told(found) == [("formula", SHEET, 2, "G")]


def test_an_error_in_county_is_declared_to_say_nothing_and_elsewhere_a_problem() -> None:
    row = [*ROW[:2], Formula("=NA()", "#N/A"), Formula("=NA()", "#N/A"), Formula("=A9", "#REF!"), *FULL_ROW[5:]]
    found = read(workbook_bytes([row]))
    assert found.prints[0][2:5] == ("#N/A", "#N/A", "#REF!")
    assert [place for place in told(found) if place[0] == "error_cell"] == [("error_cell", SHEET, 2, "E")]
    assert values.county("#N/A").how == "ignored" and values.agency_type("#N/A").how == "ignored"


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "Err:502", "#N/A", "#GETTING_DATA", ""])
@pytest.mark.parametrize("attributes", ['r="D2" s="0" t="e"', "r='D2' s='0' t='e'", "r=\"D2\" t='e'"])
def test_any_error_cell_is_read_as_printed(error: str, attributes: str) -> None:
    cell = f"<c {attributes}><f>X()</f><v>{error}</v></c>"
    body = cells(list(PARTICIPATING[:7]), [*TEXT_ROW[:3], "@", *TEXT_ROW[4:]])
    found = read(raw_workbook({"S": body.replace('<c r="D2" t="inlineStr"><is><t>@</t></is></c>', cell)}))
    assert found.prints[0].county == (error or "#ERROR")
    assert ("formula", "S", 2, "D") in told(found)
    assert (("error_cell", "S", 2, "D") in told(found)) == (error != "#N/A")


def test_merged_cells_are_reported_and_their_value_stands_in_the_first() -> None:
    rows = [FULL_ROW, [None, *FULL_ROW[1:]], FULL_ROW]
    found = read(workbook_bytes(rows, merges=["A2:A3"]))
    assert [row.state for row in found.prints] == ["FLORIDA", None, "FLORIDA"]
    assert told(found) == [("merged_cells", SHEET, 2, "A")] and "A2:A3" in found.problems[0].found


def test_a_model_that_is_none_of_the_three_is_kept_as_printed() -> None:
    found = read(workbook_bytes([[*ROW[:4], "Harbor Task Force Model", *FULL_ROW[5:]]]))
    assert found.prints[0].model == "Harbor Task Force Model"
    assert values.model("Harbor Task Force Model") == values.Meaning(None, "unread")


@pytest.mark.parametrize(
    "printed, day",
    [
        ("2/3/2025", date(2025, 2, 3)),
        ("2025-02-03", date(2025, 2, 3)),
        (date(2025, 2, 3), date(2025, 2, 3)),
        (datetime(2025, 2, 3), date(2025, 2, 3)),
        (45691, date(2025, 2, 3)),
        (7, None),
        ("February 3, 2025", date(2025, 2, 3)),
        (True, None),
        (1e300, None),
        (-5.5, None),
    ],
)
def test_a_day_of_signing_is_read_from_dates_and_texts_and_never_guessed_from_other_numbers(
    printed: object, day: date | None
) -> None:
    found = read(workbook_bytes([[*ROW, printed, "link", None]]))
    assert found.prints[0].signed
    assert values.signed(found.prints[0].signed).value == day


@pytest.mark.parametrize("serial", ["1e300", "-1e300", "NaN", "2958466", "-700000", "1e15"])
def test_a_date_cell_beyond_all_days_ends_nothing(serial: str) -> None:
    body = cells(list(PARTICIPATING[:7]), TEXT_ROW).replace(
        '<c r="F2" t="inlineStr"><is><t>2025-02-03</t></is></c>', f'<c r="F2" s="1"><v>{serial}</v></c>'
    )
    found = read_list(NAME, raw_workbook({"S": body}))
    if found.failed:
        assert [p.kind for p in found.problems] == ["not_a_workbook"]
    else:
        assert values.signed(found.prints[0].signed).value is None


def test_days_counted_from_1904() -> None:
    body = cells(list(PARTICIPATING[:7]), TEXT_ROW).replace(
        '<c r="F2" t="inlineStr"><is><t>2025-02-03</t></is></c>', '<c r="F2" s="1"><v>44229</v></c>'
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets>' + (
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    assert read(raw_workbook({"S": body}, parts={"xl/workbook.xml": book})).prints[0].signed == "2025-02-03"


STRINGS = (
    "<si><r><t xml:space='preserve'>Synthetic </t></r><r><rPr><b/></rPr><t>Brak</t></r>"
    "<rPh sb='0' eb='1'><t>no</t></rPh></si>"
)


def test_shared_inline_and_rich_texts() -> None:
    shared = '<c r="B2" t="s"><v>0</v></c>'
    rich = '<c r="D2" t="inlineStr"><is><r><t>Made</t></r><r><t>-up</t></r></is></c>'
    body = cells(list(PARTICIPATING[:7]), [TEXT_ROW[0], "@", "County", "@", *TEXT_ROW[4:]])
    body = body.replace('<c r="B2" t="inlineStr"><is><t>@</t></is></c>', shared)
    body = body.replace('<c r="D2" t="inlineStr"><is><t>@</t></is></c>', rich)
    row = read(raw_workbook({"S": body}, strings=STRINGS)).prints[0]
    assert (row.agency, row.county) == ("Synthetic Brak", "Made-up")


def test_line_breaks_and_control_characters_are_kept_as_printed_and_read_as_spaces() -> None:
    agency = "Made-up\nBrak\x0bAdda\tCounty\xa0Sheriff’s Office  "
    found = read(workbook_bytes([["FLORIDA\n", agency, *FULL_ROW[2:4], "Task\x1fForce\r\nModel", *FULL_ROW[5:]]]))
    row = found.prints[0]
    assert row.agency == agency
    assert (values.state(row.state).value, values.model(row.model).value) == ("FL", "TFM")


STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
LINK = {"rId1": "https://example.org/made-up.pdf"}
LINKS = '<hyperlinks><hyperlink ref="G2" r:id="rId1"/></hyperlinks>'


def test_strict_namespaces() -> None:
    body = cells(list(PARTICIPATING[:7]), TEXT_ROW) + LINKS
    found = read(raw_workbook({"S": body}, links=LINK, main=STRICT_MAIN, office=STRICT_OFFICE))
    assert found.prints == [Print._make([*TEXT_ROW, None, LINK["rId1"], None])]


MERGED = '<mergeCells><mergeCell ref="D2:D3"/></mergeCells>'


def _prefixed(body: str) -> str:
    named = body.replace("</", "@").replace("<", "<x:").replace("@", "</x:")
    return f'<x:worksheet xmlns:x="{MAIN}" xmlns:r="{OFFICE}">{named}</x:worksheet>'


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_prefixed, id="prefixes"),
        pytest.param(lambda body: body.replace('"', "'"), id="single quotes"),
        pytest.param(lambda body: body.replace("<c ", '<!-- <c r="A1"> --><c\n   '), id="comments"),
        pytest.param(
            lambda body: body.replace("<row", '<!-- <c r="A2" t="e"><f>1</f><v>1</v></c> --><row'), id="cells"
        ),
        pytest.param(lambda body: body.replace("<row", "<?made up?><row"), id="instructions"),
        pytest.param(lambda body: body.replace("<t>FL", "<t><![CDATA[FL]]>"), id="cdata"),
        pytest.param(lambda body: body.replace("Task Force", "Task&#32;&#x46;orce"), id="references"),
        pytest.param(lambda body: re.sub(r' r="[A-J]?\d"', "", body), id="no places"),
        pytest.param(lambda body: re.sub(r' r="\d"', "", body), id="no row numbers"),
        pytest.param(lambda body: '<dimension ref="A1:XFD1048576"/>' + body, id="a dimension that lies"),
        pytest.param(lambda body: '<cols><col min="1" max="16384"/></cols>' + body, id="columns"),
        pytest.param(lambda body: body.replace("</row>", '<c r="XFD1" s="1"/></row>', 1), id="a format far away"),
    ],
)
def test_the_same_sheet_written_otherwise_is_the_same_list(change: Callable[[str], str]) -> None:
    body = cells(list(PARTICIPATING[:7]), TEXT_ROW, [*TEXT_ROW[:3], "Made-up &amp; &lt;so&gt;", *TEXT_ROW[4:]])
    plain = read(raw_workbook({"S": body + LINKS + MERGED}, links=LINK))
    found = read(raw_workbook({"S": change(body + LINKS + MERGED)}, links=LINK))
    assert (found.prints, found.rows, told(found)) == (plain.prints, plain.rows, told(plain))
    assert found.prints[0].moa_link == LINK["rId1"] and told(found) == [("merged_cells", "S", 2, "D")]


SAFELINK = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fmade-up.pdf&data=05"
ARCHIVE = "https://web.archive.org/web/20250301000000/https://example.org/made-up.pdf"
VIEWER = "chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/https://example.org/made-up.pdf"
DEFENSE = "https://urldefense.us/v3/__https://example.org/made-up.pdf__;!!made-up$"


@pytest.mark.parametrize("raw", ["https://example.org/made-up.pdf", SAFELINK, ARCHIVE, VIEWER, DEFENSE])
@pytest.mark.parametrize("column, field", [("G", "moa_link"), ("H", "addendum_link")])
def test_the_raw_address_of_a_document_is_kept_and_unwrapped(raw: str, column: str, field: str) -> None:
    found = read(workbook_bytes([[*FULL_ROW[:6], "link", "addendum"]], links={f"{column}2": raw}))
    assert getattr(found.prints[0], field) == raw
    assert values.address(raw) == "https://example.org/made-up.pdf"


def test_the_moment_of_a_capture_in_an_address_is_set_apart_and_can_be_put_back() -> None:
    moment = "20250301000000"
    data = workbook_bytes([FULL_ROW], links={"G2": ARCHIVE})
    row = read(data, f"participatingAgencies-{moment}.xlsx").prints[0]
    assert row.moa_link and row.moa_link.replace("{capture}", moment) == ARCHIVE
    assert values.address(row.moa_link) == values.address(ARCHIVE)


def captured(moment: str, row: Sequence[object], known: KnownRows, saved_at: datetime | None = None) -> PrintedList:
    """A capture of one row whose document's URL has the time of the capture."""
    link = {"G2": ARCHIVE.replace("20250301000000", moment)}
    data = workbook_bytes([row], links=link, saved_at=saved_at)
    return read_list(f"participatingAgencies-{moment}.xlsx", data, known)


def test_captures_that_differ_in_their_time_alone_are_parsed_once() -> None:
    known, saved = KnownRows(), datetime(2025, 5, 1, 13, 30, tzinfo=UTC)
    first = captured("20250301000000", FULL_ROW, known)
    again = captured("20250302112233", FULL_ROW, known, saved.replace(tzinfo=None))
    other = captured("20250303000000", [*FULL_ROW[:5], date(2025, 2, 4), "link", None], known)
    assert again.prints is first.prints and other.prints != first.prints
    alone = captured("20250302112233", FULL_ROW, KnownRows(), saved.replace(tzinfo=None))
    assert again == alone
    assert (again.file, again.saved_at) == ("participatingAgencies-20250302112233.xlsx", saved)
    assert first.saved_at != saved
    assert again.sha256 != first.sha256


@pytest.mark.parametrize("moment", ["2025030200000&#49;", "</t></r><r><t>20250302000001"])
def test_a_time_that_no_search_finds_in_the_xml_is_not_taken_for_that_of_another_capture(moment: str) -> None:
    """Two captures with the same cells: in the second alone the time in the URL is its own."""
    known, url = KnownRows(), f"https://web.archive.org/web/{moment}/https://example.org/a.pdf"
    body = cells([*PARTICIPATING[:7]], [*ROW, "2025-02-03", "URL"])
    body = body.replace("<t>URL</t>", f"<r><t>{url}</t></r>" if "<r>" in url else f"<t>{url}</t>")
    data = raw_workbook({"S": body})
    other, own = (
        read_list(f"participatingAgencies-{at}.xlsx", data, known).prints[0].moa
        for at in ("20250301000000", "20250302000001")
    )
    assert other == "https://web.archive.org/web/20250302000001/https://example.org/a.pdf"
    assert own == "https://web.archive.org/web/{capture}/https://example.org/a.pdf"


def _linked(links: str, targets: dict[str, str] = LINK) -> PrintedList:
    body = cells(list(PARTICIPATING), *[[*TEXT_ROW[:6], text, "addendum"] for text in ("link", None, "link")])
    return read(raw_workbook({"S": f"{body}<hyperlinks>{links}</hyperlinks>"}, links=targets))


def test_a_link_over_several_cells_stands_behind_each() -> None:
    found = _linked('<hyperlink ref="G2:H3" r:id="rId1"/>')
    assert [(r.moa_link, r.addendum_link) for r in found.prints] == [(LINK["rId1"],) * 2] * 2 + [(None, None)]
    found = _linked('<hyperlink ref="G1:G1048576" r:id="rId1"/>')
    assert [r.moa_link for r in found.prints] == [LINK["rId1"]] * 3
    assert told(found) == [("unknown_column", "S", 1, "G")]


def test_a_link_behind_an_empty_cell_is_kept() -> None:
    found = _linked('<hyperlink ref="G3" r:id="rId1"/>')
    assert (found.prints[1].moa, found.prints[1].moa_link, found.problems) == (None, LINK["rId1"], [])


@pytest.mark.parametrize("place", ["B2", "G1", "G9", "ZZ3"])
def test_a_link_that_belongs_to_no_document_cell_is_reported(place: str) -> None:
    found = _linked(f'<hyperlink ref="{place}" r:id="rId1"/>')
    assert told(found) == [("unknown_column", "S", int(place[-1]), place[:-1])]
    assert LINK["rId1"] in found.problems[0].found and found.stray_links == 1


def test_links_written_in_other_ways() -> None:
    wanted = "https://example.org/made-up.pdf?a=1&b=2#page=3"
    targets = {"rId1": "https://example.org/made-up.pdf?a=1&b=2"}
    for link in (
        '<hyperlink ref="G2" r:id="rId1" location="page=3"/>',
        "<hyperlink ref='G2' tooltip='it&apos;s > made up' location='page=3' r:id='rId1'/>",
        '<hyperlink r:id="rId1" ref="G2" location="page=3"></hyperlink>',
    ):
        assert _linked(link, targets).prints[0].moa_link == wanted
    inner = _linked('<hyperlink ref="G2" location="Sheet2!A1"/>')
    assert inner.prints[0].moa_link is None and inner.prints[0].moa == "link"
    assert _linked('<hyperlink ref="G2" r:id="rId7"/><hyperlink ref="??" r:id="rId1"/>').stray_links == 0


def _book(sheets: str) -> dict[str, str | bytes]:
    return {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'}


def test_sheets_are_told_by_the_workbook_not_by_the_names_of_their_parts() -> None:
    listed = cells(list(PARTICIPATING[:7]), TEXT_ROW)
    notes = cells(["A made-up note", None, "more"])
    book = '<sheet name="Sheet2" sheetId="7" r:id="rId2"/><sheet name="A &amp; B" sheetId="9" r:id="rId1"/>'
    parts = _book(book) | {"xl/worksheets/_rels/sheet2.xml.rels": _rels(LINK)}
    found = read(raw_workbook({"one": notes, "two": listed + LINKS}, parts=parts))
    assert (found.sheet, found.prints[0].moa_link) == ("Sheet2", LINK["rId1"])
    assert told(found) == [("unknown_sheet", "A & B", 1, "A")]
    assert "2 cells within A1 to C1" in found.problems[0].found


def _rels(targets: dict[str, str], kind: str = "hyperlink") -> str:
    rows = "".join(
        f'<Relationship Target="{target}" Type="{OFFICE}/{kind}" Id="{key}"/>' for key, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def test_a_visible_list_goes_before_a_hidden_one_and_the_other_is_reported() -> None:
    listed = cells(list(PARTICIPATING[:7]), TEXT_ROW)
    hidden = '<sheet name="Old" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Now" sheetId="2" r:id="rId2"/>'
    found = read(raw_workbook({"a": listed, "b": listed}, parts=_book(hidden)))
    assert found.sheet == "Now" and told(found) == [("unknown_sheet", "Old", 1, "A")]
    assert "hidden" in found.problems[0].found
    only = '<sheet name="Old" sheetId="1" state="veryHidden" r:id="rId1"/>'
    assert read(raw_workbook({"a": listed}, parts=_book(only))).sheet == "Old"


def test_two_visible_lists_are_one_list_and_a_problem() -> None:
    found = read(workbook_bytes([FULL_ROW], more={"Pending": [list(PENDING), ROW]}))
    assert (found.kind, found.sheet) == ("participating", SHEET)
    assert told(found) == [("unknown_sheet", "Pending", 1, "A")]


def test_sheets_that_are_declared_no_lists_and_empty_ones_are_passed_over() -> None:
    tally: list[list[object]] = [["Total", "JEM", "TFM", "WSO"], [3, 1, 1, 1]]
    assert read(workbook_bytes([FULL_ROW], more={"Sheet2": tally, "Sheet3": [], "Sheet4": [["  "]]})).problems == []


def test_formulas_alone_on_a_sheet_are_reported() -> None:
    body = '<sheetData><row r="3"><c r="B3"><f>1+1</f></c></row></sheetData>'
    found = read(raw_workbook({"S": cells(list(PARTICIPATING[:7]), TEXT_ROW), "T": body}))
    assert told(found) == [("unknown_sheet", "T", 3, "B")] and "'=1+1'" in found.problems[0].found


def test_a_chart_sheet_has_no_cells() -> None:
    listed = cells(list(PARTICIPATING[:7]), TEXT_ROW)
    book = '<sheet name="Chart" sheetId="2" r:id="rId2"/><sheet name="S" sheetId="1" r:id="rId1"/>'
    chart = f'<chartsheet xmlns="{MAIN}"><sheetViews/></chartsheet>'
    parts = _book(book) | {"xl/worksheets/sheet2.xml": chart}
    assert [sheet.name for sheet in read_workbook(unpacked(raw_workbook({"a": listed, "b": ""}, parts=parts)))] == [
        "Chart",
        "S",
    ]
    assert read(raw_workbook({"a": listed, "b": ""}, parts=parts)).problems == []


@pytest.mark.parametrize(
    "said, meant",
    [
        ("2025-05-01T13:30:00Z", datetime(2025, 5, 1, 13, 30, tzinfo=UTC)),
        ("2025-05-01T13:30:00-04:00", datetime(2025, 5, 1, 17, 30, tzinfo=UTC)),
        ("2025-05-01T13:30:00", datetime(2025, 5, 1, 13, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("yesterday", None),
    ],
)
def test_when_a_workbook_says_it_was_saved(said: str, meant: datetime | None) -> None:
    core = f"<cp:coreProperties><dcterms:modified>{said}</dcterms:modified></cp:coreProperties>"
    data = raw_workbook({"S": cells(list(PARTICIPATING[:7]), TEXT_ROW)}, parts={"docProps/core.xml": core})
    assert read(data).saved_at == meant


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = read(workbook_bytes([[*FULL_ROW, "odd"]])).problems[0]
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{NAME} [{SHEET}] I2: expected ")
    assert "'odd'" in str(problem) and problem.remedy


def test_signs_that_nobody_sees_are_reported_and_left_out() -> None:
    rows = made_up_rows(3)
    rows[0][1] = "\u202eSynthetic\u200b Ash County\u200f Sheriff"
    rows[1][1] = "Synthetic\u00a0Birch Police\nDepartment"
    found = read_list("participatingAgencies05092026am.xlsx", workbook_bytes(rows))
    assert [row.agency for row in found.prints[:2]] == ["Synthetic Ash County Sheriff", rows[1][1]]
    assert told(found) == [("invisible_signs", found.sheet, 2, "B")]
    assert "U+200B, U+200F, U+202E" in found.problems[0].found
    assert "\u202e" not in str(found.problems[0])
