"""Bad files among good ones: a clear problem for each, nothing lost, and the good lists built."""

import errno
import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from bad_files import BAD, GOOD, OLE, sheet
from ledger287.core.problem import Refused
from ledger287.ledger.build.building import build, fold_in
from ledger287.ledger.store.folder import open_record
from ledger287.ledger.store.tables import BY_NAME
from ledger287.sources.ice_lists.printed import read_list
from ledger287.sources.ice_lists.reading import read_lists
from ledger287.sources.ice_lists.workbooks.package import limits
from making import PARTICIPATING, list_name, made_up_rows, standing, three_lists, workbook_bytes

BAD_NAME = "participatingAgencies05022025am.xlsx"
SECONDS_TO_REFUSE = 20
MEGABYTES_TO_REFUSE = 700
"""For the entire process; the cell reader and polars alone take about 150."""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    return three_lists(tmp_path / "lists")


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_set_aside_with_its_reason(name: str) -> None:
    make, kind, place = BAD[name]
    data = make()
    found = read_list(BAD_NAME, data)
    assert found.failed and found.failed.startswith(f"{kind}: " if kind != "unknown_sheet" else "unknown_layout: ")
    assert (found.rows, found.prints, found.kind, found.columns) == ([], [], None, {})
    assert (found.bytes, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    (problem,) = found.problems
    assert (problem.kind, problem.file, problem.sha256) == (kind, BAD_NAME, found.sha256)
    told = (problem.sheet, problem.row, problem.column)
    assert all(found == expected for found, expected in zip(told, place, strict=True) if expected is not None)
    assert problem.expected and problem.found and problem.remedy and len(str(problem)) < 500


MEASURE = r"""
import re, sys, time
from pathlib import Path
from ledger287.sources.ice_lists.printed import read_list
data = Path(sys.argv[1]).read_bytes()
begun = time.process_time()
found = read_list("a.xlsx", data)
# Of this program alone: the kernel's ru_maxrss would count what the test's own process held before it became this one.
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print((found.failed or "read")[:9], len(found.rows), round(time.process_time() - begun, 1), peak)
"""


def measured(data: bytes, folder: Path) -> tuple[str, int, float, int]:
    """Read in its own process: what came of it, rows, seconds of the processor, and the most megabytes it took."""
    (folder / "a.xlsx").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder / "a.xlsx")], capture_output=True, text=True, check=True
    )
    failed, rows, seconds, megabytes = done.stdout.split()
    return failed, int(rows), float(seconds), int(megabytes)


@pytest.mark.parametrize("name", ["a zip bomb", "a zip bomb that lies", "a million rows", "links everywhere"])
def test_what_is_too_large_is_refused_in_seconds_and_in_little_memory(name: str, tmp_path: Path) -> None:
    failed, _, seconds, megabytes = measured(BAD[name][0](), tmp_path)
    assert failed == "too_large"
    assert seconds < SECONDS_TO_REFUSE and megabytes < MEGABYTES_TO_REFUSE


def test_a_million_rows_that_are_only_formatted_are_read_as_the_list_they_are(tmp_path: Path) -> None:
    data = sheet(*(f'<row r="{n}" spans="1:8"/>' for n in range(3, 1_000_003)))
    failed, rows, seconds, megabytes = measured(data, tmp_path)
    assert (failed, rows) == ("read", 1)
    assert seconds < SECONDS_TO_REFUSE and megabytes < MEGABYTES_TO_REFUSE


def test_a_file_that_is_cut_anywhere_is_a_truncated_one() -> None:
    for cut in range(4, len(GOOD) - 1, 97):
        found = read_list(BAD_NAME, GOOD[:cut])
        assert found.failed and found.failed.startswith("truncated: "), cut


# Builds: bad files among good ones.


def test_good_lists_are_built_beside_every_kind_of_bad_one(lists: Path, tmp_path: Path) -> None:
    alone = build([lists], tmp_path / "alone")
    assert (alone.accepted, alone.agreements, alone.problems) == (3, 23, ())
    names = {f"participatingAgencies0502{2026 + number}am.xlsx": name for number, name in enumerate(BAD)}
    for file, name in names.items():
        (lists / file).write_bytes(BAD[name][0]())
    (lists / "notes.txt").write_text("made up")
    summary = build([lists], tmp_path / "out")
    assert (summary.read, summary.accepted, summary.other_files) == (3 + len(BAD), 3, 1)
    assert {aside.file: aside.rule for aside in summary.set_aside} == {
        file: BAD[name][1].replace("unknown_sheet", "unknown_layout") for file, name in names.items()
    }
    assert {(p.file, p.kind) for p in summary.problems} == {(file, BAD[name][1]) for file, name in names.items()}
    one, other = open_record(tmp_path / "alone"), open_record(tmp_path / "out")
    for table in ("agencies", "agreements", "changes", "prints", "rows"):
        assert one.read(table).equals(other.read(table)), table
    kept = other.read("lists").filter(pl.col("accepted").not_())
    assert set(kept["file"]) == set(names) and kept["sha256"].null_count() == 0
    problems = {row["file"]: row for row in other.read("problems").iter_rows(named=True)}
    far = problems[next(file for file, name in names.items() if name == "a cell far away")]
    assert (far["sheet"], far["row"], far["column"]) == ("S", 1_048_576, "XFD")


def test_a_model_that_is_unknown_is_kept_as_a_row_and_counted_as_no_agreement(lists: Path, tmp_path: Path) -> None:
    rows = made_up_rows(24)
    rows[23][4] = "Harbor Task Force Model"
    (lists / list_name(date(2025, 5, 7))).write_bytes(workbook_bytes(rows))
    summary = build([lists], tmp_path / "out")
    assert (summary.accepted, summary.agreements) == (4, 23)
    (problem,) = summary.problems
    assert (problem.kind, problem.sheet, problem.row, problem.column) == ("unknown_model", "287(g) Agreements", 25, "E")
    prints = open_record(tmp_path / "out").read("prints")
    assert "Harbor Task Force Model" in prints["model_printed"].to_list()


def test_cells_that_are_odd_are_problems_of_lists_that_are_accepted(lists: Path, tmp_path: Path) -> None:
    rows = [[*row, None] for row in made_up_rows(24)]
    rows[3][8] = "a made-up note"
    rows.insert(10, [*PARTICIPATING, None])
    (lists / list_name(date(2025, 5, 7))).write_bytes(workbook_bytes(rows, [*PARTICIPATING, None], at="C5"))
    summary = build([lists], tmp_path / "out")
    assert (summary.accepted, summary.agreements) == (4, 24)
    assert [(p.kind, p.row, p.column) for p in sorted(summary.problems, key=lambda p: p.row or 0)] == [
        ("unknown_column", 9, "K"),
        ("second_heading", 16, "C"),
    ]


def test_folding_in_what_is_odd_or_bad_equals_building_it(lists: Path, tmp_path: Path) -> None:
    """What reading met is kept in the record, so that a later list can be folded in without the files."""
    rows = [[*row, None] for row in made_up_rows(24)]
    rows[3][8] = "a made-up note"
    rows.insert(10, [*PARTICIPATING, None])
    links = {"B3": "https://example.org/stray", "A30": "https://example.org/nowhere"}
    odd = workbook_bytes(rows, at="A1", merges=["D3:D4"], links=links, more={"Notes": [["made up"]]})
    (lists / list_name(date(2025, 5, 6))).write_bytes(odd)
    for number, (make, _, _) in enumerate(BAD.values()):
        (lists / f"participatingAgencies0502{2026 + number}am.xlsx").write_bytes(make())
    build([lists], tmp_path / "first")
    last = lists / list_name(date(2025, 5, 9))
    last.write_bytes(workbook_bytes(made_up_rows(25)))
    fold_in(read_lists([last]), tmp_path / "first")
    build([lists], tmp_path / "whole")
    folded, built = open_record(tmp_path / "first"), open_record(tmp_path / "whole")
    for table in BY_NAME:
        assert folded.read(table).equals(built.read(table)), table


def test_bad_files_alone_write_no_record_and_leave_the_old_one(lists: Path, tmp_path: Path) -> None:
    build([lists], tmp_path / "out")
    before = standing(tmp_path / "out")
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / BAD_NAME).write_bytes(OLE)
    for out in ("out", "new"):
        with pytest.raises(Refused, match=r"no list could be accepted.*encrypted"):
            build([bad], tmp_path / out)
    assert standing(tmp_path / "out") == before and not (tmp_path / "new").exists()


def test_a_folder_with_nothing_in_it_is_refused_and_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no workbook found \(0 other files\).*\.xlsx"):
        build([tmp_path], tmp_path / "out")
    (tmp_path / "a.csv").write_text("made up")
    (tmp_path / "~$open.xlsx").write_text("made up")
    with pytest.raises(Refused, match=r"1 other files"):
        build([tmp_path], tmp_path / "out")
    with pytest.raises(Refused, match="no such folder"):
        build([tmp_path / "gone"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_files_that_cannot_be_opened_are_problems(lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lists / "participatingAgencies05062025am.xlsx").symlink_to(tmp_path / "gone")
    denied = lists / "participatingAgencies05072025am.xlsx"
    denied.write_bytes(GOOD)
    os.mkfifo(lists / "participatingAgencies05082025am.xlsx")
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == denied:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    summary = build([lists], tmp_path / "out")
    assert summary.accepted == 3
    assert {(p.kind, p.file, p.found) for p in summary.problems} == {
        ("not_a_workbook", "participatingAgencies05062025am.xlsx", "No such file or directory"),
        ("not_a_workbook", "participatingAgencies05072025am.xlsx", "Permission denied"),
    }


def test_a_folder_that_cannot_be_searched_is_refused(
    lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = lists / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(path: Path | str) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(closed))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(Refused, match=r"closed: this folder could not be searched \(Permission denied\)"):
        build([lists], tmp_path / "out")


def test_a_file_larger_than_any_list_is_not_loaded_and_still_named_by_its_hash(lists: Path, tmp_path: Path) -> None:
    large = lists / BAD_NAME
    with large.open("wb") as file:
        file.truncate(limits()["file"]["bytes"] + 1)
    summary = build([lists], tmp_path / "out")
    (problem,) = summary.problems
    assert (problem.kind, problem.file) == ("too_large", BAD_NAME)
    assert problem.sha256 == hashlib.sha256(large.read_bytes()).hexdigest()


def test_a_name_that_is_no_text_is_read_under_one_that_is(lists: Path, tmp_path: Path) -> None:
    (lists / list_name(date(2025, 5, 5))).rename(lists / os.fsdecode(b"\xff05052025am.xlsx"))
    summary = build([lists], tmp_path / "out")
    assert (summary.accepted, summary.problems) == (3, ())
    assert "\ufffd05052025am.xlsx" in open_record(tmp_path / "out").read("lists")["file"].to_list()


# The command line.


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ledger287.cli.main", *words], capture_output=True, text=True, check=False
    )


def test_exit_codes_of_a_build(lists: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert command("build", str(lists), "--out", out).returncode == 0
    (lists / BAD_NAME).write_bytes(BAD["encrypted"][0]())
    done = command("build", str(lists), "--out", out)
    assert done.returncode == 1 and BAD_NAME in done.stdout and "encrypted" in done.stdout
    (tmp_path / "empty").mkdir()
    done = command("build", str(tmp_path / "empty"), "--out", out)
    assert done.returncode == 2 and "no workbook found" in done.stderr and "Traceback" not in done.stderr
    assert open_record(tmp_path / "out").read("lists").height == 4
