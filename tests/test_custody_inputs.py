"""A folder, a pattern, folders by state and many files are one relation; whatever stops files is reported together."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from commands import run_command
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.core.query_error import command_line, text_of
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.intake.columns.proposing import propose
from ledger287.custody.intake.places.inputs import expand
from ledger287.custody.testing.simulate import batches, write


def rows_of(tmp_path: Path, *files: Path | str, **asked: Any) -> tuple[list[Any], list[Any], Any]:
    """Decisions and findings without the places of their rows, in order, and the audit."""
    work = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
    work.mkdir()
    done = run(files, work, Options(threads=2, **asked))
    found = []
    for path in (done.cases, done.findings):
        query = "select columns(* exclude (file, row))::varchar from read_parquet(?) order by all"
        found.append(duckdb.execute(query, [str(path)]).fetchall())
    return found[0], found[1], done


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same synthetic cases as one file, as many, by state, and as a log in one file and in three."""
    root = tmp_path_factory.mktemp("data")
    table = next(iter(batches(1_000, 6)))
    pq.write_table(table, root / "one.parquet")
    (root / "many").mkdir()
    for place in range(20):
        pq.write_table(table.slice(place * 50, 50), root / "many" / f"part {place:03}+x.parquet")
    (root / "many" / "_SUCCESS").write_text("")
    (root / "many" / ".part.crc").write_bytes(b"\x00\x01")
    for state in set(table["state"].to_pylist()):
        folder = root / "by_state" / f"state={state}" / "county=x"
        folder.mkdir(parents=True)
        pq.write_table(table.filter(pc.equal(table["state"], state)).drop_columns(["state"]), folder / "a.parquet")
    write(root / "log.csv", 300, 7, log=True)
    head, *lines = (root / "log.csv").read_text(encoding="utf-8").splitlines()
    (root / "logs").mkdir()
    for place in range(3):
        (root / "logs" / f"{place}.csv").write_text("\n".join([head, *lines[place::3]]) + "\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("what", ["many", "many/part*.parquet", "by_state", "by_state/state=*"])
def test_many_files_are_audited_as_one(tmp_path: Path, data: Path, what: str) -> None:
    cases, findings, _ = rows_of(tmp_path, data / "one.parquet")
    again, found, done = rows_of(tmp_path, str(data / what))
    assert (again, found) == (cases, findings)
    assert len(again) == 1_000
    files = {Path(name) for name in done.files}
    assert len(files) == (20 if what.startswith("many") else 6)
    told = duckdb.execute("select distinct file from read_parquet(?)", [str(done.cases)]).fetchall()
    assert {Path(name) for (name,) in told} == files
    assert sum("county=" in note for note in done.notes) == (1 if what.startswith("by_state") else 0)


@pytest.mark.parametrize(
    ("column", "values", "says"),
    [
        ("remark", ["nothing", "ROE, JANE", "DOE, JOHN"], "column 'remark' was not read"),
        ("remark", ["1990-02-03", "1991-04-05", "1992-11-30"], "dates of birth"),
        ("case", ["s-1", "A 098-765-432", "s-3"], "column 'case' was not read"),
        ("case", [None, None, None], "expected rows of cases or events, found only a heading"),
    ],
)
def test_of_files_alike_the_one_that_differs_is_named(
    tmp_path: Path, column: str, values: list[str | None], says: str
) -> None:
    """Files of one schema are opened by the first of them; each is still looked at."""
    for place in range(5):
        mine = {
            "case": [f"synthetic-{place}-{row}" for row in range(3)],
            "hold_started": [datetime(2025, 6, 3, 9, tzinfo=UTC)] * 3,
            "released": [datetime(2025, 6, 3, 10, tzinfo=UTC)] * 3,
            "remark": ["nothing"] * 3,
        }
        if place == 3:
            mine |= {column: values} if any(values) else dict.fromkeys(mine, values)
        kinds = {"hold_started": pa.timestamp("us", "UTC"), "released": pa.timestamp("us", "UTC")}
        table = pa.table({name: pa.array(one, kinds.get(name, pa.string())) for name, one in mine.items()})
        pq.write_table(table, tmp_path / f"{place}.parquet")
    with pytest.raises(Refused) as refused:
        rows_of(tmp_path, *(tmp_path / f"{place}.parquet" for place in range(5)), state="TX")
    assert f"{tmp_path / '3.parquet'}: " in str(refused.value) and says in str(refused.value)
    assert "4.parquet" not in str(refused.value)


def test_a_row_is_found_in_its_own_file(tmp_path: Path, data: Path) -> None:
    _, _, done = rows_of(tmp_path, data / "many")
    query = 'select file, row, "case" from read_parquet(?) where row = 7 limit 3'
    for file, row, case in duckdb.execute(query, [str(done.cases)]).fetchall():
        assert pq.read_table(file)["case"][row - 1].as_py() == case


def test_a_log_in_several_files_is_one_log(tmp_path: Path, data: Path) -> None:
    """The events of a case are in all three files; no case is reported as given twice."""
    cases, findings, _ = rows_of(tmp_path, data / "log.csv")
    again, found, done = rows_of(tmp_path, data / "logs")
    assert (again, found) == (cases, findings)
    assert "duplicate_case" not in done.counts


def test_a_folder_in_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be looked into is never left out in silence; as root, every folder can be read."""
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text("x")
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for named in (tmp_path, tmp_path / "*"):
        with pytest.raises(Refused, match="closed: this folder cannot be read: Permission denied"):
            expand([named])


def test_a_folder_of_rules_that_cannot_be_read_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, file = tmp_path / "rules", tmp_path / "cases.csv"
    rules.mkdir()
    file.write_text("case,state,charges_cleared,released\nsynthetic-1,TX,2025-03-14 11:05Z,2025-03-15 09:00Z\n")

    def closed(real: Any) -> Any:
        def read(path: Any = ".") -> Any:
            if path in (rules, str(rules)):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        return read

    monkeypatch.setattr(os, "scandir", closed(os.scandir))
    monkeypatch.setattr(os, "listdir", closed(os.listdir))
    done = run_command("custody", "audit", str(file), "--rules", str(rules))
    assert done.returncode == 2 and "Permission denied" in done.stderr and "found none" not in done.stderr


def test_a_place_that_cannot_be_written_is_named_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match=r"file/report: cannot be written: .*Name another folder"):
        in_one_step(tmp_path / "file" / "report", lambda work: work)
    with pytest.raises(Refused, match=r"file/made\.csv: cannot be written: "):
        write(tmp_path / "file" / "made.csv", 3, 1)


def test_text_files_by_state_too(tmp_path: Path) -> None:
    for state, left in (("TX", "2025-06-05 11:00"), ("IL", "2025-06-03 10:00")):
        folder = tmp_path / f"state={state}"
        folder.mkdir()
        text = f"case,hold_started,released\nsynthetic-{state},2025-06-03 09:00,{left}\n"
        (folder / "holds.csv").write_text(text, encoding="utf-8")
    _, findings, _ = rows_of(tmp_path, str(tmp_path / "state=*" / "*.csv"), zone="America/Chicago")
    duties = {(row[0], duty) for row in findings for duty in ("over_limit", "state_forbids") if duty in row}
    assert ("synthetic-IL", "state_forbids") in duties and ("synthetic-TX", "over_limit") in duties
    assert ("synthetic-TX", "state_forbids") not in duties


def test_what_a_name_stands_for(tmp_path: Path) -> None:
    odd = tmp_path / "a[1].csv"
    odd.write_text("x")
    assert expand([odd, odd.as_uri()]) == (odd,)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused) as refused:
        expand([tmp_path / "empty", tmp_path / "*.nothing", "hdfs://node/x.parquet"])
    said = str(refused.value)
    assert all(
        word in said for word in ("has no file to read", "no file has a name like this", "found a URI (hdfs://)")
    )


def test_a_missing_time_zone_is_told_with_the_rest(tmp_path: Path) -> None:
    file, other = tmp_path / "export.csv", tmp_path / "empty.csv"
    file.write_text(
        "Booking Number,Last Name,Booked,Release\nsynthetic-1,Roe,3/2/2025 13:05,3/4/2025 10:00\n", encoding="utf-8"
    )
    other.write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["custody", "audit", str(file), str(other)])
    assert isinstance(done.exception, Refused)
    said = text_of(done.exception, command_line)
    wanted = ("--drop 'Last Name'", "--dates month-first", "--zone America/Chicago", "found neither pair", "empty file")
    assert all(word in said for word in wanted), said


def test_a_file_without_a_time_zone_is_named_among_others(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("case,zone,hold_started,released\na-1,America/Chicago,2025-06-03 09:00,2025-06-03 10:00\n")
    two.write_text("case,hold_started,released\na-2,2025-06-03 09:00,2025-06-03 10:00\n")
    with pytest.raises(Refused) as refused:
        rows_of(tmp_path, one, two, state="TX")
    assert "two.csv: its times have no time zone" in str(refused.value) and "one.csv" not in str(refused.value)


def test_a_proposed_map_says_that_a_time_zone_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    text = "Booking Number,Hold Started,Released,TZ\nsynthetic-1,2025-03-02 13:05,2025-03-04 10:00,America/Chicago\n"
    file.write_text(text, encoding="utf-8")
    assert propose(file).needed == ()
    file.write_text(text.replace(",TZ", "").replace(",America/Chicago", ""), encoding="utf-8")
    assert [one.split(":")[0] for one in propose(file).needed] == ["zone"]
    assert "# zone: America/Chicago" in propose(file).yaml
    done = CliRunner().invoke(app, ["custody", "map", str(file), "--json"])
    assert done.exit_code == 0 and json.loads(done.output)["needed"]


@pytest.mark.parametrize("option", ["--as-of", "--run-at"])
def test_a_time_that_is_none_is_refused_before_the_audit(tmp_path: Path, option: str) -> None:
    done = run_command("custody", "audit", str(tmp_path / "none.csv"), "--zone", "America/Chicago", option, "yesterday")
    assert done.returncode == 2
    assert f"{option}: expected a time such as 2025-08-14 13:05, found 'yesterday'" in done.stderr


@pytest.mark.parametrize("out", ["export.csv", "map", "other.xlsx"])
def test_a_map_is_never_written_over_an_export(tmp_path: Path, out: str) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Booking #,Released\nsynthetic-1,2025-06-13 10:00\n", encoding="utf-8")
    before = file.read_bytes()
    done = run_command("custody", "map", str(file), "--out", str(tmp_path / out))
    assert done.returncode == 2
    assert "expected a name for the map that ends in .yml or .yaml; nothing was written" in done.stderr
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["export.csv"]


def test_a_map_is_not_written_through_another_name_of_its_export(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Booking #,Released\nsynthetic-1,2025-06-13 10:00\n", encoding="utf-8")
    before = file.read_bytes()
    (tmp_path / "map.yml").symlink_to(file)
    done = run_command("custody", "map", str(file), "--out", str(tmp_path / "map.yml"))
    assert done.returncode == 2
    assert "is the export itself, by another name" in done.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Central", "America/Chicago"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Eastern Standard Time", "America/New_York"),
        ("MST", "America/Denver"),
    ],
)
def test_a_time_zone_by_its_everyday_name_is_answered_with_its_own(said: str, meant: str) -> None:
    done = run_command("custody", "clock", "--releasable", "2025-06-13 10:00", "--zone", said)
    assert done.returncode == 2
    assert f"no US time zone is named '{said}'. Did you mean: {meant}?" in done.stderr


def test_what_is_said_of_a_year_of_no_record_of_semicolons_and_of_settings_for_another_engine(tmp_path: Path) -> None:
    file = tmp_path / "synthetic.csv"
    rows = "synthetic-1;TX;3/14/2025 09:00;3/16/2205 11:00\nsynthetic-2;TX;3/14/2025 09:00;3/15/2025 11:00\n"
    file.write_text(f"case;state;hold_started;released\n{rows}", encoding="utf-8")
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
    assert done.returncode == 1
    assert "found '3/16/2205 11:00', whose year is not one of these records" in done.stdout
    assert "read with semicolons between cells" in done.stdout
    done = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--spark-conf", "spark.cores.max=1")
    assert done.returncode == 2
    assert "--spark-conf is for --engine spark." in done.stderr


def test_files_that_cannot_show_a_hold_say_so(tmp_path: Path) -> None:
    """A detainer's form alone does not say when it came, and counts as one; without it nobody is found to be held."""
    file = tmp_path / "synthetic.csv"
    head, row = "case,state,charges_cleared,released", "synthetic-1,TX,2025-03-14 09:00,2025-03-16 12:00"
    columns = {"": "", ",detainer_form": ",I-247A", ",detainer_received": ",2025-03-13 09:00"}
    for more, cell in columns.items():
        file.write_text(f"{head}{more}\n{row}{cell}\n", encoding="utf-8")
        done = run_command("custody", "audit", str(file), "--zone", "America/Chicago")
        assert ("without one of them (detainer_received, " in done.stdout) is (not more)
        assert ("over_limit" in done.stdout) is bool(more)
        assert ("no column gives the time of detainer_received" in done.stdout) is (more == ",detainer_form")


def test_a_pipe_is_refused_and_a_text_in_four_bytes_a_letter_is_read(tmp_path: Path) -> None:
    pipe, wide = tmp_path / "pipe.csv", tmp_path / "wide.csv"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        done = run_command("custody", "audit", str(path), "--out", str(tmp_path / "out"))
        assert done.returncode == 2 and "a pipe or a device" in done.stderr and done.stderr.count("\n") == 1
    wide.write_text("case,charges_cleared,released\n1,2025-06-02 09:00,2025-06-05 09:00\n", encoding="utf-32")
    done = run_command("custody", "audit", str(wide), "--zone", "America/Chicago", "--json")
    assert done.returncode == 0 and '"cases": 1' in done.stdout
