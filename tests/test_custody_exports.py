"""A jail's own export: encodings, delimiters, title rows, forms of times, maps, and what names a person.

Every row here is synthetic; the names in it are of nobody.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run
from ledger287.custody.duties.table import named, problems_named
from ledger287.custody.intake.columns.assigning import Stated
from ledger287.custody.intake.columns.maps import read_map, ready_maps
from ledger287.custody.intake.columns.proposing import propose
from ledger287.custody.intake.opening.opened_files import open_source
from ledger287.custody.intake.problems import CaseProblem
from ledger287.custody.intake.staged.staging import stage
from ledger287.custody.intake.times.moments import Moment, join_moment, read_moment

HEAD = "Booking Number,State,Booked,Detainer Received,Detainer Form,Otherwise Releasable,Released"
ROW = "made-up-1,TX,2025-02-27 13:05,2025-02-28 09:00,I-247A,2025-03-02 09:00,2025-03-04 10:00"


def staged(file: Path, told: Stated | None = None) -> tuple[list[dict[str, Any]], list[CaseProblem], list[str]]:
    """The rows of a file as an audit takes them, the problems met, and what is noted of its reading."""
    source = open_source(file, told or Stated())
    found = stage(source, file.with_suffix(".staged"))
    rows = pq.read_table(found.path).sort_by("row").to_pylist()
    return rows, [*source.problems, *found.problems], [*source.notes, *found.notes]


def rows_of(tmp_path: Path, content: bytes | str, name: str = "export.csv", told: Stated | None = None) -> list[Any]:
    """The rows of a file of this content."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return staged(file, told)[0]


def at(text: str) -> int:
    """A time of the jail's clocks, in seconds."""
    return int((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds())


def same(found: dict[str, Any]) -> bool:
    """Whether a row is that of ROW."""
    times = ("booked", "detainer_received", "charges_cleared", "released")
    return [found[name] for name in times] == [at(ROW.split(",")[place]) for place in (2, 3, 5, 6)]


def audited(tmp_path: Path, file: Path, **asked: Any) -> tuple[list[dict[str, Any]], Any]:
    """The decided cases of a file, by the audit."""
    work = tmp_path / f"work-{file.name}"
    work.mkdir()
    done = run([file], work, Options(**{"zone": "America/Chicago", "threads": 2, **asked}))
    rows = pq.read_table(done.cases).sort_by("row").to_pylist()
    return rows, done


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, sign: str) -> None:
    text = f"{HEAD},Facility\r\n{ROW},Peña Bl. Jail\r\n".replace(",", sign)
    (found,) = rows_of(tmp_path, text.encode(encoding))
    assert same(found)
    assert found["agency"] == "Peña Bl. Jail"


def test_title_rows_totals_blank_lines_and_a_heading_that_comes_again(tmp_path: Path) -> None:
    text = (
        "Made-up County Jail,,,,,,\nICE hold report 2/1/2025 - 2/28/2025,,,,,,\n,,,,,,\n"
        f"{HEAD}\n{ROW}\n\n{HEAD}\n{ROW.replace('made-up-1', 'made-up-2')}\n,,,,,,\n"
        "Total holds: 2,,,,,,\nPage 1 of 1,,,,,,\n"
    )
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    rows, problems, notes = staged(file)
    assert [row["case"] for row in rows] == ["made-up-1", "made-up-2"]
    assert not problems
    assert any("line 4" in note for note in notes)
    assert any("2 lines of totals" in note for note in notes)


def test_a_heading_in_two_lines_is_read_as_one(tmp_path: Path) -> None:
    """Release over Date: each cell under its own, or under the one to the left of it, as merged cells are exported."""
    rows = "made-up-1,TX,02/27/2025,1305,02/28/2025 0900,I-247A,03/02/2025 0900,3/4/2025 10:00\nTotal,,2,,,,,\n"
    for upper, lower in (
        (
            "Booking,,Booking,Booking,Detainer,Detainer,Otherwise,Actual",
            "Number,State,Date,Time,Received,Form,Releasable,Release",
        ),
        ("Booking,,Booked,,Detainer,,Release,", "Number,State,Date,Time,Received,Form,Eligible,Date/Time"),
    ):  # fmt: skip
        file = tmp_path / "export.csv"
        file.write_text(f"Made-up County Jail,,,,,,,\n{upper}\n{lower}\n{rows}", encoding="utf-8")
        (found,), problems, notes = staged(file)
        assert same(found) and found["case"] == "made-up-1" and not problems
        assert any("lines 2 and 3; what is above them was not read" in note for note in notes)
        assert any("1 line of totals" in note for note in notes)


def test_a_log_with_its_day_and_time_in_two_columns(tmp_path: Path) -> None:
    lines = "made-up-1,Booked,2/27/2025,1305\nmade-up-1,Contract custody begins,3/2/2025,0905\n"
    found = rows_of(tmp_path, f"Case No,Event,Date,Time\n{lines}")
    assert [(row["event"], row["at"]) for row in found] == [
        ("booked", at("2025-02-27 13:05")),
        ("contract_began", at("2025-03-02 09:05")),
    ]
    whole = lines.replace("2/27/2025,1305", "2/27/2025,2/27/2025 13:05").replace(",0905", ",3/2/2025 9:05")
    again = rows_of(tmp_path, f"Case No,Event,Date,Timestamp\n{whole}")
    assert [row["at"] for row in again] == [row["at"] for row in found]


def test_words_for_nothing_hold_nothing(tmp_path: Path) -> None:
    words = ("NULL", "N/A", "--", "null", "#N/A", "-")
    rows = [
        ROW.replace("made-up-1", f"made-up-{place}").replace("2025-02-28 09:00", w) for place, w in enumerate(words)
    ]
    found = rows_of(tmp_path, "\n".join((HEAD, *rows)))
    assert [(one["detainer_received"], one["unclear"], one["problems"]) for one in found] == [(None, 0, 0)] * len(words)


def test_blanks_around_a_cell_are_no_part_of_it(tmp_path: Path) -> None:
    """Around words, times, words for nothing, and names in other alphabets; a blank in the middle stays."""
    head = f"{HEAD},Facility"
    rows = [
        " made-up-1 ,\tTX,2025-02-27 13:05 , 2025-02-28 09:00,I-247A\u00a0,2025-03-02 09:00,2025-03-04 10:00,"
        "Peña Bl. Jail ",
        "made-up-2,TX,2025-02-27 13:05, NULL ,\u00a0--\u00a0,2025-03-02 09:00,\t2025-03-04 10:00, Élan  Jail",
    ]
    one, two = rows_of(tmp_path, "\n".join((head, *rows)))
    assert same(one) and (one["case"], one["state"], one["detainer_form"]) == ("made-up-1", "TX", "I-247A")
    assert (one["agency"], two["agency"]) == ("Peña Bl. Jail", "Élan  Jail")
    assert (two["detainer_received"], two["detainer_form"], two["problems"]) == (None, None, 0)
    assert two["released"] == at("2025-03-04 10:00")


TIMES = (
    ("2025-02-27 13:05", (2025, 2, 27, 13, 5)),
    ("2025-02-27T13:05:00.000", (2025, 2, 27, 13, 5)),
    ("2/27/25 1:05 PM", (2025, 2, 27, 13, 5)),
    ("02/27/2025 1305", (2025, 2, 27, 13, 5)),
    ("02/27/2025 905", (2025, 2, 27, 9, 5)),
    ("2-27-2025 13:05:00", (2025, 2, 27, 13, 5)),
    ("Thu 02/27/2025 1:05pm", (2025, 2, 27, 13, 5)),
    ("27-Feb-2025 13:05", (2025, 2, 27, 13, 5)),
    ("Feb 27, 2025 1:05 p.m.", (2025, 2, 27, 13, 5)),
    ("27FEB2025:13:05:00", (2025, 2, 27, 13, 5)),
    ("20250227 1305", (2025, 2, 27, 13, 5)),
    ("13:05:00 02/27/2025", (2025, 2, 27, 13, 5)),
    ("1:05 PM 27-Feb-2025", (2025, 2, 27, 13, 5)),
    ("27-FEB-25 01.05.00.000000 PM", (2025, 2, 27, 13, 5)),
    ("2025-02-27 13.05", (2025, 2, 27, 13, 5)),
    ("2/27/25 24:00", (2025, 2, 28, 0, 0)),
    ("02/27/2025 2400", (2025, 2, 28, 0, 0)),
    ("2/27/2025 12:05 AM", (2025, 2, 27, 0, 5)),
    ("45715.545138889", (2025, 2, 27, 13, 5)),
    ("45715.5451", (2025, 2, 27, 13, 5)),  # as many digits as a spreadsheet may show: 3 seconds short of the minute
    ("\u200e2\u200e/27/\u200e2025 1:05\u202fPM", (2025, 2, 27, 13, 5)),
)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("11/2/2025 1:30 AM CDT", "2025-11-02 06:30"),
        ("11/2/2025 1:30 AM CST", "2025-11-02 07:30"),
        ("7/1/2025 0930 MST", "2025-07-01 16:30"),  # Phoenix
        ("2025-07-01 09:30 chst", "2025-06-30 23:30"),
        ("7/1/2025 09:30 CST", None),  # written out of habit, or an hour later: nobody can tell
        ("1/1/2025 09:30 EDT", None),
    ],
)
def test_an_abbreviated_time_zone_is_read_where_clocks_had_that_name(text: str, utc: str | None) -> None:
    assert read_moment(text, "month-first") == (Moment(at(utc), False) if utc else "zone_season")


@pytest.mark.parametrize(("text", "wanted"), TIMES)
def test_times_as_jail_systems_write_them(text: str, wanted: tuple[int, ...]) -> None:
    assert read_moment(text) == Moment(int((datetime(*wanted) - datetime(1970, 1, 1)).total_seconds()), True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-02-27", "day_only"), ("45715", "day_only"), ("2/27/25", "day_only"), ("13:05", "time_only"),
        ("3/1/25 1:05 PM", "ambiguous"), ("2/27/25 13:05 PM", "unreadable"), ("2025-02-30 10:00", "unreadable"),
        ("soon", "unreadable"), ("2/27/25 25:00", "unreadable"), ("02/27/2025 5", "unreadable"),
        ("0025-02-27 10:00", "year"), ("2/27/25 24:30", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_time_says_why(text: str, why: str) -> None:
    assert read_moment(text) == why


def test_a_day_and_a_time_of_day_in_two_columns() -> None:
    wanted = read_moment("2025-02-27 13:05")
    for day, time in (("02/27/2025", "1305"), ("2025-02-27 00:00:00", "1899-12-31 13:05:00"), ("45715", "0.5451388889"),
                      ("2/27/2025 12:00:00 AM", "1:05 PM"), ("2/27/2025", "2/27/2025 13:05")):  # fmt: skip
        assert join_moment(day, time) == wanted
    assert join_moment("02/27/2025", "") == "day_only"
    assert join_moment("02/27/2025", "2/26/2025 13:05") == "unreadable"
    assert [join_moment("", text) for text in ("0800", "8:00 AM", ".5", "soon")] == [*["time_only"] * 3, "unreadable"]


@pytest.mark.parametrize("extra", ["", ",past the heading"])
def test_the_fast_reader_reads_as_the_slow_one_does(tmp_path: Path, extra: str) -> None:
    """Every form in a regular file, which the engine reads, and in one that it gives back as irregular."""
    lines = [HEAD] + [ROW.replace("2025-02-27 13:05", f'"{text}"') + extra for text, _ in TIMES]
    file = tmp_path / "export.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    rows, problems, _ = staged(file)
    assert [row["booked"] for row in rows] == [at(str(datetime(*wanted))) for _, wanted in TIMES]
    assert all(row["local"] & 1 for row in rows)
    assert {problem.kind for problem in problems} == ({"ragged_row"} if extra else set())


# -- day and month ---------------------------------------------------------------------------------------------


def dated(*days: str) -> str:
    return "\n".join(
        (HEAD, *(f"made-up-{place},TX,{day} 10:00,,,{day} 11:00,{day} 11:00" for place, day in enumerate(days)))
    )


def test_the_file_as_a_whole_shows_the_order_of_day_and_month(tmp_path: Path) -> None:
    assert rows_of(tmp_path, dated("3/1/2025", "3/14/2025"))[0]["released"] == at("2025-03-01 11:00")
    assert rows_of(tmp_path, dated("3/1/2025", "14/3/2025"), "two.csv")[0]["released"] == at("2025-01-03 11:00")


@pytest.mark.parametrize("days", [("3/1/2025", "4/2/2025"), ("3/14/2025", "14/3/2025")])
def test_an_order_that_nothing_settles_is_asked_about(tmp_path: Path, days: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="dates=month-first or dates=day-first"):
        rows_of(tmp_path, dated(*days))
    assert rows_of(tmp_path, dated(*days), "two.csv", Stated(dates="month-first"))[0]["released"] == at(
        "2025-03-" + ("01" if days[0] == "3/1/2025" else "14") + " 11:00"
    )


def test_a_question_is_asked_past_the_first_rows_too(tmp_path: Path) -> None:
    days = [f"3/{place % 12 + 1}/2025" for place in range(1200)]
    with pytest.raises(Refused, match="dates="):
        rows_of(tmp_path, dated(*days))
    assert len(rows_of(tmp_path, dated(*days, "3/31/2025"), "two.csv")) == 1201


# -- workbooks -------------------------------------------------------------------------------------------------


def test_a_workbook_with_real_general_and_day_only_cells(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    book = xlsxwriter.Workbook(str(file))
    book.add_worksheet("Summary").write_row(0, 0, ["Total", 3])
    sheet = book.add_worksheet("Holds")
    day, both = book.add_format({"num_format": "m/d/yyyy"}), book.add_format({"num_format": "m/d/yyyy h:mm"})
    clock = book.add_format({"num_format": "h:mm"})
    sheet.write_row(0, 0, ["Made-up County Jail"])
    sheet.write_row(2, 0, ["Booking #", "Hold Started", "Release Date", "Release Time"])
    for place, left in enumerate((datetime(2025, 3, 4), datetime(2025, 3, 5), datetime(2025, 3, 6))):
        sheet.write(3 + place, 0, f"made-up-{place}")
        sheet.write_datetime(3 + place, 1, datetime(2025, 3, 2, 9), both)
        sheet.write_datetime(3 + place, 2, left, day)
    sheet.write_datetime(3, 3, datetime(1899, 12, 31, 10), clock)
    sheet.write_number(4, 3, 0.4166666667)
    book.close()
    rows, (met,), notes = staged(file)
    assert [row["released"] for row in rows] == [at("2025-03-04 10:00"), at("2025-03-05 10:00"), None]
    assert any("'Holds'" in note for note in notes)
    assert (met.kind, met.row, met.column) == ("unreadable_time", 3, "Release Date")
    assert "a day without a time of day" in met.found


def test_midnight_is_a_time_only_where_the_cell_shows_one(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    day, both = book.add_format({"num_format": "m/d/yyyy"}), book.add_format({"num_format": "m/d/yyyy h:mm"})
    sheet.write_row(0, 0, ["case", "hold_started", "released"])
    for place, kind in enumerate((both, day), 1):
        sheet.write(place, 0, f"made-up-{place}")
        sheet.write_datetime(place, 1, datetime(2025, 3, 2, 9), both)
        sheet.write_datetime(place, 2, datetime(2025, 3, 4), kind)
    book.close()
    rows, problems, _ = staged(file)
    assert [row["released"] for row in rows] == [at("2025-03-04 00:00"), None]
    assert [problem.row for problem in problems] == [2]


# -- maps ------------------------------------------------------------------------------------------------------

ODD = (
    "Bkg Num|Inmate Nm|Intake Dt|Hold Placed On|Eligible Release|Rel Date/Time|Form|Pod\n"
    "117|Roe, Jane|2/27/25 1:05 PM|2/28/25 9:00 AM|3/2/25 9:00 AM|3/4/25 10:00 AM|I-247A|B7\n"
)


def test_a_map_is_proposed_written_and_used(tmp_path: Path) -> None:
    file, out = tmp_path / "odd.csv", tmp_path / "jail.yml"
    file.write_text(ODD, encoding="utf-8")
    done = CliRunner().invoke(app, ["custody", "map", str(file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Roe" not in done.output + out.read_text(encoding="utf-8")
    assert "charges_cleared 2025-03-02 09:00" in done.output
    rows, done = audited(tmp_path, file, map=str(out), state="TX")
    assert rows[0]["over_seconds"] == 3600
    assert not done.problems


def test_a_map_shows_seconds_with_the_time_and_not_behind_its_zone(tmp_path: Path) -> None:
    file = tmp_path / "seconds.csv"
    line = "synthetic-1,2025-03-14 11:05:07Z,2025-03-15 09:00:00Z,2025-03-15 09:30:21Z,I-247A"
    file.write_text(f"Booking #,Booked,Otherwise Releasable,Released,Det Form\n{line}\n", encoding="utf-8")
    said = CliRunner().invoke(app, ["custody", "map", str(file)]).output
    assert "booked 2025-03-14 11:05:07 UTC" in said and "charges_cleared 2025-03-15 09:00 UTC" in said
    assert "detainer_form I-247A" in said


def test_a_proposal_says_what_is_still_open(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Pod|When\nB7|3/1/2025 10:00\n", encoding="utf-8")
    found = propose(file)
    assert {one.split(":")[0] for one in found.open} >= {"case", "released or ice_took_person"}
    done = CliRunner().invoke(app, ["custody", "map", str(file), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.output)["open"]


def test_a_line_of_totals_is_not_shown_as_a_case(tmp_path: Path) -> None:
    file = tmp_path / "hold report.csv"
    head = "Booking #,State,Booked,Otherwise Releasable,Released"
    case = "synthetic-1,TX,2025-03-14 11:05,2025-03-15 09:00,2025-03-15 09:30"
    file.write_text("\n".join((head, case, head, "Total,1,,,")) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["custody", "map", str(file)])
    assert "row 1: case synthetic-1" in done.output
    assert "row 2" not in done.output


@pytest.mark.parametrize("name", sorted(ready_maps()))
def test_a_ready_map_reads_and_is_listed(name: str) -> None:
    found = read_map(name)
    assert found.about and "case" in found.columns
    assert name in CliRunner().invoke(app, ["custody", "map", "--ready"]).output


def test_the_ready_map_of_stays_reads_their_headings(tmp_path: Path) -> None:
    text = (
        "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Book Out Date Time,Stay Release Reason,"
        "Gender,Birth Year,Citizenship Country,Unique Identifier\n"
        "2025-03-01 10:00:00,2025-03-01 10:00:00,MADE UP JAIL,2025-03-04 11:00:00,Bonded,Male,1990,MEXICO,made-up-aa1\n"
    )
    (found,) = rows_of(tmp_path, text, told=Stated(map=read_map("ddp-stays")))
    assert (found["case"], found["agency"]) == ("made-up-aa1", "MADE UP JAIL")
    assert (found["custody_passed_to_ice"], found["released"]) == (at("2025-03-01 10:00"), at("2025-03-04 11:00"))


def test_a_stay_that_may_be_under_a_paid_contract_is_no_finding(tmp_path: Path) -> None:
    """The Deportation Data Project's stays do not say which places are paid for: two weeks there accuse nobody."""
    file = tmp_path / "stays.csv"
    file.write_text(
        "book_in_date_time,detention_facility,detention_book_out_date_time,unique_identifier,stay_ID\n"
        "2025-03-19 09:00:00,MADE UP CENTER,2025-04-02 11:00:00,synthetic1a,synthetic1a_2025\n"
        "2025-03-19 09:00:00,MADE UP CENTER,2025-03-20 11:00:00,synthetic2a,synthetic2a_2025\n",
        encoding="utf-8",
    )
    (long, short), done = audited(tmp_path, file, zone="America/New_York", map="ddp-stays", model="JEM")
    limits = {"over_limit", "exceeds_request", "exceeds_regulation", "exceeds_agreement"}
    assert not long["missed"] and limits <= {*named(long["open"])}
    assert not short["missed"] and not limits & {*named(short["open"])}
    assert not done.counts and any("paid detention contract" in note for note in done.notes)


def test_that_no_column_tells_of_a_contract_is_noted(tmp_path: Path) -> None:
    head = f"{HEAD},Custody Passed to ICE"
    row = f"{ROW},2025-03-02 09:00"
    for more, noted in (("", True), (",IGSA", False), (",Contract Began", False)):
        file = tmp_path / f"export{len(more)}.csv"
        file.write_text(f"{head}{more}\n{row}{',' if more else ''}\n", encoding="utf-8")
        _, done = audited(tmp_path, file, zone="America/Chicago")
        assert any("paid detention contract" in note for note in done.notes) == noted


def test_that_a_hold_is_counted_from_its_own_start_is_noted(tmp_path: Path) -> None:
    head, row = "Booking Number,State,Booked,Hold Start,Released", "synthetic-1,TX,2025-02-01 08:00,2025-02-02 09:00"
    for more, cell, noted in (("", "", True), (",Otherwise Releasable", ",2025-02-24 09:00", False)):
        file = tmp_path / f"export{len(more)}.csv"
        file.write_text(f"{head}{more}\n{row},2025-02-24 10:00{cell}\n", encoding="utf-8")
        _, done = audited(tmp_path, file, zone="America/Chicago")
        assert any("a hold is counted from hold_started" in note for note in done.notes) == noted


@pytest.mark.parametrize(("answer", "missed"), [("US Citizen", True), ("US Citizen?", False), ("?", False)])
def test_an_answer_in_doubt_is_no_answer(tmp_path: Path, answer: str, missed: bool) -> None:
    head = f"{HEAD},Hold Start,Status Answered,ICE Response"
    file = tmp_path / "export.csv"
    file.write_text(f"{head}\n{ROW},2025-03-02 09:00,2025-03-01 09:00,{answer}\n", encoding="utf-8")
    (found,), _ = audited(tmp_path, file, zone="America/Chicago")
    assert ("held_despite_answer" in named(found["missed"])) == missed
    assert ("held_despite_answer" in named(found["open"])) != missed
    assert bool({"unknown_status_outcome", "status_outcome_blank"} & {*problems_named(found["problems"])}) != missed


def test_an_event_in_doubt_is_a_problem_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    lines = ("booked,2025-06-01 08:00", "ICE DETAINER RECVD,2025-06-02 08:00", "BOND POSTED,2025-06-03 08:00",
             "ICE HOLD START,2025-06-03 08:00", "RELEASED?,2025-06-09 08:00")  # fmt: skip
    file.write_text("case,event,at\n" + "".join(f"synthetic-1,{line}\n" for line in lines), encoding="utf-8")
    (found,), done = audited(tmp_path, file, zone="America/Chicago")
    assert not found["missed"] and "over_limit" in named(found["open"])
    assert [(one.kind, one.row) for one in done.problems] == [("unknown_event", 5)]


def test_a_heading_of_two_lines_that_comes_again_is_no_row(tmp_path: Path) -> None:
    head = "Booking|State|Otherwise|Hold|Release\nNumber||Releasable|Start|Date/Time\n"
    rows = [f"synthetic-{place}|TX|06/13/2025 10:00|06/13/2025 10:00|06/14/2025 10:00\n" for place in (1, 2)]
    text = f"Made-up County||||\n{head}{rows[0]}Page 1 of 2||||\n{head}{rows[1]}Page 2 of 2||||\n"
    assert [row["case"] for row in rows_of(tmp_path, text)] == ["synthetic-1", "synthetic-2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("columns: {flown: X}", "flown: expected a field"),
        ("columns: {case: A}\nunknown: [flown]", "unknown: flown: expected one of"),
        ("columns: {case: A, released: A}", "is read as case and as released"),
        ("columns: {case: A}\ndates: month first", "dates: expected month-first or day-first"),
        ("columns: {case: A}\nsurprise: 1", "surprise: expected one of"),
        ("- 1", "expected `columns:`"),
        ("columns: [", "expected YAML"),
        (None, "cannot be read"),
    ],
)
def test_a_map_that_is_not_understood_is_refused(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "jail.yml"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        read_map(str(file))


# -- what names a person ---------------------------------------------------------------------------------------


def test_all_refusals_come_in_one_message(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        "Booking Number,Last Name,DOB,Remark,Booked\nmade-up-1,Roe,1/2/1984,held for A123456789,2025-02-27 13:05\n",
        encoding="utf-8",
    )
    with pytest.raises(Refused) as refused:
        open_source(file)
    said = str(refused.value)
    assert all(f"drop={head!r}" in said for head in ("Last Name", "DOB", "Remark"))
    assert "released or ice_took_person" in said
    assert "Roe" not in said and "A123456789" not in said


@pytest.mark.parametrize("case", ["ROE, JANE", "Jane Roe", "JANE ROE", "A 123 456 789", "25 Roe, Jane", "123-45-6789"])
def test_a_case_number_that_names_someone_is_refused_wherever_it_stands(tmp_path: Path, case: str) -> None:
    rows = [ROW.replace("made-up-1", f"made-up-{place}") for place in range(1100)]
    with pytest.raises(Refused, match="Booking Number") as refused:
        rows_of(tmp_path, "\n".join((HEAD, *rows, ROW.replace("made-up-1", f'"{case}"'))))
    assert case not in str(refused.value)


@pytest.mark.parametrize("remark", ["spoke to Roe, Jane today", "see A-123-456-789", "ssn 123-45-6789", "A12345678"])
def test_a_remark_that_names_someone_is_refused(tmp_path: Path, remark: str) -> None:
    with pytest.raises(Refused, match="Remark"):
        rows_of(tmp_path, f'{HEAD},Remark\n{ROW},"{remark}"\n')


def test_no_person_reaches_a_problem(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW.replace('2025-02-27 13:05', 'see Jane Q. Roe A123456789')}\n"
    file = tmp_path / "export.csv"
    file.write_text(text, encoding="utf-8")
    _, (met,), _ = staged(file)
    assert met.kind == "unreadable_time"
    assert "Roe" not in str(met) and "A123" not in str(met)


def test_a_file_without_a_heading_does_not_show_its_values(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        rows_of(tmp_path, '"Roe, Jane",A123456789,x\n"Roe, John",A123456788,y\n')
    assert "Roe" not in str(refused.value) and "A123" not in str(refused.value)
