"""The record of outcomes that ships: published figures, sums, withheld cells, joins, and where answers abstain."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from ledger287.analysis.outcomes import facilities
from ledger287.analysis.outcomes.compared import intervals
from ledger287.analysis.outcomes.deriving.jails import jails
from ledger287.analysis.outcomes.population import population_in
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.ledger.outcomes import flows, held, identified, measures, store
from ledger287.sources.outcomes.counts.counted import SMALLEST, withheld
from ledger287.sources.outcomes.counts.identified import read_identified
from ledger287.sources.outcomes.counts.minnesota import window


def answer(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["outcomes", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("day", "total", "criminality", "agency"),
    [
        ("2021-04-10", 15136, (4765, 826, 9545), (5306, 9830)),
        ("2022-03-27", 20733, (4621, 1079, 15033), (5060, 15673)),
        ("2026-01-25", 70766, (18262, 18265, 34239), (59644, 11122)),
    ],
)
def test_published_figures(day: str, total: int, criminality: tuple[int, ...], agency: tuple[int, ...]) -> None:
    found = answer("held", "--on", day)
    assert found["as_of"] == day and found["days_before"] == 0
    assert found["held"]["total"] == total
    assert tuple(found["held"]["by_criminality"].values()) == criminality
    assert tuple(found["held"]["by_arresting_agency"].values()) == agency


def test_shares_are_those_published() -> None:
    assert round(held.shares(held.held_on(date(2021, 4, 10)).snapshot)["none"] or 0, 3) == 0.631
    assert round(held.shares(held.held_on(date(2022, 3, 27)).snapshot)["none"] or 0, 3) == 0.725


def test_parts_sum_to_totals_on_every_day() -> None:
    assert held.mismatches(held.snapshots()) == []
    assert len(held.snapshots()) == 78


def test_between_snapshots_the_last_one_answers_and_says_its_age() -> None:
    found = answer("held", "--on", "2026-02-10")
    assert (found["as_of"], found["days_before"], found["next"]) == ("2026-01-25", 16, "2026-04-04")


def test_before_the_first_snapshot_nothing_is_answered() -> None:
    with pytest.raises(Refused, match="2019-10-04"):
        held.held_on(date(2019, 1, 1))


def test_two_workbooks_of_one_day_that_differ_are_named() -> None:
    snapshot = held.held_on(date(2025, 2, 23)).snapshot
    assert snapshot.number("total", "ICE") == 22622
    assert any("21,137" in line for line in snapshot.differs)


def test_every_number_of_a_snapshot_has_a_cell() -> None:
    for snapshot in held.snapshots():
        assert set(snapshot.numbers) == set(snapshot.cells)


def test_identified_and_removed_sums() -> None:
    found = answer("identified")
    assert (found["identified"], found["removed"]) == (268065, 175104)
    assert found["join"]["undecided"] == []
    one = answer("identified", "Maricopa County Sheriff")
    assert (one["identified"], one["removed"]) == (41891, 31278)
    assert one["years"][0]["identified"] is None


def test_names_that_several_agencies_share_are_not_guessed() -> None:
    with pytest.raises(Refused, match="2 agencies"):
        identified.find("Washington County Sheriff")
    assert identified.find("Washington County Sheriff", "UT").agency_id == "ag-mxb5pjy"
    assert identified.find("Pima County").name != identified.find("Pinal County").name


def test_a_count_that_is_none_is_a_problem_and_a_sum_that_differs_too() -> None:
    head = "Jurisdiction_orig,2006_identified,2006_removed,all_removed\n"
    _, problems = read_identified((head + "A County,12.5,3,4\nB County,x,,0\n").encode(), "made.csv")
    assert [(one.row, one.column) for one in problems] == [(2, "B"), (2, "D"), (3, "B")]


def test_small_cells_are_withheld_and_none_can_be_computed() -> None:
    counted = pl.DataFrame(
        {
            "facility": ["A"] * 3 + ["B"] * 2,
            "city": ["X"] * 5,
            "month": [date(2010, 1, 1), date(2010, 2, 1), date(2010, 3, 1), date(2010, 1, 1), date(2010, 2, 1)],
            "detainers": [3, 9, 40, 8, 7],
            "taken": [1, 7, 20, 2, 7],
        }
    )
    hidden = withheld(counted).sort("facility", "month")
    assert hidden["detainers"].to_list() == [None, None, 40, 8, 7]
    assert hidden["taken"].to_list() == [None, None, 20, None, None]


def test_no_shipped_facility_month_is_small() -> None:
    frame = store.table("detainers_by_facility")
    assert min(frame.drop_nulls("detainers")["detainers"].to_list()) >= SMALLEST
    alone = frame.group_by("facility", "city", pl.col("month").dt.year()).agg(pl.col("withheld").sum(), pl.len())
    assert alone.filter((pl.col("withheld") == 1) & (pl.col("len") > 1)).height == 0
    assert not {"person", "name", "birth"} & set(frame.columns)


def test_detainers_and_arrests() -> None:
    assert flows.detainers("Pennsylvania")["total"] == 32757
    assert flows.detainers("MN")["months"][0] == {"month": date(2022, 10, 1), "detainers": 93}
    texas = answer("arrests", "--state", "TX")["states"][0]
    assert (texas["a"], texas["b"], texas["difference"]) == (124848, 143233, 18385)
    with pytest.raises(Refused):
        flows.detainers("TX")


def test_facilities_and_how_two_sources_compare() -> None:
    found = answer("facility", "STWRTGA")
    assert found["state"] == "GA" and {row["source"] for row in found["months"]} == {"ddp", "uwchr"}
    compared = facilities.compared()
    assert compared["median_of_facility_medians"] < 0.01
    assert compared["largest_gap"]["people"] == 292
    with pytest.raises(Refused, match="Give the code"):
        facilities.find_facility("hold room")


def test_averages_of_intervals_lie_within_bounds_that_do_not_rest_on_them() -> None:
    spans = intervals.intervals_compared()
    assert spans["between_midnight_and_held"] < spans["within_one_person"] < spans["within_releases"]
    assert spans["within_releases"] > 0.9 and 0.02 < spans["release_share"] < 0.03
    assert spans["nationwide"]["between"] == spans["nationwide"]["intervals"] > 40
    assert "GLDSACA" in spans["counted_otherwise"] and len(spans["counted_otherwise"]) < 12
    outside = spans["outside_by_cause"]
    assert sum(row["intervals"] for row in outside) == spans["measured"] - round(
        spans["between_midnight_and_held"] * spans["measured"]
    )
    assert {row["cause"]: row["facilities"] > 20 for row in outside} == dict.fromkeys(intervals.CAUSES, True)
    assert sum(row["share_of_people_days"] for row in outside) < 0.01


def test_a_facility_is_one_across_workbooks_by_its_code() -> None:
    spans = store.table("intervals").drop_nulls("code")
    after = spans.sort("code", "through").with_columns(before=pl.col("through").shift().over("code"))
    assert (after.drop_nulls("before")["through"] > after.drop_nulls("before")["before"]).all()
    measured = spans.filter((pl.col("first") >= date(2022, 10, 1)) & (pl.col("through") <= date(2026, 3, 10)))
    names = set(measured.filter(pl.col("code") == "CSCNWWA")["name"].str.to_uppercase().unique())
    assert {"NORTHWEST ICE PROCESSSING CENTER", "TACOMA ICE PROCESSING CENTER (NORTHWEST DET CTR)"} <= names
    every = store.table("intervals").filter(
        (pl.col("first") >= date(2022, 10, 1)) & (pl.col("through") <= date(2026, 3, 10))
    )
    assert measured.height > 0.98 * every.height


def test_declared_names_of_facilities_are_of_known_codes_and_places() -> None:
    assert answer("facility", "Tacoma ICE Processing Center")["code"] == "CSCNWWA"
    states = dict(store.table("facilities").select("code", "state").iter_rows())
    for row in declared.rows("outcomes/facility_names.csv"):
        assert states[row["code"]] == row["state"] and row["evidence"], row
    assert states["CADESVI"] == "CA" and states["AKANVIL"] == "AK" and states["MEYTHCT"] == "ME"


def test_averages_run_to_the_end_of_their_own_fiscal_year() -> None:
    averages = store.table("facility_averages").drop_nulls("through")
    year_end = averages.filter(averages["file"].cast(str) == "FY24_detentionStats.xlsx")
    assert set(year_end["through"]) == {date(2024, 9, 30)}
    first = store.table("intervals")
    assert (first["first"] <= first["through"]).all()


def test_measures_for_checking() -> None:
    one = measures.measure("held_neither", date(2021, 4, 30))
    assert (one.number, one.whole, one.as_of) == (9545, 15136, date(2021, 4, 10))
    assert [str(cell).split(" sha256")[0].split("] ")[1] for cell in one.evidence] == ["F23", "F20"]
    assert measures.measure("identified", agency="Maricopa County").number == 41891
    with pytest.raises(Refused, match="no such measure"):
        measures.measure("guilt")


def test_tables_ship_under_five_megabytes_and_hold_no_day_of_a_person() -> None:
    files = list(store.SHIPPED.glob("*"))
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert {"held.parquet", "identified.parquet", "facility_months.parquet"} <= {path.name for path in files}


def test_report_accounts_for_every_number() -> None:
    report = json.loads((store.SHIPPED / "report.json").read_text(encoding="utf-8"))["workbooks"]
    assert report["read"] == 85 and report["unplaced"] == 0 and report["days_not_told"] == 0
    assert Path(store.SHIPPED).is_dir()


def test_days_in_the_wrong_order_are_not_an_empty_series() -> None:
    from ledger287.core.problem import Refused
    from ledger287.ledger.outcomes.held import series

    with pytest.raises(Refused, match="swap them"):
        series(date(2026, 1, 1), date(2020, 1, 1))


def test_detainers_of_minnesota_are_there_by_day_jail_and_reason() -> None:
    """The window of the table by jail follows from its sum, and a jail's count under 5 is in no cell."""
    answer = flows.detainers("MN")
    assert sum(row["detainers"] for row in answer["days"]) == answer["total"] == 6232
    lifted = answer["lifted"]
    assert (lifted["first"], lifted["through"]) == (date(2025, 12, 1), date(2026, 3, 10))
    assert (lifted["total"], lifted["taken"]) == (882, 152) and sum(r["detainers"] for r in lifted["reasons"]) == 882
    inside = [r["detainers"] for r in answer["days"] if lifted["first"] <= r["day"] <= lifted["through"]]
    assert sum(inside) == 882
    found = jails("MN")
    assert len(found["jails"]) == 75 and found["join"]["to_county"]["jails"] == 74
    named = {row["facility"]: row for row in found["jails"]}
    assert named["HENNEPIN COUNTY ADC"]["declined"] == 119 and named["STERNS CO. JAIL"]["county"] == "Stearns County"
    for row in found["jails"]:
        cells = [row[name] for name in ("taken", "declined", "gone", "other", "not_said")]
        assert all(cell is None or cell == 0 or cell >= 5 for cell in (*cells, row["detainers"]))
        assert row["detainers"] is None or cells.count(None) != 1, row


def test_a_table_whose_days_cannot_be_found_has_none() -> None:
    days = pl.DataFrame({"day": [date(2026, 1, n) for n in (1, 2, 3)], "detainers": [2, 3, 4]})
    assert window(days, 7) == (date(2026, 1, 2), date(2026, 1, 3))
    assert window(days, 6) == (None, None)


def test_kinds_of_minnesotas_arrests_are_its_daily_arrests() -> None:
    answer = flows.arrests_daily("MN")
    daily = {row["day"]: row["arrests"] for row in answer["days"]}
    kinds = {row["day"]: row["targeted"] + row["collateral"] for row in answer["minnesota_kinds"]}
    assert len(kinds) == 180 and all(daily[day] == number for day, number in kinds.items() if day in daily)
    assert flows.arrests_daily("TX")["minnesota_kinds"] == []


def test_the_mean_of_a_part_of_a_month_is_over_that_part() -> None:
    part = population_in("TX", date(2025, 1, 20), date(2025, 1, 25))
    days = [row["held"] for row in part["days"]]
    assert len(days) == 6 and part["months"][0]["held"] == round(sum(days) / 6, 1)
    days_by_county = store.table("county_days").filter(pl.col("source").cast(pl.String) == "ddp")
    ended = days_by_county.group_by(pl.col("county_fips").cast(pl.String)).agg(pl.col("day").max())
    fips, last = ended.filter(pl.col("day").dt.day() == 4).sort("county_fips").row(0)
    own = days_by_county.filter(
        (pl.col("county_fips").cast(pl.String) == fips) & (pl.col("day").dt.truncate("1mo") == last.replace(day=1))
    )
    months = population_in(fips)["months"]
    mean = next(row for row in months if row["source"] == "ddp" and row["month"] == last.replace(day=1))["held"]
    days_in = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - last.replace(day=1)
    assert mean is None or mean == round(own["held"].sum() / days_in.days, 1)


def test_ices_averages_are_above_its_snapshots_in_the_nation_without_any_join() -> None:
    """Every day of a month counts, and each has its cell; the figures of the page follow from the rows."""
    nation = answer("compare")["nation"]
    months, above = nation["months"], nation["averages_above_midnight"]
    assert len(months) == above["months"] == 40 and all(
        row["midnight"] < row["average"] < row["held"] for row in months
    )
    january = next(row for row in months if row["month"] == "2026-01-01")
    days = store.table("nation_days").filter(
        (pl.col("source").cast(pl.String) == "ddp") & (pl.col("day").dt.truncate("1mo") == date(2026, 1, 1))
    )
    assert days.height == 31 and january["midnight"] == pytest.approx(float(days["midnight"].sum()) / 31, abs=0.01)
    assert january["average"] == 71929.48 and january["file"].startswith("FY26")
    shares = [row["people"] / row["midnight_before"] - 1 for row in nation["snapshots"]]
    assert nation["snapshots_above_midnight_before"]["above"] == sum(one > 0 for one in shares) == len(shares) == 47
    assert nation["revised_between_workbooks"]["median_people"] > 1


def test_a_month_that_a_source_reaches_in_part_is_divided_by_the_days_it_reaches() -> None:
    """The newer source ends on March 10, 2026, the older on January 4, 2024: each surface has the same mean."""
    months = {(row["source"], row["month"]): row for row in answer("facility", "STWRTGA")["months"]}
    county = answer("population", "Stewart County, GA")["months"]
    for source, month in (("ddp", "2026-03-01"), ("uwchr", "2024-01-01"), ("ddp", "2026-02-01")):
        mean = months[source, month]["held"]
        assert mean is not None and mean <= months[source, month]["most"]
        assert mean > 0.9 * months[source, month]["most"]
        one = next(row for row in county if (row["source"], row["month"]) == (source, month))
        assert one["held"] == round(mean, 1)


def test_days_and_states_without_an_answer_say_so() -> None:
    result = CliRunner().invoke(app, ["outcomes", "series", "--from", "2027-01-01"])
    assert result.exit_code == 0 and "No snapshot in these days" in result.stdout
    with pytest.raises(Refused, match="no daily arrests of Wyoming"):
        flows.arrests_daily("WY")


def test_a_sum_of_nothing_printed_is_no_zero() -> None:
    assert answer("arrests", "--state", "PR")["sums"]["b"] is None
    assert answer("arrests", "--state", "GU")["sums"] == {"a": None, "b": None}
    assert "Neither prints arrests of it" in CliRunner().invoke(app, ["outcomes", "arrests", "--state", "GU"]).stdout
