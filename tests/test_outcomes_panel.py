"""The county-month panel, and the doors of Python: agreements as the record counts them, unknown values null."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.outcomes.jails import jails
from ledger287.analysis.outcomes.panel import CODEBOOK, county_panel
from ledger287.analysis.outcomes.sensitivity import joins, sensitivity
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


def test_before_the_lists_agreements_are_those_of_the_page_of_then() -> None:
    early = county_panel(ledger287.open(), date(2009, 10, 1), date(2009, 11, 30))
    assert early["days"].null_count() == early["agreements_any_day"].null_count() == early.height > 50
    assert set(early["page_days"]) == {3, 33}
    assert early.filter(pl.col("month") == date(2009, 10, 1))["hyb"].sum() > 5
    models = early["jem"] + early["wso"] + early["tfm"] + early["hyb"]
    assert (early["agreements_end"] == models).all() and early["agreements_end"].sum() > 90
    maricopa = early.filter(pl.col("county_fips") == "04013")
    assert set(maricopa["identified"]) == {7700 + 91}  # the sheriff's, and those of Mesa
    assert joins(ledger287.open(), date(2009, 11, 30))["agencies_to_counties"]["on"] is None


def test_without_a_page_or_its_models_agreements_are_null() -> None:
    unmodeled = county_panel(ledger287.open(), date(2008, 5, 1), date(2008, 5, 31))
    assert unmodeled["jem"].null_count() == unmodeled.height and unmodeled["agreements_end"].sum() > 25
    gap = county_panel(ledger287.open(), date(2017, 8, 1), date(2017, 9, 30))
    assert set(gap["month"]) == {date(2017, 8, 1)}


def test_joins_have_match_rates_and_everything_that_is_not_matched() -> None:
    found = joins(ledger287.open(), date(2021, 10, 31))
    facilities = found["facilities_to_counties"]
    assert facilities["matched"] + len(facilities["unmatched"]) == facilities["facilities"]
    assert facilities["rate_of_people_days"] > 0.93
    counties = found["identified_to_counties"]
    assert counties["matched"] + len(counties["unmatched"]) == counties["agencies"] == 73
    assert "Rhode Island State Police" in counties["unmatched"]
    agencies = found["agencies_to_counties"]
    assert agencies["matched"] + len(agencies["unmatched"]) == agencies["local_agencies"]


def test_the_answer_is_shown_under_each_rule() -> None:
    rows = sensitivity(county_panel(ledger287.open(), date(2025, 1, 1), date(2025, 1, 31)))
    assert len({(row["agreements"], row["people"]) for row in rows}) == len(rows) == 9
    end, any_day, every_day = (rows[place]["share"] for place in (0, 3, 6))
    assert every_day <= end <= any_day and 0 < end < 1


def test_detainers_are_joined_to_jails_and_their_counties() -> None:
    found = jails()
    assert found["join"]["jails"] == len(found["jails"]) > 100
    for name in ("to_county", "to_code"):
        part = found["join"][name]
        assert part["jails"] + len(part["unmatched"]) == found["join"]["jails"]
    by_name = {row["facility"]: row for row in found["jails"]}
    assert by_name["MONTGOMERY CNTY JAIL, PA"]["county"] == "Montgomery County"
    assert by_name["MOSHANNON VALLEY CORRECTIONAL"]["county"] == "Clearfield County"
    assert all(row["detainers"] == 0 or row["detainers"] >= 5 for row in found["jails"])


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
