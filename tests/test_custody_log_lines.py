"""A problem of a case in a log names its own line, and every problem can be seen. Every case here is synthetic."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app

LOG = """case,event,at,form,paid_detention,outcome
one,booked,2025-06-01 08:00,,,
one,detainer_received,2025-06-02 08:00,I-247A,,
two,booked,2025-06-01 08:00,,,
one,charges_cleared,2025-06-03 08:00,,,
two,detainer_received,2025-06-02 08:00,I-999,,
one,released,2025-06-04 08:00,,,
one,released,2025-06-05 08:00,,,
two,charges_cleared,2025-06-03 08:00,,yes,
two,released,2025-06-02 08:00,,,
two,released,2025-06-02 08:00,,,
three,booked,2025-06-01 08:00,,,
three,charges_cleared,2025-06-03 08:00,,,
three,status_answered,2025-06-03 09:00,,,
three,hold_started,2025-11-02 01:30,,,
three,citizenship_claimed,2025-06-04 08:00,,,
three,claim_reported,2025-06-04 07:00,,,
three,released,2025-06-05 08:00,,,
three,custody_passed_to_ice,2025-06-04 09:00,,,
"""
EXPECTED = {
    ("one", "contradictory_event"): (7, "one event at two times: released in rows 6, 7"),
    ("two", "unknown_detainer_form"): (5, None),
    ("two", "contract_began_untimed"): (8, None),
    ("two", "left_before_hold"): (10, None),
    ("two", "repeated_event"): (10, "the same event twice at one time: released in rows 9, 10"),
    ("three", "status_outcome_blank"): (13, None),
    ("three", "time_shown_twice"): (14, None),
    ("three", "claim_reported_before_citizenship_claimed"): (16, None),
}


def audited(*args: str) -> str:
    asked = ["custody", "audit", *args, "--zone", "America/Chicago", "--state", "TX", "--model", "WSO"]
    return CliRunner().invoke(app, asked).output


@pytest.mark.parametrize("parts", [1, 2])
def test_a_problem_of_a_log_names_its_own_line(tmp_path: Path, parts: int) -> None:
    """In one file, and in two, of which the second has the rows from the ninth on."""
    heading, *lines = LOG.splitlines()
    files = [tmp_path / f"log-{place}.csv" for place in range(parts)]
    cut = [lines] if parts == 1 else [lines[:8], lines[8:]]
    for file, mine in zip(files, cut, strict=True):
        file.write_text("\n".join([heading, *mine]) + "\n", encoding="utf-8")
    audited(*map(str, files), "--out", str(tmp_path / "report"))
    query = 'select "case", kind, file, row, found from read_parquet(?)'
    rows = duckdb.execute(query, [str(tmp_path / "report" / "problems.parquet")]).fetchall()
    assert {(case, kind) for case, kind, *_ in rows} == set(EXPECTED)
    for case, kind, file, row, found in rows:
        line, said = EXPECTED[case, kind]
        second = parts == 2 and line > 8
        assert (file, row) == (str(files[int(second)]), line - 8 if second else line), (case, kind)
        assert said is None or parts == 2 or found == said
    assert not list((tmp_path / "report").glob("lines-*"))


def test_a_stay_names_the_line_of_its_own(tmp_path: Path) -> None:
    """The second stay of a case has two releases; the first has none that differ."""
    lines = [
        "case,event,at", "one,booked,2025-06-01 08:00", "one,released,2025-06-02 08:00", "one,booked,2025-06-10 08:00",
        "one,charges_cleared,2025-06-11 08:00", "one,released,2025-06-12 08:00", "one,released,2025-06-13 08:00",
    ]  # fmt: skip
    file = tmp_path / "log.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    audited(str(file), "--out", str(tmp_path / "report"))
    query = 'select "case", kind, row from read_parquet(?)'
    rows = duckdb.execute(query, [str(tmp_path / "report" / "problems.parquet")]).fetchall()
    assert rows == [("one (stay 2)", "contradictory_event", 6)]


def test_every_problem_is_printed_where_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    few, every = audited(str(file)), audited(str(file), "--all-problems")
    assert few.count("log.csv row") == 5 and "3 more: with --out, or --all-problems" in few
    assert every.count("log.csv row") == len(EXPECTED) and " more: " not in every
    assert "problems.csv, or here with --all-problems" in audited(str(file), "--out", str(tmp_path / "report"))
