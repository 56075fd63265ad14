"""What an audit does with files: bad cells, bad files, personal data, and the report that is complete or absent."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import fastexcel  # noqa: F401  (a workbook is read below)
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from typer.testing import CliRunner

from commands import Done, run_command
from ledger287.api import open as open_record
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.engines.duck import DuckEngine
from ledger287.custody.intake.opening import opened_files
from ledger287.custody.intake.opening.opened_files import open_source
from ledger287.custody.intake.staged import staging
from ledger287.custody.intake.times.values import quoted, read_time, shown
from ledger287.custody.relations.wording import every_word
from ledger287.custody.report.report import write_report
from ledger287.custody.report.tables.summary import Summary
from ledger287.custody.testing.simulate import write

HEAD = "case,agency,state,detainer_form,detainer_received,charges_cleared,hold_started,ice_took_person,released,booked"
GOOD = (
    "made-up-1,Made-up Jail,TX,I-247A,2025-08-10 10:00,2025-08-12 10:00,2025-08-12 10:00,2025-08-13 10:00,,"
    "2025-08-01 10:00"
)


def audited(tmp_path: Path, text: str, **asked: object) -> tuple[Summary, list[tuple[object, ...]]]:
    """The summary of an audit of a CSV, and its problems: kind, row, column, case, found."""
    file, out = tmp_path / "cases.csv", tmp_path / "out"
    file.write_text(text, encoding="utf-8")
    options = {"zone": "America/Chicago", "threads": 2, **asked}
    found = in_one_step(out, lambda work: write_report(run([file], work, Options(**options)), work))  # type: ignore[arg-type]
    rows = duckdb.execute(
        'select kind, row, "column", "case", found from read_parquet(?) order by all', [str(out / "problems.parquet")]
    ).fetchall()
    return found, rows


def lines(*rows: str) -> str:
    return "\n".join((HEAD, *rows)) + "\n"


def row(**changes: str) -> str:
    cells = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | changes
    return ",".join(cells.values())


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    found, problems = audited(tmp_path, lines(GOOD))
    assert (found.cases, found.held, problems) == (1, 1, [])


BAD = (
    ("unreadable_time", "ice_took_person", {"ice_took_person": "soon"}),
    ("unreadable_time", "ice_took_person", {"ice_took_person": "2025-08-13"}),
    ("unreadable_time", "booked", {"booked": "13/45/2025 10:00"}),
    ("ice_took_person_before_booked", "ice_took_person", {"booked": "2025-08-14 10:00"}),
    ("released_before_booked", "released", {"released": "2025-07-01 10:00"}),
    ("unknown_detainer_form", "detainer_form", {"detainer_form": "I-999"}),
    ("unknown_state", "state", {"state": "Atlantis"}),
    ("time_never_shown", "booked", {"booked": "2025-03-09 02:30"}),
    ("time_shown_twice", "released", {"released": "2025-11-02 01:30"}),
    ("no_case", "case", {"case": ""}),
    ("year_out_of_place", "ice_took_person", {"ice_took_person": "2027-08-13 10:00"}),
    ("form_out_of_use", "detainer_form", {"detainer_form": "I-247G", "detainer_received": "2020-01-01 10:00"}),
)


def test_each_bad_cell_is_told_and_the_rest_is_audited(tmp_path: Path) -> None:
    """One file with a bad cell in each row but the first: each has its problem, by row and column."""
    bad = [row(**{"case": f"made-up-{place}", **changes}) for place, (_, _, changes) in enumerate(BAD, 2)]
    found, problems = audited(tmp_path, lines(GOOD, *bad))
    for place, (kind, column, _) in enumerate(BAD, 2):
        mine = [problem for problem in problems if problem[1] == place]
        assert (kind, place, column) in [problem[:3] for problem in mine], (kind, mine)
        if kind == "unreadable_time":
            assert len(mine) == 1
    assert not [problem for problem in problems if problem[1] == 1]
    assert found.cases == len(BAD)


def test_time_after_the_last_check_of_the_law_is_counted_and_is_no_problem_of_a_case(tmp_path: Path) -> None:
    later = row(**{"case": "made-up-2"}).replace("2025-", "2027-")
    found, problems = audited(tmp_path, lines(GOOD, later))
    assert (found.cases, found.held, found.outside_checked_span, problems) == (2, 2, 1, [])
    assert found.span_says is not None and found.span_says.startswith("1 case is outside the checked span.")


def test_a_time_that_is_no_time_leaves_what_rests_on_it_open(tmp_path: Path) -> None:
    found, _ = audited(tmp_path, lines(row(ice_took_person="soon")))
    assert {one.duty for one in found.duties if one.cannot_tell} >= {"over_limit", "exceeds_request"}
    assert all(one.missed == 0 for one in found.duties if one.duty == "over_limit")


def test_a_year_typed_wrong_is_reported_at_its_own_cell_and_a_zone_of_another_state_is_pointed_out(
    tmp_path: Path,
) -> None:
    """Three cases with one wrong year each, in three columns; a fourth whose end is only a day too early."""
    wrong = {"charges_cleared": "2026-08-12 10:00", "hold_started": "2024-08-12 10:00", "released": "2024-08-13 10:00"}
    rows = [
        row(**{"case": f"made-up-{place}", "released": "2025-08-13 10:00", "ice_took_person": "", event: at})
        for place, (event, at) in enumerate(wrong.items(), 1)
    ]
    rows.append(row(case="made-up-4", released="2025-08-11 10:00", ice_took_person=""))
    rows.append(row(case="made-up-5", state="FL"))
    rows.append(row(case="made-up-6", state="CO"))
    found, problems = audited(tmp_path, lines(*rows))
    columns = {place: {one[2] for one in problems if one[1] == place} for place in range(1, 6)}
    assert columns == {1: {"charges_cleared"}, 2: {"hold_started"}, 3: {"released"}, 4: {"released"}, 5: set()}
    said = {one[1]: one[4] for one in problems if one[0] in ("left_before_hold", "released_before_booked")}
    assert "about a year from the other times" in str(said[3]) and said[4] == "one before it"
    assert [one[1:] for one in problems if one[0] == "zone_of_another_state"] == [
        (6, "zone", None, "America/Chicago in 1 case of CO")
    ]
    assert found.problems["zone_of_another_state"] == 1


def test_a_case_in_two_rows_is_left_out_and_told(tmp_path: Path) -> None:
    found, problems = audited(tmp_path, lines(GOOD, row(case="made-up-2"), row(case="made-up-2", state="FL")))
    assert [(problem[0], problem[1], problem[3]) for problem in problems] == [
        ("duplicate_case", 2, "made-up-2"),
        ("duplicate_case", 3, "made-up-2"),
    ]
    assert found.cases == 1


def test_times_without_a_zone_are_refused_until_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="zone=America/Chicago"):
        audited(tmp_path, lines(GOOD), zone=None)
    assert not (tmp_path / "out").exists()


def test_a_row_without_a_zone_is_told_where_others_have_one(tmp_path: Path) -> None:
    text = HEAD + ",zone\n" + GOOD + ",America/Chicago\n" + row(case="made-up-2") + ",\n"
    found, problems = audited(tmp_path, text, zone=None)
    assert {problem[:2] for problem in problems} == {("no_zone", 2)}
    assert found.cases == 2


def test_an_unknown_event_is_left_out_and_told(tmp_path: Path) -> None:
    text = "case,event,at\nmade-up-1,charges cleared,2025-08-12 10:00\nmade-up-1,teleported,2025-08-12 11:00\n"
    found, problems = audited(tmp_path, text)
    assert [(problem[0], problem[1], problem[4]) for problem in problems] == [("unknown_event", 2, "'xxxxxxxxxx'")]
    assert found.cases == 1


def test_repeated_and_contradictory_events_are_told(tmp_path: Path) -> None:
    text = (
        "case,event,at\nmade-up-1,hold_started,2025-08-12 10:00\nmade-up-1,released,2025-08-13 10:00\n"
        "made-up-1,released,2025-08-20 10:00\n"
        "made-up-2,released,2025-08-13 10:00\nmade-up-2,released,2025-08-13 10:00\n"
    )
    found, problems = audited(tmp_path, text)
    assert {(problem[0], problem[3]) for problem in problems} == {
        ("contradictory_event", "made-up-1"),
        ("repeated_event", "made-up-2"),
    }
    assert [one.cannot_tell for one in found.duties if one.duty == "over_limit"] == [1]


def test_an_agency_that_is_not_in_the_record_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    known = "Collier County Sheriff's Office"
    file.write_text(lines(row(agency=known, state="FL"), row(case="made-up-2", state="FL")), encoding="utf-8")
    done = run(
        [file],
        _empty(tmp_path / "work"),
        Options(zone="America/New_York", threads=2),
        open_record(today=lambda: date(2026, 6, 1)),
    )
    rows = duckdb.execute(
        'select "case", models, problems <> 0 from read_parquet(?) order by 1', [str(done.cases)]
    ).fetchall()
    assert rows[1] == ("made-up-2", "unknown", True)
    assert rows[0][2] is False
    assert set(rows[0][1].split("; ")) & {"JEM", "WSO", "TFM"}


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


# -- personal data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    ["Last Name", "DOB", "Date of Birth", "Nationality", "A-Number", "Alien No", "Country of Citizenship", "Race"],
)
def test_a_column_with_a_personal_heading_is_refused(tmp_path: Path, heading: str) -> None:
    text = HEAD + f",{heading}\n" + GOOD + ",x\n"
    with pytest.raises(Refused, match="drop="):
        audited(tmp_path, text)
    assert "case" in open_source(tmp_path / "cases.csv", (heading,)).fields


@pytest.mark.parametrize(
    "value",
    [
        "A123456789",
        "A 123-456-789",
        "a12345678",
        "123-45-6789",
        "1984-05-17",
        "05/17/1984",
        "Doe, Jane",
        "Jane Doe",
        "Jane Q. Doe",
    ],
)
def test_a_column_with_personal_values_is_refused(tmp_path: Path, value: str) -> None:
    text = HEAD + ",remark\n" + GOOD + f',"{value}"\n'
    with pytest.raises(Refused, match="remark"):
        audited(tmp_path, text)
    assert open_source(tmp_path / "cases.csv", ("remark",)).problems == ()


@pytest.mark.parametrize(
    "value",
    ["A123456789", "a 123 456 789", "123-45-6789", "Doe, Jane", "DOE-JANE", "Doe_Jane", "doe, jane", "DOE JANE Q"],
)
def test_a_case_number_that_names_a_person_is_refused(tmp_path: Path, value: str) -> None:
    """Also past the first rows, and also in Parquet, where nobody reads row by row."""
    rows = [row(case=f"made-up-{place}") for place in range(1500)]
    with pytest.raises(Refused, match="case"):
        audited(tmp_path, lines(*rows, '"' + value + '"' + GOOD.removeprefix("made-up-1")))


def test_an_a_number_deep_in_parquet_stops_the_audit(tmp_path: Path) -> None:
    file, bad, out = tmp_path / "made.parquet", tmp_path / "bad.parquet", tmp_path / "out"
    write(file, 3000, seed=1)
    other = "case when \"case\" = 'synthetic-000002500' then 'A123456789' else \"case\" end"
    duckdb.execute(f"copy (select * replace ({other} as \"case\") from '{file}') to '{bad}' (format parquet)")
    with pytest.raises(Refused, match="A-number"):
        in_one_step(out, lambda work: write_report(run([bad], work, Options(threads=2)), work))
    assert not out.exists()
    assert not list(tmp_path.glob(".out*"))


def test_an_unknown_column_is_told_and_not_read(tmp_path: Path) -> None:
    found, problems = audited(tmp_path, HEAD + ",cell block\n" + GOOD + ",B7\n")
    assert [(problem[0], problem[2]) for problem in problems] == [("unknown_column", "cell block")]
    assert found.cases == 1


# -- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"PAR1 cut off", "cut off"),
        (b"%PDF-1.7 something", "another kind of file"),
        (b"PK\x03\x04 no workbook", "workbook cannot be read"),
        (b"{not json", "not JSON"),
        (b"color,size\nred,1\n", "expected a line of headings"),
        (b"color,size,case type\nred,1,2\n", "none of its headings"),
        (HEAD.encode() + b"\n", "found"),
        (b"case,released\n1,2025-01-01 10:00\n", "expected a column of charges_cleared"),
        (b"case,caf\xe9,released,hold_started\n", "only a heading"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, expected: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(Refused, match=expected):
        run([file], _empty(tmp_path / "work"), Options(zone="America/Chicago"))


def test_a_truncated_parquet_leaves_no_half_report(tmp_path: Path) -> None:
    file, out = tmp_path / "made.parquet", tmp_path / "out"
    write(file, 2000, seed=1)
    whole = file.read_bytes()
    broken = tmp_path / "broken.parquet"
    for content in (whole[: len(whole) // 2], whole[:40] + bytes(200) + whole[240:]):
        broken.write_bytes(content)
        with pytest.raises(Refused):
            in_one_step(out, lambda work: write_report(run([broken], work, Options(threads=2)), work))
        assert not out.exists()
        assert not list(tmp_path.glob(".out*"))


def test_an_interrupted_audit_leaves_the_earlier_report(tmp_path: Path) -> None:
    audited(tmp_path, lines(GOOD))
    before = (tmp_path / "out" / "audit.json").read_bytes()

    def stopped(work: Path) -> None:
        (work / "cases.parquet").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_one_step(tmp_path / "out", stopped)
    assert (tmp_path / "out" / "audit.json").read_bytes() == before
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_an_audit_that_is_stopped_or_killed_leaves_no_half_report(tmp_path: Path) -> None:
    """A real process, stopped while it works: by Ctrl-C, by a scheduler, and with no chance to clear away."""
    file, out = tmp_path / "made.parquet", tmp_path / "out"
    write(file, 300_000, seed=3)
    ask = [sys.executable, "-m", "ledger287.cli.main", "custody", "audit", str(file), "--out", str(out)]
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        process = subprocess.Popen(ask, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while process.poll() is None and not list(tmp_path.glob(".out-*/cases.parquet")):
            time.sleep(0.01)
        process.send_signal(stop)
        _, told = process.communicate()
        assert process.returncode != 0
        assert b"Traceback" not in told
        assert not out.exists()
        assert len(list(tmp_path.glob(".out*"))) == (1 if stop == signal.SIGKILL else 0)
    file.unlink()
    audited(tmp_path, lines(GOOD))
    assert (out / "audit.json").exists()
    assert not list(tmp_path.glob(".out*"))


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    with pytest.raises(Refused, match="something else"):
        audited(tmp_path, lines(GOOD))
    assert (tmp_path / "out" / "mine.txt").exists()


def test_a_workbook_reads_as_the_csv_does(tmp_path: Path) -> None:
    file = tmp_path / "cases.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    for place, cells in enumerate((HEAD, GOOD)):
        sheet.write_row(place, 0, cells.split(","))
    book.close()
    assert open_source(file).kind == "workbook"
    done = run([file], _empty(tmp_path / "work"), Options(zone="America/Chicago", threads=2))
    assert duckdb.execute("select hold from read_parquet(?)", [str(done.cases)]).fetchall() == [("held for ICE",)]


def test_the_report_has_every_form(tmp_path: Path) -> None:
    out = tmp_path / "out"
    audited(tmp_path, lines(GOOD, row(case="made-up-2", ice_took_person="2025-08-18 10:00")))
    names = {path.name for path in out.iterdir()}
    assert names >= {"report.html", "audit.json", "summary.csv", "summary.json", "summary.parquet", "findings.csv",
                     "findings.parquet", "cases.parquet", "problems.csv", "problems.parquet"}  # fmt: skip
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "not legal advice" in page
    assert page.count("<svg") >= 3
    rows = json.loads((out / "cases.json").read_text(encoding="utf-8"))
    assert [one["missed"].split("; ")[0] for one in rows] == ["", "over_limit"]
    assert [one["governing"] for one in rows] == ["the form's request"] * 2
    assert all(one["flat_end"] and one["regulation_end"] for one in rows)
    assert (out / "cases.csv").read_text(encoding="utf-8").count("\n") == 3
    assert len(json.loads((out / "findings.json").read_text(encoding="utf-8"))) >= 2
    told = json.loads((out / "audit.json").read_text(encoding="utf-8"))
    over = next(one for one in told["duties"] if one["duty"] == "over_limit")
    assert (over["missed"], over["longest_hours"]) == (1, 96.0)
    row_ = duckdb.execute(
        "select rule, citation, rests_on from read_csv(?) where duty = 'over_limit'",
        [str(out / "findings.csv")],
    ).fetchone()
    assert row_ is not None
    assert row_[0] == "form-i-247a"
    assert row_[1]
    assert "charges_cleared" in row_[2]
    assert {one["duty"] for one in told["not_audited"]} >= {"no_warrant", "not_served"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-08-12 10:00", (1754992800, True)),
        ("2025-08-12T10:00:30.75", (1754992830, True)),
        ("2025-08-12T10:00:00-05:00", (1755010800, False)),
        ("2025-08-12T10:00Z", (1754992800, False)),
        ("8/13/2025 10:00", (1755079200, True)),
        ("8/13/2025 10:00 PM", (1755122400, True)),
        ("08/13/2025 12:05:09 am", (1755043509, True)),
        ("8/13/2025 13:00 PM", None),
        ("13/8/2025 10:00", (1755079200, True)),
        ("13/13/2025 10:00", None),
        ("8/12/2025 10:00", None),
        ("2025-08-12", None),
        ("0001-01-01T00:00+10:00", None),
        ("9999-12-31T23:59-10:00", None),
        ("10:00", None),
        ("", None),
    ],
)
def test_times_as_people_write_them(text: str, expected: tuple[int, bool] | None) -> None:
    assert read_time(text) == expected


# -- the command -----------------------------------------------------------------------------------------------


def command(*words: str) -> Done:
    return run_command("custody", *words)


def test_the_clock_says_no_later_than_and_grants_nothing(tmp_path: Path) -> None:
    ics = tmp_path / "end.ics"
    about = ("--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--form", "I-247A", "--model", "JEM")
    done = command("clock", *about, "--claimed", "2025-07-03 11:00", "--ics", str(ics))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("No later than Sat, Jul 5, 2025, 10:00 CDT. ")
    assert "This grants no authority to hold." in done.stdout.splitlines()[0]
    text = ics.read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20250705T150000Z\r\n" in text
    assert "DTSTART:20250703T170000Z\r\n" in text
    assert "DTEND" not in text  # one moment: RFC 5545 asks that an end be later than its start
    assert len(set(re.findall("UID:(.*)", text))) == 2
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--left", "2025-07-06 10:00"), "left Sun, Jul 6, 2025, 10:00 CDT, 24 hours after this end."),
        (("--left", "2025-07-04 09:30"), "left Fri, Jul 4, 2025, 09:30 CDT, 24 hours and 30 minutes before this end."),
        (("--left", "2025-07-05 10:00"), "10:00 CDT, at this end."),
        (("--left", "2025-07-02 10:00"), "not later than when otherwise releasable: there was no hold."),
        (("--state", "IL"), "no hold on a civil detainer (Illinois TRUST Act"),
        (("--state", "IL"), "no later than Thu, Jul 3, 2025, 10:00 CDT, when the person was otherwise releasable."),
    ],
)
def test_the_clock_says_when_the_person_left_and_that_a_state_bars_the_hold(more: tuple[str, ...], said: str) -> None:
    about = ("--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--form", "I-247A")
    assert said in command("clock", *about, *more).stdout
    answer = json.loads(command("clock", *about, *more, "--json").stdout)
    assert said in f"{answer['says']} {answer['left_says']}"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ((), "the form is not named; the default clock is used"),
        (("--form", "I-247D"), "how long this form requests is not known; the default clock is used"),
        (("--form", "I-247A"), "the form's own clock"),
    ],
)
def test_the_clock_of_the_request_says_whether_a_form_was_named(form: tuple[str, ...], said: str) -> None:
    about = ("--releasable", "2016-01-04 10:00", "--zone", "America/Chicago", "--state", "TX")
    clocks = json.loads(command("clock", *about, *form, "--json").stdout)["clocks"]
    assert [one["note"] for one in clocks if one["clock"] == "the form's request"] == [said]


def test_hours_past_the_end_are_a_number_and_times_that_contradict_one_another_are_named() -> None:
    about = ("--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--received", "2025-07-01 10:00")
    for left, hours in (("2025-07-06 10:30", 24.5), ("2025-07-05 09:00", -1.0)):
        answer = json.loads(command("clock", *about, "--left", left, "--json").stdout)
        assert answer["hours_past_end"] == hours and answer["left"].startswith(left.replace(" ", "T"))
    done = command("clock", *about, "--left", "2025-07-02 10:00")
    assert done.returncode == 2
    assert "the times contradict one another" in done.stderr and "--left" in done.stderr


def test_a_column_to_drop_that_no_file_has_is_refused_with_the_columns_there_are(tmp_path: Path) -> None:
    file, roster = tmp_path / "cases.csv", tmp_path / "roster.csv"
    file.write_text(HEAD + ",cell\u00a0block\n" + GOOD + ",B7\n", encoding="utf-8")
    roster.write_text("officer id,agency,model,badge color\nsynthetic-7,Made-up Jail,WSO,red\n", encoding="utf-8")
    about = ("audit", str(file), "--zone", "America/Chicago", "--drop", "Cell Block")
    done = command(*about, "--drop", "cellblok", "--drop", "badge color")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--drop: expected a column of the files, found none named 'cellblok', 'badge color'." in done.stderr
    assert "'case', 'agency'" in done.stderr and "'cell block'" in done.stderr
    done = command(*about, "--drop", "badge color", "--roster", str(roster))
    assert "expected a column of the files" not in done.stderr and "no file has a column of officers" in done.stderr


def test_no_sign_that_cannot_be_seen_is_printed_as_a_code() -> None:
    assert [quoted(text) for text in ("8/1\u00a0 10:00\u200b", "\u00a0", "", "it's", "a\tb")] == [
        "'8/1 10:00'", "signs that cannot be seen", "''", '"it\'s"', "'a b'",
    ]  # fmt: skip
    assert shown("soon\u00a0") == "'soon'"


def test_the_clock_in_the_hour_that_clocks_show_twice() -> None:
    """48 hours are elapsed hours: over the change of November local clocks show an hour less."""
    done = command("clock", "--releasable", "2025-11-01 10:00", "--zone", "America/Chicago", "--form", "I-247A")
    assert "No later than Mon, Nov 3, 2025, 09:00 CST." in done.stdout
    for offset, end in (("-05:00", "00:30 CST"), ("-06:00", "01:30 CST")):
        done = command("clock", "--releasable", f"2025-11-02T01:30{offset}", "--zone", "America/Chicago")
        assert f"No later than Tue, Nov 4, 2025, {end}." in done.stdout


def test_the_clock_that_cannot_tell_says_what_would_settle_it() -> None:
    """The older form leaves out days, and without the jail's zone no day is known."""
    done = command("clock", "--releasable", "2025-07-03T10:00-05:00", "--form", "I-247")
    assert done.returncode == 0
    assert "Cannot tell when the hold must end." in done.stdout
    assert "time zone" in done.stdout


@pytest.mark.parametrize(
    ("time", "zone", "state", "problems", "said"),
    [
        ("2025-07-03 10:00", "America/Chicago", "CA", ["zone_of_another_state"], "not a time zone of the state CA"),
        ("2025-07-03 10:00", "America/Denver", "AZ", [], ""),  # the Navajo Nation keeps daylight saving time
        ("2025-07-03 10:00", "America/Los_Angeles", "AZ", [], ""),  # the same clocks as Phoenix in July
        ("2025-12-03 10:00", "America/Los_Angeles", "AZ", ["zone_of_another_state"], "Check the time zone"),
        ("2025-07-03 10:00", "America/Detroit", "GA", [], ""),  # another name, the same clocks
        ("2025-07-03 10:00", "America/Chicago", "FL", [], ""),  # the western counties
        ("2025-07-03 10:00", "Pacific/Guam", "GU", [], ""),
        ("2016-07-05 10:00", "America/Chicago", "IL", ["form_out_of_use"], "I-247A came into use on April 2, 2017"),
        ("1990-07-03T10:00-05:00", "America/Chicago", "IL", ["form_out_of_use"], "Times before January 1, 2000"),
    ],
)
def test_what_does_not_fit_in_the_question_is_pointed_out(
    time: str, zone: str, state: str, problems: list[str], said: str
) -> None:
    asked = ("clock", "--releasable", time, "--zone", zone, "--state", state, "--form", "I-247A")
    answer = json.loads(command(*asked, "--json").stdout)
    assert answer["problems"] == problems
    assert said in " ".join(answer["notes"])
    assert bool(answer["notes"]) == bool(said)
    assert answer["no_later_than"]


def test_a_year_whose_clocks_are_not_known_is_refused_with_what_to_type() -> None:
    for when in ("1990-07-03 10:00", "2099-07-03 10:00"):
        done = command("clock", "--releasable", when, "--zone", "America/Chicago")
        assert done.returncode == 2
        assert "are known here from January 1, 2000 to December 31, 2049; check the year, or give" in done.stderr


def test_deadlines_come_in_order_and_a_fault_is_named() -> None:
    done = command(
        "clock", "--releasable", "2025-07-03 10:00", "--zone", "America/Chicago", "--form", "I-247A", "--model", "JEM",
        "--received", "2025-07-01 10:00", "--claimed", "2025-07-03 11:00", "--complaint", "2025-07-03 09:00",
        "--left", "2025-07-06 10:00", "--json",
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert [one["duty"] for one in answer["deadlines"]] == ["notice_late_detainer", "claim_late", "complaint_late"]
    assert [one["due"][:16] for one in answer["deadlines"]] == [
        "2025-07-02T10:00", "2025-07-03T12:00", "2025-07-07T09:00",
    ]  # fmt: skip
    assert any(line.startswith("over_limit") for line in answer["missed"])


def test_exit_codes(tmp_path: Path) -> None:
    assert command("clock", "--releasable", "2025-11-02 01:30", "--zone", "America/Chicago").returncode == 2
    assert command("audit", str(tmp_path / "none.csv")).returncode == 2
    made = tmp_path / "made.csv"
    assert command("simulate", "--cases", "200", "--out", str(made)).returncode == 0
    done = command("audit", str(made), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["cases"] == 200
    made.write_text(made.read_text(encoding="utf-8").replace("I-247A", "I-999", 1), encoding="utf-8")
    assert command("audit", str(made)).returncode == 1


@pytest.mark.parametrize(
    "words", [("audit", "{file}"), ("map", "{file}"), ("clock", "--releasable", "2025-07-03T10:00Z")]
)
def test_a_fault_of_the_program_is_one_line_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """A fault that nobody foresaw, planted here, is exit code 3 with the place of the fault, and no trace."""
    from ledger287.custody.case import hold_law

    def broken(*_: object, **__: object) -> None:
        raise IndexError("list index out of range\nmore")

    monkeypatch.setattr(hold_law, "law", broken)
    monkeypatch.setattr(opened_files, "open_all", broken)
    monkeypatch.setattr("ledger287.custody.batch.run.open_all", broken)
    monkeypatch.setattr("ledger287.custody.intake.columns.proposing.propose", broken)
    file = tmp_path / "cases.csv"
    file.write_text(lines(GOOD), encoding="utf-8")
    done = command(*(word.format(file=file) for word in words))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1 and "IndexError" in done.stderr and "in ledger287." in done.stderr


@pytest.mark.parametrize(("state", "says"), [((), True), (("--state", "TX"), False)])
def test_an_audit_without_a_state_says_what_it_was_not_compared_with(
    tmp_path: Path, state: tuple[str, ...], says: bool
) -> None:
    file, out = tmp_path / "cases.csv", tmp_path / "out"
    file.write_text(
        "case,model,detainer_form,detainer_received,served_on_person,charges_cleared,hold_started,released\n"
        "synthetic,none,I-247A,2025-06-02 09:00,2025-06-02 10:00,2025-06-08 10:00,2025-06-08 10:00,2025-06-09 10:00\n",
        encoding="utf-8",
    )
    where = ("--zone", "America/Chicago", *state)
    result = CliRunner().invoke(app, ["custody", "audit", str(file), *where, "--out", str(out)])
    assert result.exit_code == 0, result.output
    shown = " ".join(result.output.split())
    assert "no finding in the duties that were audited" in shown
    written = [(out / name).read_text(encoding="utf-8") for name in ("report.html", "audit.json")]
    for text in (shown, *written):
        assert ("No state was named, in a column `state` or for all cases" in text) is says


def test_few_rows_are_read_as_many_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shorter way to read few rows gives what the way for many gives, with cells in every odd form."""
    text = lines(
        GOOD,
        row(case="made-up-2", released=" 2025-08-14 09:00 ", booked="n/a", charges_cleared="08/12/2025 1305"),
        row(case="made-up-3", released="NULL", booked="", charges_cleared="8/12/25 1:05 PM", ice_took_person="none"),
        row(case="made-up-4", released="45883.5", booked="08/12/2025", charges_cleared="no such time"),
    )
    found = []
    for few in (True, False):
        monkeypatch.setattr(staging, "FEW_BYTES", 50_000 if few else 0)
        (tmp_path / f"few-{few}").mkdir()
        _, problems = audited(tmp_path / f"few-{few}", text, dates="month-first")
        cases = pq.read_table(tmp_path / f"few-{few}" / "out" / "cases.parquet").drop_columns("file")
        found.append((problems, cases.sort_by("row").to_pylist()))
    assert found[0] == found[1]
    assert len(found[0][1]) == 4


def test_questions_of_few_rows_keep_their_kinds(tmp_path: Path) -> None:
    """A question that is planned once only has the answer of the other way, blanks and their kinds included."""
    answers = []
    for few in (True, False):
        engine = DuckEngine(tmp_path, 1, few=few)
        table = engine.memory("made", pa.table({"a": pa.array([1, None]), "b": pa.array([None, None], pa.string())}))
        every = table.aggregate(words=every_word(table.b), most=table.a.max())
        answers.append([engine.answer(one) for one in (table, table.filter(table.a > 5), every)])
        engine.close()
    assert answers[0] == answers[1]
