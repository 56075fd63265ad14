"""What a report gives beyond its totals: local times, lists, one page per case, and a run that can be run again.

Every case here is synthetic.
"""

import csv
import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.custody.report.report_page import length_of
from ledger287.custody.report.verify import verify
from ledger287.custody.testing.simulate import write

TABLE = """case,state,zone,model,charges_cleared,hold_started,released,paid_detention,custody_passed_to_ice
synthetic-1,TX,America/Chicago,WSO,2025-06-08 10:00,2025-06-08 10:00,2025-06-10 10:01,,
synthetic-2,TX,America/Chicago,WSO,2025-06-08 10:00,2025-06-08 10:00,,,
synthetic-3,TX,America/Chicago,WSO,2025-06-01 10:00,2025-06-01 10:00,,,
synthetic-4,LA,America/Chicago,WSO,2025-06-03 10:00,2025-06-03 10:00,2025-06-12 10:00,yes,2025-06-03 10:05
"""


def audited(tmp_path: Path) -> tuple[Path, str]:
    """A report of the table, and what the command printed."""
    file, out = tmp_path / "cases.csv", tmp_path / "report"
    file.write_text(TABLE, encoding="utf-8")
    ask = ["custody", "audit", str(file), "--out", str(out), "--as-of", "2025-06-09 09:00", "--zone", "America/Chicago"]
    done = CliRunner().invoke(app, [*ask, "--run-at", "2025-06-20T10:00Z"])
    assert done.exit_code == 0, done.output
    return out, done.output


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report for the tests that edit a copy of it."""
    return audited(tmp_path_factory.mktemp("untouched"))[0]


@pytest.fixture
def copied(untouched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched, tmp_path / "report"))


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["case"]: row for row in csv.DictReader(file)}


def test_a_report_has_local_times_lists_pages_and_the_record_of_its_run(tmp_path: Path) -> None:
    out, printed = audited(tmp_path)
    assert "open on 2025-06-09 09:00: 1 overdue, 2 due" in printed
    found = rows(out / "open_cases.csv")
    assert {case: row["status"] for case, row in found.items()} == {
        "synthetic-1": "due", "synthetic-2": "due", "synthetic-3": "overdue",
    }  # fmt: skip
    assert float(found["synthetic-2"]["hours_left"]) == 25
    assert float(found["synthetic-3"]["hours_left"]) == -143
    assert found["synthetic-2"]["no_later_than"] == "2025-06-10 10:00:00-05:00"
    assert found["synthetic-2"]["no_later_than_utc"] == "2025-06-10 15:00:00Z"
    assert rows(out / "worklist.csv")["synthetic-1"]["minutes_over"] == "1"
    page = (out / "exhibits.html").read_text(encoding="utf-8")
    assert (
        "Case synthetic-1" in page and "10:01 CDT" in page and "2025-06-10 15:01:00Z" in page and "1\u00a0min" in page
    )
    assert "synthetic-4" not in page
    run = json.loads((out / "audit.json").read_text(encoding="utf-8"))["run"]
    assert run["run_at"] == "2025-06-20T10:00Z"
    assert len(run["inputs"][0]["sha256"]) == 64 and run["inputs"][0]["sha256"] in page
    assert {name.split("/")[0] for name in run["rule_files"]} == {"law", "custody"}


def test_no_open_case_is_called_overdue_without_ground_and_none_is_left_out(tmp_path: Path) -> None:
    file, out = tmp_path / "cases.csv", tmp_path / "report"
    file.write_text(
        "case,state,model,detainer_form,detainer_received,served_on_person,charges_cleared,transferred,released\n"
        + "".join(
            f"synthetic-{name},TX,JEM,I-247A,{papers or '2025-06-01 09:00,2025-06-01 09:30'},{times}\n"
            for name, papers, times in (
                ("moved", "", "2025-06-02 10:00,2025-06-03 10:00,"),
                ("moved-before", "", "2025-06-02 10:00,2025-06-01 20:00,"),
                ("moved-later", "", "2025-06-02 10:00,2025-06-10 10:00,"),
                ("moved-and-left", "", "2025-06-02 10:00,2025-06-03 10:00,2025-06-12 10:00"),
                ("sits", "", "2025-06-02 10:00,,"),
                ("unreadable-start", "", "soon,,"),
                ("unreadable-end", "", "2025-06-02 10:00,,soon"),
                ("left-by-any-reading", "", "2025-06-02 10:00,,2025-06-01 10:00"),
                ("not-yet", "2025-06-11 09:00,2025-06-11 09:30", "2025-06-12 10:00,,"),
            )
        ),
        encoding="utf-8",
    )
    ask = ["custody", "audit", str(file), "--out", str(out), "--as-of", "2025-06-09 09:00", "--zone", "America/Chicago"]
    done = CliRunner().invoke(app, ask)
    assert done.exit_code == 1, done.output
    assert "open on 2025-06-09 09:00: 3 overdue, 4 no end known" in done.output
    found = rows(out / "open_cases.csv")
    assert {case.removeprefix("synthetic-"): row["status"] for case, row in found.items()} == {
        "moved": "no end known",
        "moved-before": "no end known",
        "moved-later": "overdue",
        "moved-and-left": "overdue",
        "sits": "overdue",
        "unreadable-start": "no end known",
        "unreadable-end": "no end known",
    }
    assert found["synthetic-moved"]["transferred"] == "2025-06-03 10:00:00-05:00"
    assert not any(row["hours_left"] for row in found.values() if row["status"] == "no end known")


def test_a_report_is_run_again_and_compared(tmp_path: Path) -> None:
    out, _ = audited(tmp_path)
    same = CliRunner().invoke(app, ["custody", "verify", str(out)])
    assert (same.exit_code, same.output.strip()) == (0, "The same input gives the same findings.")
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "cases.csv").rename(moved / "cases.csv")
    gone = CliRunner().invoke(app, ["custody", "verify", str(out)])
    assert "no such file" in str(gone.exception)
    assert CliRunner().invoke(app, ["custody", "verify", str(out), "--inputs", str(moved)]).exit_code == 0
    (moved / "cases.csv").write_text(TABLE + "\n", encoding="utf-8")
    longer = CliRunner().invoke(app, ["custody", "verify", str(out), "--inputs", str(moved)])
    assert longer.exit_code == 0
    assert longer.output.startswith("The same findings from inputs with other bytes (another sha256): ")
    (moved / "cases.csv").write_text(TABLE.replace("10:01", "10:02"), encoding="utf-8")
    other = CliRunner().invoke(app, ["custody", "verify", str(out), "--inputs", str(moved), "--json"])
    assert other.exit_code == 1
    told = json.loads(other.output)
    assert told["tables_changed"] == ["cases", "findings"]
    assert len(told["inputs_changed"]) == 1


EDITS = {
    "findings.csv": lambda text: text.replace("missed", "met", 1),
    "findings.json": lambda text: text.replace("missed", "met", 1),
    "cases.csv": lambda text: text.replace("2025-06-10", "2025-06-09", 1),
    "summary.csv": lambda text: "\n".join(text.splitlines()[:-1]) + "\n",
    "worklist.csv": lambda text: text + text.splitlines()[-1] + "\n",
    "rates.json": lambda text: "[]",
    "audit.json": lambda text: text.replace('"missed": 1', '"missed": 0', 1),
    "problems.csv": None,
}
"""Files of a report with what is done to each; None removes it."""


@pytest.mark.parametrize("names", [list(EDITS)[::2], list(EDITS)[1::2]], ids=", ".join)
def test_a_table_of_a_report_that_was_edited_is_named(copied: Path, names: list[str]) -> None:
    """Every other file at a time: each is named once it was edited, and is not where others were."""
    for name in names:
        edit, file = EDITS[name], copied / name
        if edit is None:
            file.unlink()
        else:
            before = file.read_text(encoding="utf-8")
            file.write_text(edit(before), encoding="utf-8")
            assert file.read_text(encoding="utf-8") != before
    found = verify(copied)
    assert (found.same, sorted(found.report_changed), found.tables_changed) == (False, sorted(names), ())
    if "findings.csv" in names:  # what the command prints of it
        done = CliRunner().invoke(app, ["custody", "verify", str(copied)])
        assert done.exit_code == 1
        listed = ", ".join(found.report_changed)
        assert f"The report's own files have other rows than this input gives: {listed}." in done.output


def test_a_parquet_of_a_report_and_a_page_that_were_edited_are_named(copied: Path) -> None:
    findings = pq.read_table(copied / "findings.parquet")
    pq.write_table(findings.slice(1), copied / "findings.parquet")
    page = copied / "report.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    found = verify(copied)
    assert (found.report_changed, found.pages_changed) == (("findings.parquet",), ("report.html",))


def test_an_hour_is_told_in_hours_and_less_in_minutes() -> None:
    assert [length_of(seconds) for seconds in (None, 60, 3540, 3600, 79_200)] == [
        "",
        "1 min",
        "59 min",
        "1.0 h",
        "22.0 h",
    ]


def test_a_calendar_entry_has_alarms_and_an_id_of_its_own(tmp_path: Path) -> None:
    ids = set()
    asked = (("synthetic-1", "10:00", "TX"), ("synthetic-2", "10:00", "TX"), ("synthetic-1", "10:01", "TX"))
    for case, time, state in (*asked, ("synthetic-1", "10:00", "LA")):
        file = tmp_path / "end.ics"
        ask = ["custody", "clock", "--releasable", f"2025-07-03 {time}", "--zone", "America/Chicago", "--case", case]
        ask += ["--state", state]
        assert CliRunner().invoke(app, [*ask, "--ics", str(file), "--overwrite"]).exit_code == 0
        text = file.read_bytes().decode().replace("\r\n ", "")
        assert text.count("BEGIN:VEVENT") == 1
        assert text.count("BEGIN:VALARM") == 2 and "TRIGGER:-PT1H" in text
        ids |= {line for line in text.splitlines() if line.startswith("UID:")}
    assert len(ids) == 4


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(TABLE, encoding="utf-8")
    done = CliRunner().invoke(app, ["custody", "audit", str(file), "--out", str(file / "report")])
    assert type(done.exception).__name__ == "Refused"
    assert "\n" not in str(done.exception)


def test_one_case_is_an_exhibit_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any case of the report, one without a finding too; without a browser it is said how to print the page."""
    file, report = tmp_path / "cases.csv", tmp_path / "report"
    file.write_text(
        "case,detainer_form,hold_started,released\n"
        "synthetic-1,I-247A,2025-06-03 09:00,2025-06-09 10:00\n"
        "synthetic-2,,2025-06-03 09:00,2025-06-03 10:00\n",
        encoding="utf-8",
    )
    invoke = CliRunner().invoke
    options = ["--zone", "America/Chicago", "--state", "TX", "--out", str(report)]
    assert invoke(app, ["custody", "audit", str(file), *options]).exit_code == 0
    for case, other in (("synthetic-1", "synthetic-2"), ("synthetic-2", "synthetic-1")):
        out = tmp_path / f"{case}.html"
        assert invoke(app, ["custody", "exhibit", str(report), case, "--out", str(out)]).exit_code == 0
        page = out.read_text(encoding="utf-8")
        assert f"Case {case}" in page and other not in page and "sha256" in page
        assert ("detainer on Form I-247A" in page) == (case == "synthetic-1")
        assert f'content: "Case\\20 synthetic\\2d {case[-1]}"' in page, "each printed page has the case at its foot"
    monkeypatch.setattr("shutil.which", lambda _: None)
    for case, name, said in (
        ("synthetic-9", "x.html", "found none with the number"),
        ("synthetic-1", "x.docx", "ends in .pdf or .html"),
        ("synthetic-1", "x.pdf", "Write .*x.html instead"),
    ):
        done = invoke(app, ["custody", "exhibit", str(report), case, "--out", str(tmp_path / name)])
        assert isinstance(done.exception, Refused) and re.search(said, str(done.exception))
        assert not (tmp_path / name).exists()


def test_inputs_in_folders_are_found_again_by_their_place(tmp_path: Path) -> None:
    """Two files of one name in two folders: each is the one of its own folder, wherever both were moved."""
    for state in ("TX", "IL"):
        (tmp_path / "old" / f"state={state}").mkdir(parents=True)
        text = f"case,hold_started,released\nsynthetic-{state},2025-06-03 09:00,2025-06-03 10:00\n"
        (tmp_path / "old" / f"state={state}" / "holds.csv").write_text(text, encoding="utf-8")
    report = tmp_path / "report"
    options = ["--zone", "America/Chicago", "--out", str(report)]
    assert CliRunner().invoke(app, ["custody", "audit", str(tmp_path / "old"), *options]).exit_code == 0
    (tmp_path / "old").rename(tmp_path / "new")
    assert not verify(report, tmp_path / "new").tables_changed
    with pytest.raises(Refused, match="no such file"):
        verify(report)


def test_the_worklist_has_what_the_findings_have(tmp_path: Path) -> None:
    """Case by case the duties missed and unknown, and what would settle them, as the rows of findings say it.

    Synthetic cases, of states whose law is settled, is not settled, and does not speak of it.
    """
    file, out = tmp_path / "cases.parquet", tmp_path / "out"
    write(file, 3_000, seed=21)
    table = pq.read_table(file)
    states = pa.array([("GA", "MD", "KY", "TX", "IL", "CA")[place % 6] for place in range(len(table))])
    pq.write_table(table.set_column(table.schema.get_field_index("state"), "state", states), file)
    assert CliRunner().invoke(app, ["custody", "audit", str(file), "--out", str(out)]).exit_code in (0, 1)
    of_findings: dict[str, dict[str, set[str]]] = {}
    by_law = 0
    for one in pq.read_table(out / "findings.parquet").to_pylist():
        mine = of_findings.setdefault(one["case"], {"missed": set(), "cannot tell": set(), "settled": set()})
        mine[one["verdict"]].add(one["duty"])
        if one["verdict"] == "cannot tell":
            mine["settled"].add(one["settled_by"])
            by_law += one["settled_by"].startswith("the law itself")
    worklist = rows(out / "worklist.csv")
    assert {*worklist} == {*of_findings} and len(worklist) > 500 and by_law > 5
    for case, mine in of_findings.items():
        line = worklist[case]
        assert line["missed"] == "; ".join(sorted(mine["missed"]))
        assert line["cannot_tell"] == "; ".join(sorted(mine["cannot tell"]))
        assert line["settled_by"] == "; ".join(sorted(mine["settled"]))
    over = [int(line["minutes_over"] or -1) for line in worklist.values()]
    assert over == sorted(over, reverse=True)
