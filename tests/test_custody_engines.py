"""What an engine is given, and what is reported where it fails, or where a disk is full."""

import errno
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ledger287.api import custody_audit
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.core.process.spark import EngineStopped, setting
from ledger287.custody.batch import run as running
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.engines import small as small_work
from ledger287.custody.engines.duck import DuckEngine
from ledger287.custody.engines.small import closed, small
from ledger287.custody.testing.simulate import as_log, batches

CASES = "case,hold_started,released\nsynthetic-1,2025-06-03 09:00,2025-06-03 10:00\n"


def table(tmp_path: Path) -> Path:
    file = tmp_path / "cases.csv"
    file.write_text(CASES, encoding="utf-8")
    return file


def test_an_engine_that_breaks_down_is_one_line_and_exit_code_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise duckdb.InternalException("INTERNAL Error: synthetic fault\nand a stack trace")

    monkeypatch.setattr(DuckEngine, "write", broken)
    file, out = table(tmp_path), tmp_path / "out"
    done = CliRunner().invoke(app, ["custody", "audit", str(file), "--zone", "America/Chicago", "--out", str(out)])
    assert done.exit_code == 3
    assert "synthetic fault" in done.output and "stack trace" not in done.output
    assert not out.exists()


def test_small_work_shares_a_duckdb_and_nothing_in_it() -> None:
    one, other = small(), small()
    try:
        one.execute("create table cases as select 1 as row; create temp view seen as from cases; set variable of = 1")
        with pytest.raises(duckdb.CatalogException):
            other.execute("from cases")
        with pytest.raises(duckdb.CatalogException):
            other.execute("from seen")
        other.execute("create table cases as select 2 as row")
        asked = "select row, getvariable('of'), current_setting('TimeZone') from cases"
        assert one.execute(asked).fetchall() == [(1, 1, "UTC")]
        assert other.execute(asked).fetchall() == [(2, None, "UTC")]
    finally:
        closed(one)
        closed(other)
    third = small()
    names = {name for (name,) in third.execute("select database_name from duckdb_databases()").fetchall()}
    assert sum(name.startswith("small_") for name in names) == 1
    closed(third)


def test_a_duckdb_for_small_work_that_broke_down_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def cursor(self) -> Any:
            return self

        def execute(self, _: str) -> Any:
            raise duckdb.FatalException("FATAL Error: synthetic: database has been invalidated")

    broken = [Broken()]
    opened = small_work._opened

    def once() -> Any:
        return broken[0] if broken else opened()

    once.cache_clear = broken.clear  # type: ignore[attr-defined]
    monkeypatch.setattr(small_work, "_opened", once)
    connection = small()
    assert connection.execute("select 1").fetchall() == [(1,)]
    closed(connection)


def test_audits_at_once_write_what_one_alone_writes(tmp_path: Path) -> None:
    files = []
    for place in range(6):
        files.append(tmp_path / f"{place}.csv")
        files[-1].write_text(CASES + f"synthetic-{place + 2},2025-06-03 09:00,2025-06-0{place + 4} 10:00\n", "utf-8")

    def audited(file: Path, out: Path) -> list[bytes]:
        custody_audit(file, out, zone="America/Chicago")
        return [(out / name).read_bytes() for name in ("cases.csv", "findings.csv", "worklist.csv", "summary.json")]

    alone = [audited(file, tmp_path / f"alone-{file.stem}") for file in files]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda file: audited(file, tmp_path / f"together-{file.stem}"), files))
    assert together == alone and len({one[0] for one in alone}) == 6


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), EngineStopped("x: No space left")])
def test_a_full_disk_names_the_report_and_not_the_input(tmp_path: Path, error: Exception) -> None:
    def make(_: Path) -> None:
        raise error

    with pytest.raises(Refused, match=r"report: its disk is full; nothing was written"):
        in_one_step(tmp_path / "report", make)
    assert list(tmp_path.iterdir()) == []


def test_the_work_goes_where_it_is_told_and_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, work = tmp_path / "shared", tmp_path / "work"
    seen: list[Path] = []
    shared.mkdir()
    work.mkdir()
    before = running._run

    def watched(*given: Any) -> Any:
        seen.append(given[1])
        return before(*given)

    monkeypatch.setattr(running, "_run", watched)
    done = run([table(tmp_path)], work, Options(zone="America/Chicago", work=shared.as_uri()))
    assert seen[0].parent == shared and not list(shared.iterdir())
    assert done.cases == work / "cases.parquet" and done.cases.is_file() and done.findings.is_file()
    with pytest.raises(Refused, match="expected a folder that is there already"):
        run([table(tmp_path)], work, Options(zone="America/Chicago", work=str(tmp_path / "none")))
    with pytest.raises(Refused, match=r"found a URI \(s3://\)"):
        run([table(tmp_path)], work, Options(zone="America/Chicago", work="s3://bucket/work"))


def test_a_setting_of_spark_has_a_name_and_a_value() -> None:
    assert setting("spark.executor.memory=4g") == ("spark.executor.memory", "4g")
    with pytest.raises(Refused, match=r"expected spark\.NAME=VALUE"):
        setting("executor.memory 4g")


@pytest.mark.parametrize("shape", ["cases", "log", "files"])
def test_any_number_of_threads_writes_the_same_bytes(
    tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LARGE", 0)
    cases = next(iter(batches(2_000, 3)))
    many = 4 if shape == "files" else 1
    files = [tmp_path / f"synthetic-{place}.parquet" for place in range(many)]
    for place, file in enumerate(files):
        mine = cases.slice(place * len(cases) // many, len(cases) // many)
        pq.write_table(as_log(mine) if shape == "log" else mine, file, row_group_size=100)
    found = set()
    for threads in (1, 4):
        work = tmp_path / str(threads)
        work.mkdir()
        done = run(files, work, Options(threads=threads))
        found.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in (done.cases, done.findings)))
        rows = [tuple(row.values()) for row in pq.read_table(done.cases, columns=["file", "row"]).to_pylist()]
        assert rows == sorted(rows) and len(rows) == 2_000
    assert len(found) == 1


def test_small_tables_are_found_by_functions_as_by_joins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB looks lines up by functions, so that every thread writes; the rows are those of the joins."""
    monkeypatch.setattr(running, "LARGE", 0)
    file = tmp_path / "synthetic.parquet"
    pq.write_table(next(iter(batches(2_000, 3))), file)
    found = []
    for joined in (False, True):
        if joined:
            monkeypatch.setattr(DuckEngine, "as_function", lambda *_: False)
        work = tmp_path / str(joined)
        work.mkdir()
        done = run([file], work, Options(threads=2))
        found.append([pq.read_table(path).to_pylist() for path in (done.cases, done.findings)])
    assert found[0] == found[1]
    assert len(found[0][0]) == 2_000
    assert found[0][1]
