"""Bad files among good ones, full disks and stopped builds: a clear problem, nothing lost, nothing half-written."""

import errno
import hashlib
import os
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ledger287.foundation.problems import Refused
from ledger287.lists import reading
from ledger287.lists.package import limits
from ledger287.lists.printed import read_list
from ledger287.lists.reading import find_workbooks, read_lists
from ledger287.record import store
from ledger287.record.building import build, fold_in
from ledger287.record.store import open_record
from ledger287.record.tables import BY_NAME
from making import PARTICIPATING, list_name, made_up_rows, raw_workbook, workbook_bytes, zip_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = workbook_bytes(made_up_rows(20))
BAD_NAME = "participatingAgencies05022025am.xlsx"
SECONDS_TO_REFUSE = 20
MEGABYTES_TO_REFUSE = 700
"""Of a whole process; the cell reader and polars take some 150 by themselves."""


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str) -> bytes:
    """A list of one row from A1, and then these rows of XML."""
    heads = "".join(cell(f"{letter}1", text) for letter, text in zip("ABCDEFG", PARTICIPATING, strict=False))
    first = ("FLORIDA", "Made-up Brak Adda Police", "County", "Made-up", "Task Force Model", "2/3/2025", "link")
    row = "".join(cell(f"{letter}2", text) for letter, text in zip("ABCDEFG", first, strict=False))
    return raw_workbook({"S": f'<sheetData><row r="1">{heads}</row><row r="2">{row}</row>{"".join(rows)}</sheetData>'})


def packed_zip(name: str, packed: bytes, size: int) -> bytes:
    """A package of one deflated part that says it unpacks to ``size`` bytes."""
    said = (8, 0, 33, zlib.crc32(b"made up"), len(packed), size, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, *said) + name.encode() + packed
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, *said, 0, 0, 0, 0, 0) + name.encode()
    return local + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def bomb(said: int) -> bytes:
    """Three gigabytes of zeros in three megabytes; its headers say it holds ``said`` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return packed_zip("xl/workbook.xml", block * 3000 + b"\x03\x00", said)


def encrypted_zip() -> bytes:
    data = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


def million_rows() -> bytes:
    return sheet(*(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 1_000_003)))


def lying_texts() -> bytes:
    xml = '<sst uniqueCount="4000000000"><si><t>made up</t></si></sst>'
    return raw_workbook({"S": "<sheetData/>"}, parts={"xl/sharedStrings.xml": xml})


def linked_everywhere() -> bytes:
    links = "".join(f'<hyperlink ref="A{n}:ZZ90000" r:id="rId1"/>' for n in range(1, 50))
    far = '<row r="90000"><c r="A90000"><v>1</v></c></row>'
    return raw_workbook({"S": f"<sheetData>{far}</sheetData><hyperlinks>{links}</hyperlinks>"}, links={"rId1": "x"})


def strays() -> bytes:
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}"><v>1</v></c>' for letter in "JKLMNOPQRSTUVWXYZ") + "</row>"
        for n in range(3, 2003)
    )
    return sheet(rows)


Place = tuple[str | None, int | None, str | None]
NOWHERE: Place = (None, None, None)
BAD: dict[str, tuple[Callable[[], bytes], str, Place]] = {
    "empty": (lambda: b"", "not_a_workbook", NOWHERE),
    "a page": (lambda: b"\xef\xbb\xbf\n<!DOCTYPE html><html>Access denied</html>", "not_a_workbook", NOWHERE),
    "a text": (lambda: b"STATE,LAW ENFORCEMENT AGENCY\n", "not_a_workbook", NOWHERE),
    "another package": (lambda: zip_bytes({"word/document.xml": "<made-up/>"}), "not_a_workbook", NOWHERE),
    "an old workbook": (lambda: OLE + bytes(500) + "Workbook".encode("utf-16-le"), "not_a_workbook", NOWHERE),
    "encrypted": (lambda: OLE + bytes(500), "encrypted", NOWHERE),
    "encrypted, says so": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", NOWHERE),
    "encrypted package": (encrypted_zip, "encrypted", NOWHERE),
    "cut in half": (lambda: GOOD[: len(GOOD) // 2], "truncated", NOWHERE),
    "its last byte gone": (lambda: GOOD[:-1], "truncated", NOWHERE),
    "a part damaged": (lambda: GOOD[:200] + b"\x00" * 40 + GOOD[240:], "truncated", NOWHERE),
    "a zip bomb": (lambda: bomb(3000 * 2**20), "too_large", NOWHERE),
    "a zip bomb that lies": (lambda: bomb(1000), "too_large", NOWHERE),
    "many parts": (lambda: zip_bytes({f"{n}.xml": "" for n in range(2001)}), "too_large", NOWHERE),
    "a million rows": (million_rows, "too_large", ("S", 100_001, "A")),
    "a cell far away": (lambda: sheet('<row r="9"><c r="XFD1048576"><v>1</v></c></row>'), "too_large",
                        ("S", 1_048_576, "XFD")),
    "a cell far to the right": (lambda: sheet('<row r="999"><c r="XFD999"><v>1</v></c></row>'), "too_large",
                                ("S", 999, "XFD")),
    "a cell beyond every sheet": (lambda: sheet('<row r="9"><c r="A99999999999999999999"><v>1</v></c></row>'),
                                  "truncated", ("S", None, None)),
    "a prefixed cell far away": (lambda: sheet('<row r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></row>'), "too_large",
                                 ("S", 1_048_576, "XFD")),
    "texts that cannot be": (lying_texts, "truncated", NOWHERE),
    "links everywhere": (linked_everywhere, "too_large", ("S", None, "A")),
    "too many strays": (strays, "too_large", ("S", None, None)),
    "another encoding": (lambda: raw_workbook({"S": ""}, parts={"xl/worksheets/sheet1.xml": "<x/>".encode("utf-16")}),
                         "not_a_workbook", NOWHERE),
    "a document type": (lambda: raw_workbook({"S": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
                        "truncated", ("S", None, None)),
    "a sheet without a part": (lambda: raw_workbook({"S": ""}, parts={"xl/_rels/workbook.xml.rels": "<none/>"}),
                               "truncated", ("S", None, None)),
    "nothing in it": (lambda: workbook_bytes([], None), "no_rows", NOWHERE),
    "no list in it": (lambda: workbook_bytes([["made up", 1]], None, at="B4"), "unknown_sheet",
                      ("287(g) Agreements", 4, "B")),
}  # fmt: skip


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


MEASURE = """
import resource, sys, time
from pathlib import Path
from ledger287.lists.printed import read_list
data = Path(sys.argv[1]).read_bytes()
begun = time.monotonic()
found = read_list("a.xlsx", data)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print((found.failed or "read")[:9], len(found.rows), round(time.monotonic() - begun, 1), peak)
"""


def measured(data: bytes, folder: Path) -> tuple[str, int, float, int]:
    """Read in a process of its own: what came of it, rows, seconds, and the most megabytes it took."""
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


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder of three made-up lists, each with a few agreements more."""
    folder = tmp_path / "lists"
    folder.mkdir()
    for day, count in ((1, 20), (3, 21), (5, 23)):
        (folder / list_name(date(2025, 5, day))).write_bytes(workbook_bytes(made_up_rows(count)))
    return folder


def standing(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    rows[23][4] = "Tribal Task Force Model"
    (lists / list_name(date(2025, 5, 7))).write_bytes(workbook_bytes(rows))
    summary = build([lists], tmp_path / "out")
    assert (summary.accepted, summary.agreements) == (4, 23)
    (problem,) = summary.problems
    assert (problem.kind, problem.sheet, problem.row, problem.column) == ("unknown_model", "287(g) Agreements", 25, "E")
    prints = open_record(tmp_path / "out").read("prints")
    assert "Tribal Task Force Model" in prints["model_printed"].to_list()


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


# Full disks and stopped builds: the old record stays whole.


@pytest.fixture
def record(lists: Path, tmp_path: Path) -> Path:
    """A record of the made-up lists, and one list more that it does not hold yet."""
    build([lists], tmp_path / "out")
    (lists / list_name(date(2025, 5, 9))).write_bytes(workbook_bytes(made_up_rows(30)))
    return tmp_path / "out"


class Stop:
    """Does what ``os.fsync`` does, and raises an error the n-th time."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.left, self.error = at, error

    def __call__(self, handle: int) -> None:
        if self.left == 0:
            raise self.error
        self.left -= 1


STEPS = (0, 1, 5, len(BY_NAME) - 1, len(BY_NAME), len(BY_NAME) + 1)
"""At the first table, at later ones, at the pointer, and when all is in place but the pointer."""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_interruption_leaves_the_old_record(
    step: int, error: BaseException, lists: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(record)
    monkeypatch.setattr(os, "fsync", Stop(step, error))
    for out in (record, record.parent / "new"):
        monkeypatch.setattr(os, "fsync", Stop(step, error))
        expected = Refused if isinstance(error, OSError) else KeyboardInterrupt
        with pytest.raises(expected, match="No space left" if expected is Refused else None):
            build([lists], out)
    monkeypatch.undo()
    assert standing(record) == before and not (record.parent / "new").exists()
    assert open_record(record).read("lists").height == 3
    assert build([lists], record).agreements == 30


def test_an_interruption_after_the_last_step_leaves_the_new_record(
    lists: Path, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(folder: Path, keep: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_sweep", stop)
    with pytest.raises(KeyboardInterrupt):
        build([lists], record)
    assert open_record(record).read("lists").height == 4
    assert not list(record.glob(".writing-*"))


IN_A_PROCESS = """
import os, resource, sys, time
from pathlib import Path
from ledger287.record.building import build, fold_in
lists, out, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if what == "small files alone":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
else:
    flush, left = os.fsync, [5]
    def stop(handle):
        left[0] -= 1
        if not left[0]:
            print("writing", flush=True)
            time.sleep(60)
        flush(handle)
    os.fsync = stop
try:
    build([lists], out)
except Exception as error:
    print(type(error).__name__, error)
"""


def process(lists: Path, out: Path, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", IN_A_PROCESS, str(lists), str(out), what], stdout=subprocess.PIPE, text=True
    )


def test_a_system_that_takes_no_more_bytes(lists: Path, record: Path) -> None:
    before = standing(record)
    said, _ = process(lists, record, "small files alone").communicate(timeout=60)
    assert said.startswith("Refused") and "File too large" in said and "build again" in said
    assert standing(record) == before


def test_a_killed_build_leaves_the_old_record_and_the_next_one_sweeps_up(lists: Path, record: Path) -> None:
    before = standing(record)
    killed = process(lists, record, "wait")
    assert killed.stdout and killed.stdout.readline() == "writing\n"
    (aside,) = record.glob(".writing-*")
    assert build([lists], record.parent / "other").agreements == 30
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=60)
    assert {name: data for name, data in standing(record).items() if not name.startswith(".")} == before
    assert open_record(record).read("lists").height == 3
    assert aside.is_dir()
    assert build([lists], record).agreements == 30
    assert not list(record.glob(".writing-*"))


def test_what_a_living_build_writes_is_not_swept(lists: Path, record: Path) -> None:
    aside = record / f".writing-{os.getppid()}"
    aside.mkdir()
    old = record / ".writing-elsewhere"
    old.mkdir()
    os.utime(old, (0, 0))
    build([lists], record)
    assert aside.is_dir() and not old.exists()


def test_a_damaged_record_is_told_of_and_built_again(lists: Path, record: Path) -> None:
    stored = open_record(record)
    for damage in (b"", b"PAR1 made up PAR1"):
        stored.path("agreements").write_bytes(damage)
        with pytest.raises(Refused, match=r"agreements\.parquet: the table cannot be read.*Build the record again"):
            open_record(record).read("agreements")
    (lists / list_name(date(2025, 5, 9))).unlink()
    build([lists], record)
    assert open_record(record).tables == stored.tables and stored.read("agreements").height == 23
    for pointer in ("", "[]", "{}", '{"tables": 7}'):
        (record / "record.json").write_text(pointer)
        with pytest.raises(Refused, match="not a record's pointer"):
            open_record(record)
    assert build([lists], record).agreements == 23


def test_a_place_that_is_a_file_is_refused(lists: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("made up")
    with pytest.raises(Refused, match="could not be written"):
        build([lists], tmp_path / "out")
    assert (tmp_path / "out").read_text() == "made up"


# Several processes read where there are many files.


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough files for two processes: lists, and every fourth of them cut off."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(100):
        data = workbook_bytes(made_up_rows(3 + number))
        name = f"participatingAgencies{number % 12 + 1:02}{number // 12 + 1:02}2025am.xlsx"
        (folder / name).write_bytes(data[:-9] if number % 4 == 0 else data)
    return folder


def test_two_processes_read_what_one_reads(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = find_workbooks([many]).paths
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    one = read_lists(paths)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    told: list[tuple[int, int]] = []
    assert read_lists(paths, lambda done, total: told.append((done, total))) == one
    assert sum(found.failed is not None for found in one) == 25
    assert told[-1] == (100, 100) and [done for done, _ in told] == sorted(done for done, _ in told)


def children() -> set[int]:
    """The processes that this one has started and not taken leave of, dead ones too."""
    task = Path(f"/proc/{os.getpid()}/task")
    return {int(child) for each in task.iterdir() for child in (each / "children").read_text().split()}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("made up")])
def test_an_interruption_leaves_no_process_behind(
    error: BaseException, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = children()
    started: list[reading.Worker] = []
    start = reading._start_worker

    def remembered() -> reading.Worker:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(reading, "_start_worker", remembered)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def stop(done: int, total: int) -> None:
        raise error

    with pytest.raises(type(error)):
        read_lists(find_workbooks([many]).paths, stop)
    assert len(started) == 1 and started[0].returncode is not None
    assert children() == before


def test_a_reading_process_ends_with_the_one_that_started_it(many: Path) -> None:
    paths = list(find_workbooks([many]).paths)
    worker = reading._start_worker()
    assert worker.stdin and worker.stdout
    reading._send(worker, paths * 500)
    time.sleep(0.5)
    worker.send_signal(signal.SIGINT)  # Ctrl-C reaches it too; it leaves the word to the one that started it
    time.sleep(0.2)
    assert worker.poll() is None
    worker.stdin.close()
    assert worker.wait(timeout=20) == 1
    worker.stdout.close()


def test_a_reading_process_that_dies_is_told_of(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = reading._start_worker

    def dying() -> reading.Worker:
        worker = start()
        worker.kill()
        worker.wait()
        return worker

    monkeypatch.setattr(reading, "_start_worker", dying)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(Refused, match=r"ended early \(code -9\)"):
        read_lists(find_workbooks([many]).paths)


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
