"""ICE's pages and the rosters of 2007 to 2017: read without loss, folded, answered; bounds where there are none."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import ledger287
import ledger287.core.time
from conftest import SHARED
from ledger287.cli.main import app
from ledger287.ledger.past.building import build_past
from ledger287.ledger.past.opening import open_past, shipped_past
from ledger287.ledger.query.before.bounds import DayBounds, in_words
from ledger287.ledger.query.before.past import OnlyBounds
from ledger287.sources.ice_rosters.table import read_lines
from ledger287.sources.ice_rosters.words import model_then, state_then


def shown(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.stdout


def only_bounds(ledger: ledger287.Ledger, day: date, known_on: date | None = None) -> DayBounds:
    """The bounds with which a day is answered."""
    with pytest.raises(OnlyBounds) as raised:
        ledger.status(day, known_on=known_on)
    return raised.value.bounds


@pytest.fixture(scope="module")
def source() -> Path:
    place = SHARED / "history"
    if not place.is_dir():
        pytest.skip(f"{place}: the tables of history are not here")
    return place


@pytest.fixture(scope="module")
def ledger() -> ledger287.Ledger:
    return ledger287.open()


def test_a_build_of_the_tables_gives_the_history_that_ships(source: Path, tmp_path: Path) -> None:
    built = build_past(source, tmp_path)
    assert (built.captures, built.row_days, built.statements) == (33, 1472, 265 + 218 + 3)
    made, kept = open_past(tmp_path), open_past()
    assert {**made.facts, "software": ""} == {**kept.facts, "software": ""}
    for path in kept.tables.glob("*.parquet"):
        assert (made.tables / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_statement_is_kept_once_with_its_line_and_grade() -> None:
    said = open_past().read("attested")
    copies = said["copies"].drop_nulls().str.split(" ").explode()
    assert said.height + len(copies) == 265 + 218 + 3
    assert said.select(pl.col("grade", "line", "document", "agency_id", "known_on").null_count()).row(0) == (0,) * 5
    oig = said.filter(pl.col("document") == "oig-10-63")
    assert (oig.filter(pl.col("says") == "listed").height, oig.filter(pl.col("says") == "pending").height) == (61, 6)
    assert oig["copies"].null_count() == 0, "the statements repeat the roster's table: one source, counted once"


@pytest.mark.parametrize(
    ("day", "rows", "states", "by_model"),
    [
        ("2007-09-30", 28, 12, {}),
        ("2008-04-01", 41, 17, {}),
        ("2009-10-28", 61, 23, {"JEM": 23, "TFM": 26, "HYB": 12}),
        ("2010-10-29", 71, 25, {"JEM": 46, "TFM": 25, "HYB": 0}),
        ("2011-08-18", 69, 24, {"JEM": 49, "TFM": 20, "HYB": 0}),
        ("2012-08-01", 68, 24, {"JEM": 48, "TFM": 20, "HYB": 0}),
        ("2017-01-31", 36, 16, {"JEM": 36, "TFM": 0, "HYB": 0}),
        ("2017-08-01", 58, 18, {"JEM": 58, "TFM": 0, "HYB": 0}),
    ],
)
def test_a_day_is_answered_by_the_newest_page_or_roster(
    ledger: ledger287.Ledger, day: str, rows: int, states: int, by_model: dict[str, int]
) -> None:
    answer = ledger.status(date.fromisoformat(day))
    assert (answer.rows, answer.states, answer.by_model) == (rows, states, by_model)
    assert sum(answer.by_state.values()) == answer.agreements == rows


def test_every_capture_answers_with_its_own_rows(ledger: ledger287.Ledger) -> None:
    captures = open_past().read("lists")
    for row in captures.iter_rows(named=True):
        answer = ledger.status(row["published_at"].astimezone(ledger287.core.time.EASTERN).date())
        assert answer.list and answer.list.file == row["file"]
        assert answer.rows == row["rows"]
    assert captures["rows"].sum() == 1472


def test_what_others_published_of_the_day_is_shown_with_it() -> None:
    text = " ".join(shown("status", "--on", "2012-08-01").split())
    assert "64 agreements in 24 states: 35 detention, 20 task force, 9 joint" in text
    answer = json.loads(shown("status", "--on", "2012-08-01", "--json"))
    assert answer["list"]["file"] == "ice-287g-page-20120801234737"
    assert answer["list"]["caption"] == "Mutually Signed Agreements (68) as of 09/02/2011"
    assert answer["list"]["published"][0]["parts"] == {"JEM": 35, "TFM": 20, "HYB": 9, "states": 24}


def test_what_was_known_later_does_not_change_what_was_known_then(ledger: ledger287.Ledger) -> None:
    before = ledger.status(date(2009, 12, 1), known_on=date(2010, 3, 3))
    after = ledger.status(date(2009, 12, 1), known_on=date(2010, 3, 4))
    assert before.list and before.list.file == "partners-2008-03"
    assert after.list and after.list.file == "oig-10-63"
    assert only_bounds(ledger, date(2007, 10, 1), date(2008, 1, 13)).at_least is None, "nothing was captured by then"


def test_between_the_last_page_and_the_first_list_there_are_bounds(ledger: ledger287.Ledger) -> None:
    found = only_bounds(ledger, date(2018, 6, 1))
    assert found.at_least == 58 == found.by_signing + found.by_document + found.by_survival
    assert [one.value for one in found.published] == [58, 76, 150]
    assert "at least 58" in in_words(found) and "150 agreements on September 1, 2020 (GAO)" in in_words(found)
    known_then = only_bounds(ledger, date(2018, 6, 1), date(2019, 1, 1))
    assert known_then.at_least is None
    assert [one.value for one in known_then.published] == [58, 76]


def test_bounds_never_exceed_what_was_published_of_the_day(ledger: ledger287.Ledger) -> None:
    for day, published in ((date(2020, 9, 1), 150), (date(2007, 9, 1), 29), (date(2018, 3, 25), 76)):
        at_least = only_bounds(ledger, day).at_least
        assert at_least is not None and 0 < at_least <= published


def test_bounds_as_json_keep_the_keys_of_a_status() -> None:
    answer = json.loads(shown("status", "--on", "2019-01-01", "--json"))
    assert json.loads(shown("status", "--on", "2025-08-14", "--json")).keys() <= answer.keys()
    assert answer["agreements"] is None and answer["bounds"]["at_least"] > 0


def test_words_of_the_time() -> None:
    printed = ("Task Force", "Jail Enforcement", "Jail & Task Force", "Hybrid")
    assert [model_then(text) for text in printed] == ["TFM", "JEM", "HYB", "HYB"]
    assert model_then("Warrant Service Officer") is None
    assert state_then("DELAWARE**").value == "DE"
    assert state_then("DELAWARE").how == "exact"


def test_a_table_whose_bytes_changed_stops_the_build(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "history"
    shutil.copytree(source, place)
    table = place / "ice_rosters_2011_2017.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Etowah", "Etowa", 1), encoding="utf-8")
    with pytest.raises(ledger287.Refused, match=r"ice_rosters_2011_2017\.csv: expected the bytes of sha256"):
        build_past(place, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_that_builds_history_says_where_a_table_changed(source: Path, tmp_path: Path) -> None:
    shutil.copytree(source, tmp_path / "tables")
    with (tmp_path / "tables" / "ice_rosters_2011_2017.csv").open("a", encoding="utf-8") as file:
        file.write(" ")
    words = [sys.executable, "-m", "ledger287.ledger.past.building", str(tmp_path / "tables"), str(tmp_path / "out")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ice_rosters_2011_2017.csv: expected the bytes of sha256" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()


def test_other_headings_and_short_lines_are_refused_with_their_line() -> None:
    with pytest.raises(ledger287.Refused, match="line 1: expected the headings a, b; found other ones"):
        read_lines("t.csv", b"a,c\n1,2\n", ("a", "b"))
    with pytest.raises(ledger287.Refused, match="line 3: expected 2 cells, found 1"):
        read_lines("t.csv", b"a,b\n1,2\n3\n", ("a", "b"))


def test_history_is_small() -> None:
    assert sum(path.stat().st_size for path in shipped_past().rglob("*") if path.is_file()) < 300_000


def test_the_history_is_exported_with_its_description(tmp_path: Path, ledger: ledger287.Ledger) -> None:
    ledger287.export(ledger287.open(), tmp_path / "out", "csv")
    rows = pl.read_csv(tmp_path / "out" / "past_rows.csv", infer_schema_length=None)
    page = rows.filter(pl.col("file") == "ice-287g-page-20120801234737")
    assert page["times"].sum() == 68 and page["state"].n_unique() == 24
    assert pl.read_csv(tmp_path / "out" / "past_captures.csv").height == 33
    assert pl.read_csv(tmp_path / "out" / "past_attested.csv", infer_schema_length=None).height > 200
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    named = {one["name"] for one in package["resources"]}
    assert {"past_rows", "past_captures", "past_attested"} <= named
