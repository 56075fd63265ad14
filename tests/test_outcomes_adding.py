"""Adding files: synthetic rows are counted and dropped; a workbook joins the snapshots; repeats add nothing."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.sources.outcomes.counts.person_files import count_file
from outcomes_making import Making, detention_workbook

SECRET = "synthetic-person-"


def add(path: Path, out: Path, code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["outcomes", "add", str(path), "--out", str(out), "--json"])
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def arrests() -> pl.DataFrame:
    """Synthetic arrests: no row is of a person."""
    rows = [
        {
            "apprehension_date": date(2025, 3, 1) + timedelta(days=n % 40),
            "apprehension_state": "TEXAS" if n % 3 else "OHIO",
            "apprehension_method": "CAP Local Incarceration" if n % 2 else "Located",
            "apprehension_criminality": "1 Convicted Criminal" if n % 5 else "2 Pending Criminal Charges",
            "duplicate_likely": n % 20 == 0,
            "unique_identifier": f"{SECRET}{n}",
        }
        for n in range(300)
    ]
    return pl.DataFrame(rows)


def test_arrests_are_counted_with_and_without_flagged_duplicates(tmp_path: Path) -> None:
    path = tmp_path / "arrests-latest.parquet"
    arrests().write_parquet(path)
    answer = add(path, tmp_path / "out")
    assert answer["kind"] == "arrests"
    assert answer["counts"] == {"rows": 300, "flagged": 15, "without_day": 0, "without_site": 300}
    by_state = pl.read_parquet(tmp_path / "out" / "added_arrests_by_state.parquet")
    assert by_state["rows"].sum() == 300 and by_state["arrests"].sum() == 285


def test_headings_of_a_release_below_a_preamble_are_found(tmp_path: Path) -> None:
    path = tmp_path / "release.xlsx"
    frame = arrests().rename({name: name.replace("_", " ").title() for name in arrests().columns})
    frame.write_excel(path, position=(6, 0))
    assert count_file(path).rows == 300


def test_no_row_of_a_person_is_written(tmp_path: Path) -> None:
    path = tmp_path / "arrests.csv"
    arrests().write_csv(path)
    add(path, tmp_path / "out")
    for made in (tmp_path / "out").iterdir():
        assert SECRET.encode() not in made.read_bytes()
        if made.suffix == ".parquet":
            assert "unique_identifier" not in pl.read_parquet_schema(made)


def test_detainers_of_a_facility_month_under_five_are_withheld(tmp_path: Path) -> None:
    days = [date(2026, 1, 5)] * 9 + [date(2026, 2, 5)] * 3 + [date(2026, 3, 5)] * 20
    pl.DataFrame(
        {
            "detainer_prepare_date": [day.strftime("%m/%d/%Y") for day in days],
            "detention_facility": ["SYNTHETIC COUNTY JAIL"] * len(days),
            "facility_state": ["MN"] * len(days),
            "detainer_lift_reason": ["Booked into Detention", None] * (len(days) // 2),
        }
    ).write_csv(tmp_path / "detainers.csv")
    counted = count_file(tmp_path / "detainers.csv")
    shown = counted.tables["added_detainers_by_facility"].sort("month")["detainers"].to_list()
    assert shown == [None, None, 20]
    assert counted.tables["added_detainers_by_reason"]["detainers"].sum() == 32


def test_stays_give_people_at_midnight(tmp_path: Path) -> None:
    start = datetime(2026, 1, 1, 9)
    pl.DataFrame(
        {
            "detention_facility_code": ["AAAAATX"] * 3,
            "book_in_date_time": [start, start + timedelta(days=10), start + timedelta(days=40)],
            "book_out_date_time": [start + timedelta(days=10), None, None],
            "detention_facility": ["SYNTHETIC"] * 3,
        }
    ).write_parquet(tmp_path / "detentions.parquet")
    months = count_file(tmp_path / "detentions.parquet").tables["added_facility_months"]
    assert months["midnight"].to_list() == [1.0, pytest.approx(1 + 1 / 10, abs=0.01)]


def test_a_new_workbook_joins_the_snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = tmp_path / "FY27_detentionStats02182027.xlsx", tmp_path / "out"
    path.write_bytes(detention_workbook())
    assert add(path, out)["kind"] == "detention statistics"
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(out))
    result = CliRunner().invoke(app, ["outcomes", "held", "--on", "2027-02-20", "--json"])
    found = json.loads(result.stdout)
    assert (found["as_of"], found["held"]["total"], found["file"]) == ("2027-02-14", 2000, path.name)
    again = add(path, out, code=1)
    assert again["kind"] == "repeated" and again["problems"][0]["kind"] == "repeated_file"


@pytest.mark.parametrize("name", ["notes.txt", "other.csv", "other.xlsx", "missing.parquet", "cut.parquet"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    if name == "other.xlsx":
        pl.DataFrame({"a": ["b"]}).write_excel(tmp_path / name)
    elif not name.startswith("missing"):
        (tmp_path / name).write_text("a,b\n1,2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["outcomes", "add", str(tmp_path / name), "--out", str(tmp_path / "out")])
    assert result.exit_code != 0


def test_a_workbook_without_a_day_is_refused_rather_than_guessed(tmp_path: Path) -> None:
    path = tmp_path / "stats.xlsx"
    path.write_bytes(detention_workbook(Making(averages=False, footnote=None)))
    result = CliRunner().invoke(app, ["outcomes", "add", str(path), "--out", str(tmp_path / "out")])
    assert "whose day is unknown" in str(result.exception)


def ask(out: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> dict[str, Any]:
    """What a command answers from the folder that a file was added to."""
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(out))
    found: dict[str, Any] = json.loads(CliRunner().invoke(app, ["outcomes", *arguments, "--json"]).stdout)
    monkeypatch.delenv("LEDGER287_OUTCOMES")
    return found


def test_counts_of_an_added_file_answer_next_to_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    arrests().write_parquet(tmp_path / "arrests.parquet")
    add(tmp_path / "arrests.parquet", out)
    texas = ask(out, monkeypatch, "arrests", "--state", "TX")
    assert texas["states"][0]["a"] == 124848
    assert texas["added"]["file"] == "arrests.parquet"
    assert texas["added"]["states"] == [{"state": "TX", "arrests": 190}]
    assert ask(out, monkeypatch, "arrests")["added"]["total"] == 285


def test_detainers_of_any_state_and_stays_of_any_facility_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    pl.DataFrame(
        {
            "Detainer Prepare Date": ["1/5/2026"] * 12,
            "Facility State": ["Ohio"] * 12,
            "Detention Facility": ["SYNTHETIC COUNTY JAIL"] * 12,
            "Detainer Lift Reason": ["Booked into Detention", None, None] * 4,
        }
    ).write_csv(tmp_path / "detainers.tsv", separator="\t")
    add(tmp_path / "detainers.tsv", out)
    ohio = ask(out, monkeypatch, "detainers", "OH")
    assert (ohio["total"], ohio["added"]["taken"], ohio["added"]["file"]) == (12, None, "detainers.tsv")
    pl.DataFrame(
        {
            "detention_facility_code": ["STWRTGA"] * 7 + ["NEWONTX"] * 3,
            "book_in_date_time": [datetime(2026, 1, 1, 9)] * 10,
            "book_out_date_time": [datetime(2026, 2, 10)] * 10,
            "detention_facility": ["SYNTHETIC"] * 10,
        }
    ).write_parquet(tmp_path / "stays.parquet")
    add(tmp_path / "stays.parquet", out)
    months = ask(out, monkeypatch, "facility", "STWRTGA")["added"]["months"]
    assert (str(months[0]["month"]), months[0]["midnight"]) == ("2026-01-01", 7.0)
    assert ask(out, monkeypatch, "facility", "NEWONTX")["added"]["months"][0] == {
        "month": "2026-01-01", "days": 1, "midnight": None, "withheld": True,
    }  # fmt: skip


def test_an_added_file_that_takes_the_place_of_another_says_so(tmp_path: Path) -> None:
    arrests().write_parquet(tmp_path / "one.parquet")
    arrests().head(100).write_csv(tmp_path / "two.csv")
    add(tmp_path / "one.parquet", tmp_path / "out")
    [problem] = add(tmp_path / "two.csv", tmp_path / "out", code=1)["problems"]
    assert problem["kind"] == "replaced_file" and "one.parquet" in problem["found"]
    assert add(tmp_path / "one.parquet", tmp_path / "out", code=1)["kind"] == "arrests"


def test_a_csv_file_in_another_encoding_is_counted(tmp_path: Path) -> None:
    text = arrests().with_columns(apprehension_method=pl.lit("Ca\u00f1on City")).write_csv()
    (tmp_path / "latin.csv").write_bytes(text.encode("latin-1"))
    assert count_file(tmp_path / "latin.csv").rows == 300


@pytest.mark.parametrize(("at", "line"), [(0, 2), (3, 5), (30_000, 30_002)])
@pytest.mark.parametrize(("text", "found"), [("2025-01-03,TEXAS", 2), ("2025-01-03,TEXAS,SYNTHETIC PERSON,more", 4)])
def test_lines_with_more_or_fewer_fields_are_named(tmp_path: Path, at: int, line: int, text: str, found: int) -> None:
    lines = ["2025-01-01,TEXAS,Located"] * 30_010
    lines[at] = text
    path = tmp_path / "arrests.csv"
    path.write_text(
        "\ufeffapprehension_date,apprehension_state,apprehension_method\n" + "\n".join(lines) + "\n", "utf-8"
    )
    result = CliRunner().invoke(app, ["outcomes", "add", str(path), "--out", str(tmp_path / "out")])
    said = str(result.exception)
    assert f"arrests.csv, line {line}: expected 3 fields, as its headings have; found {found}." in said
    assert "PERSON" not in said and not (tmp_path / "out").exists()


def test_small_counts_of_an_added_file_are_withheld_on_the_command_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = ["TEXAS"] * 9 + ["OHIO"] * 3 + ["ABROAD"] * 2
    frame = pl.DataFrame({"apprehension_date": ["2026-01-05"] * 14, "apprehension_state": states})
    frame.with_columns(apprehension_method=pl.lit("Located")).write_csv(tmp_path / "arrests.csv")
    out = tmp_path / "out"
    add(tmp_path / "arrests.csv", out, code=1)
    own = ask(out, monkeypatch, "arrests")["added"]
    assert own["states"] == [{"state": "TX", "arrests": 9}, {"state": "OH", "arrests": None}]
    assert (own["total"], own["not_a_state"]) == (12, None)
    assert ask(out, monkeypatch, "arrests", "--state", "OH")["added"]["total"] is None
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(out))
    printed = CliRunner().invoke(app, ["outcomes", "arrests"]).output
    assert "under 5" in printed and "OH                                       3" not in printed


@pytest.mark.parametrize("reason", ["Detention Release Reason", "Stay Release Reason"])
def test_stays_with_their_reasons_of_release_are_counted_and_never_shown(tmp_path: Path, reason: str) -> None:
    """Headings of ICE's release: the word "release" makes no statistics of a file of persons."""
    rows = [
        {
            "Stay Book In Date Time": datetime(2025, 3, 1 + n % 28, 9),
            "Detention Book In Date And Time": datetime(2025, 3, 1 + n % 28, 9),
            "Detention Book Out Date Time": datetime(2025, 4, 1 + n % 28, 9),
            "Detention Facility Code": "SYNTHTX",
            reason: "Removed" if n % 2 else "Bonded Out",
            "Birth Year": 1980 + n % 20,
            "Unique Identifier": f"{SECRET}{n}",
        }
        for n in range(120)
    ]
    path = tmp_path / "stays.xlsx"
    pl.DataFrame(rows).write_excel(path)
    assert add(path, tmp_path / "out", 1)["counts"]["rows"] == 120
    result = CliRunner().invoke(app, ["outcomes", "read", str(path), "--json"])
    assert result.exit_code == 1
    assert [one["kind"] for one in json.loads(result.stdout)["problems"]] == ["rows_of_persons"]
    assert json.loads(result.stdout)["tables"] == [] and SECRET not in result.stdout


def test_people_held_whose_parts_are_not_the_total_are_said_with_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a third arresting agency has a column: its people are in the total, and in neither of the two parts."""
    path = tmp_path / "FY27_detentionStats02182027.xlsx"
    path.write_bytes(detention_workbook(Making(wrong_total=1000)))
    add(path, tmp_path / "out", 1)
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(tmp_path / "out"))
    result = CliRunner().invoke(app, ["outcomes", "held", "--on", "2027-02-20", "--json"])
    found = json.loads(result.stdout)
    assert "2027-02-14 total: 2,000 by arresting agency, 3,000 in all" in found["mismatches"]
    assert "does not add up" in CliRunner().invoke(app, ["outcomes", "held", "--on", "2027-02-20"]).stdout


def test_stays_without_a_column_of_their_ends_are_refused(tmp_path: Path) -> None:
    """Without ends every person would be counted as held to this day."""
    stays = {
        "Detention Book In Date And Time": [datetime(2025, 5, 1 + n, 9) for n in range(20)],
        "Detention Facility Code": ["SYNTHTX"] * 20,
        "Detention Book Out Date And Time": [datetime(2025, 5, 3 + n, 9) for n in range(20)],
    }
    whole, cut = tmp_path / "stays.csv", tmp_path / "cut.csv"
    pl.DataFrame(stays).write_csv(whole)
    pl.DataFrame(stays).drop("Detention Book Out Date And Time").write_csv(cut)
    add(whole, tmp_path / "out", 1)
    months = pl.read_parquet(tmp_path / "out" / "added_facility_months.parquet")
    assert all(month <= date(2025, 5, 1) for month in months["month"])
    result = CliRunner().invoke(app, ["outcomes", "add", str(cut), "--out", str(tmp_path / "other")])
    assert isinstance(result.exception, Refused) and "book_out_date_time" in str(result.exception)
    assert not (tmp_path / "other").exists()
