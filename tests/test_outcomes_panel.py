"""The county-month panel, and the doors of Python: agreements as the record counts them, unknown values null."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.outcomes.deriving.jails import jails
from ledger287.analysis.outcomes.panels.county_panel import CODEBOOK, county_panel
from ledger287.analysis.outcomes.panels.sensitivity import joins, sensitivity
from ledger287.analysis.outcomes.panels.state_panel import CODEBOOK as STATE_CODEBOOK
from ledger287.analysis.outcomes.panels.state_panel import state_panel
from ledger287.cli.main import app
from ledger287.ledger.outcomes.flows import arrests_daily


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


def added_arrests(folder: Path) -> Path:
    """A folder of outcomes with synthetic arrests at sites: no row is of a person."""
    places = (
        ["CAP - ELMORE COUNTY JAIL, AL STATE"] * 9 + ["ELMORE CO SO, AL"] * 6 + ["BHM GENERAL AREA, NON-SPECIFIC"] * 20
    )
    places += ["LEE COUNTY JAIL, AL"] * 4 + ["SYNTHETIC NAME"] * 2 + [""]
    rows = [
        {"Apprehension Date": f"3/{1 + n % 28}/2026", "Apprehension State": "ALABAMA" if n % 2 else "",
         "Apprehension Method": "Located", "Apprehension Site Landmark": place, "Unique Identifier": f"synthetic {n}",
         "Duplicate Likely": "TRUE" if n == 0 else ""}
        for n, place in enumerate(places)
    ]  # fmt: skip
    rows += [{**rows[1], "Apprehension State": "ALABAMA"}, {**rows[1], "Apprehension Date": "4/30/2026"}]
    pl.DataFrame(rows).write_csv(folder / "arrests.csv")
    run = CliRunner().invoke(app, ["outcomes", "add", str(folder / "arrests.csv"), "--out", str(folder / "out")])
    assert "added_arrests_by_site" in run.output
    return folder / "out"


def test_arrests_at_sites_of_an_added_file_are_in_the_panel_of_counties(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(added_arrests(tmp_path)))
    out = tmp_path / "panel.csv"
    given = ["outcomes", "panel", "--from", "2026-03-01", "--to", "2026-04-30", "--out", str(out)]
    answer = json.loads(CliRunner().invoke(app, [*given, "--json"]).stdout)
    rows = pl.read_csv(out, infer_schema_length=None).drop_nulls("arrests").to_dicts()
    assert [(row["county"], row["month"]) for row in rows] == [("Elmore County", "2026-03-01")]
    assert (rows[0]["arrests"], rows[0]["arrests_every_row"], rows[0]["arrests_once_a_day"]) == (15, 16, 15)
    assert (rows[0]["arrests_at_agency"], rows[0]["arrests_days"]) == (15, 28)
    join = answer["joins"]["arrests_to_counties"]
    assert (join["arrests"], join["matched"], join["at_an_agency_with_an_agreement"]) == (43, 16, 16)
    named = {row["site"] for row in join["unmatched"]}
    assert named == {"BHM GENERAL AREA, NON-SPECIFIC"}
    assert join["unmatched_under_5"] == 7
    rules = answer["arrests"]["rules"]
    assert len({(row["duplicates"], row["agreements"]) for row in rules}) == len(rows) * 9 == len(rules)
    assert all(row["share_of_all_at_least"] <= row["share_of_matched"] <= 1 for row in rules)
    assert "synthetic" not in json.dumps(answer).casefold()


def test_counts_of_a_state_are_in_the_panel_of_states_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(added_arrests(tmp_path)))
    frame = state_panel(ledger287.open(), date(2026, 2, 1), date(2026, 3, 31))
    assert set(frame.columns) == {name for words in STATE_CODEBOOK for name in words.split(", ")}
    cells = {(row["state"], row["month"].month): row for row in frame.to_dicts()}
    days = arrests_daily("TX")["days"]
    assert cells["TX", 2]["arrests_daily"] == sum(row["arrests"] for row in days if str(row["day"])[:7] == "2026-02")
    assert cells["TX", 2]["arrests_daily_days"] == 28 and cells["AL", 2]["arrests_daily"] is None
    assert cells["AL", 3]["arrests_added"] == 22 and cells["AL", 2]["arrests_added"] is None
    assert cells["MN", 2]["detainers"] > 0
    local = county_panel(ledger287.open(), date(2026, 2, 1), date(2026, 2, 28))
    assert {"arrests_daily", "detainers"}.isdisjoint(local.columns)
    on_day = len(ledger287.open().as_of("2026-02-28").filter(pl.col("state") == "FL"))
    assert cells["FL", 2]["agreements_end"] == on_day
    old = state_panel(ledger287.open(), date(2012, 1, 1), date(2012, 1, 31))
    arizona = old.filter(pl.col("state") == "AZ").to_dicts()[0]
    assert arizona["agreements_end"] is None and arizona["identified"] > arizona["removed"] > 0


def test_state_panel_by_command(tmp_path: Path) -> None:
    out = tmp_path / "panel.parquet"
    given = ["outcomes", "panel", "--by", "state", "--from", "2026-02-01", "--to", "2026-02-28", "--out", str(out)]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0 and "arrests_daily" in result.output
    assert pl.read_parquet(out).height > 40
    assert CliRunner().invoke(app, [*given[:3], "city", *given[4:]]).exit_code == 2
