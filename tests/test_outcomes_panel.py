"""The county-month panel, and the doors of Python: agreements as the record counts them, unknown values null."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.outcomes.panel import CODEBOOK, county_panel
from ledger287.cli.main import app


@pytest.fixture(scope="module")
def panel() -> pl.DataFrame:
    return county_panel(ledger287.open(), date(2021, 9, 1), date(2021, 10, 31))


def test_agreements_at_the_end_of_a_month_are_those_of_the_record(panel: pl.DataFrame) -> None:
    ledger = ledger287.open()
    for month, end in ((date(2021, 9, 1), date(2021, 9, 30)), (date(2021, 10, 1), date(2021, 10, 31))):
        local = sum(
            len(ledger.jurisdiction_of[agency].counties)
            for (agency,) in ledger.as_of(end).select("agency_id").iter_rows()
            if ledger.jurisdiction_of[agency].kind not in ("state_agency", "guard_or_other_state_body")
        )
        assert panel.filter(pl.col("month") == month)["agreements_end"].sum() == local


def test_three_rules_bound_each_other(panel: pl.DataFrame) -> None:
    assert (panel["agreements_all_days"] <= panel["agreements_end"]).all()
    assert (panel["agreements_end"] <= panel["agreements_any_day"]).all()
    assert (panel["days"] <= 31).all()


def test_what_no_source_covers_is_null_and_every_column_is_in_the_codebook(panel: pl.DataFrame) -> None:
    assert panel["detained_midnight"].null_count() == panel.height
    assert panel["arrests"].null_count() == panel.height
    told = {name for words in CODEBOOK for name in words.split(", ")}
    assert set(panel.columns) == told


def test_command_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "panel.csv"
    given = ["outcomes", "panel", "--from", "2021-09-01", "--to", "2021-09-30", "--out", str(out)]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0 and "never" not in result.output
    assert pl.read_csv(out).height > 50
    assert CliRunner().invoke(app, [*given[:-1], str(tmp_path / "panel.txt")]).exit_code == 2


def test_python_answers_what_the_command_line_does() -> None:
    assert ledger287.people_held("2026-01-25").snapshot.number("total") == 70766
    assert len(ledger287.people_held_series("2026-01-01")) == 2
    assert ledger287.people_identified("Maricopa County").removed == 31278
    assert ledger287.landmark(ledger287.open(), "FOLEY PD, AL", "2026-05-08").agency == "Foley Police Department"
