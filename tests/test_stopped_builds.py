"""Full disks, stopped builds and reading processes: the old record remains complete, and nothing is left behind."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from ledger287.core.problem import Refused
from ledger287.ledger.build.building import build
from ledger287.ledger.store import folder
from ledger287.ledger.store.folder import open_record
from ledger287.ledger.store.tables import BY_NAME
from ledger287.sources.ice_lists import reading
from ledger287.sources.ice_lists.reading import find_workbooks, read_lists
from making import list_name, made_up_rows, standing, three_lists, workbook_bytes


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    return three_lists(tmp_path / "lists")


@pytest.fixture
def record(lists: Path, tmp_path: Path) -> Path:
    """A record of the synthetic lists, and one more list that it does not hold yet."""
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

    monkeypatch.setattr(folder, "_sweep", stop)
    with pytest.raises(KeyboardInterrupt):
        build([lists], record)
    assert open_record(record).read("lists").height == 4
    assert not list(record.glob(".writing-*"))


IN_A_PROCESS = """
import os, resource, sys, time
from pathlib import Path
from ledger287.ledger.build.building import build, fold_in
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


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files for two processes: lists, and every fourth of them cut off. They are only read."""
    folder = tmp_path_factory.mktemp("many")
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
