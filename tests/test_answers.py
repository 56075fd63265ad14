"""The flat table of agreements is the record's own, in every format, at every door."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.answers.columns import CHANGES, EVER, IN_FORCE
from ledger287.analysis.answers.flat import flat_agreements
from ledger287.analysis.answers.written import frame_csv, table_bytes
from ledger287.cli.main import app
from ledger287.ledger.fold.changes import CHANGE_COLUMNS
from ledger287.web.publish.downloads import FLAT
from ledger287.web.server.app import make_app
from sites import site_on

ON = "2026-05-08"
REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: date(2026, 5, 8))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(date(2026, 5, 8)), watch=False)) as opened:
        yield opened


def command(*words: str, code: int = 0) -> bytes:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout_bytes


# -- what it holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["2008-01-01", "2016-05-01", "2021-06-01", "2025-08-14", ON])
def test_the_agreements_of_a_day_are_those_of_as_of(atlas: ledger287.Atlas, on: str) -> None:
    flat, then = flat_agreements(atlas, on).frame, atlas.as_of(on)
    assert sorted(map(str, flat.select(then.columns).rows())) == sorted(map(str, then.rows()))
    assert flat.columns == [column.name for column in IN_FORCE.columns]
    assert flat["state_name"].null_count() == 0
    assert flat["model_name"].null_count() == flat["model"].null_count()


def test_days_of_listing_are_those_of_the_agency(atlas: ledger287.Atlas) -> None:
    flat = flat_agreements(atlas, ever=True).frame
    for agency_id in flat["agency_id"].unique().sort().sample(25, seed=287):
        own = {one.agreement_id: one for one in atlas.agency(agency_id).agreements}
        for row in flat.filter(pl.col("agency_id") == agency_id).iter_rows(named=True):
            told = own[row["agreement_id"]]
            assert (row["first_listed"], row["last_listed"], row["status"]) == (
                told.first_day,
                told.last_day,
                told.status,
            ), row["agreement_id"]


def test_all_agreements_are_each_there_once(atlas: ledger287.Atlas) -> None:
    flat = flat_agreements(atlas, ever=True).frame
    assert flat["agreement_id"].n_unique() == flat.height
    assert set(atlas.table("agreements")["agreement_id"]) <= set(flat["agreement_id"])
    listed = flat.filter(pl.col("status") == "listed")
    assert set(listed["agreement_id"]) == set(atlas.as_of(ON)["agreement_id"])
    assert flat.filter(pl.col("last_listed") < pl.col("first_listed")).is_empty()
    assert flat.filter(pl.col("delisted") < pl.col("last_listed")).is_empty()


def test_later_knowledge_changes_no_earlier_answer(atlas: ledger287.Atlas) -> None:
    then = flat_agreements(atlas, "2025-08-14", known_on="2025-08-14").frame
    assert then["last_listed"].max() == date(2025, 8, 14)
    assert set(then["status"]) == {"listed"}
    known = flat_agreements(atlas, ever=True, known_on="2025-08-14").frame
    assert known.filter(pl.col("first_listed") > date(2025, 8, 14)).is_empty()


def test_it_is_narrowed_as_other_questions_are(atlas: ledger287.Atlas) -> None:
    assert flat_agreements(atlas, ON, state="FL").frame.height == atlas.status(ON, state="FL").agreements
    assert flat_agreements(atlas, ON, model="JEM").frame.height == atlas.status(ON, model="JEM").agreements
    assert flat_agreements(atlas, ON, county="12021").frame.height == atlas.status(ON, county="12021").agreements
    with pytest.raises(ledger287.QueryError, match="all agreements or one day"):
        flat_agreements(atlas, ON, ever=True)


# -- its files -------------------------------------------------------------------------------------


def test_a_formula_is_guarded_in_csv_alone(atlas: ledger287.Atlas) -> None:
    frame = pl.DataFrame({"text": ["=1+1", "@x", "-5", "plain", None, "a=b"], "number": [-1, 2, 3, 4, 5, 6]})
    written = frame_csv(frame)
    rows = list(csv.DictReader(io.StringIO(written.data.decode(), newline="")))
    assert [row["text"] for row in rows] == ["'=1+1", "'@x", "'-5", "plain", "", "a=b"]
    assert (rows[0]["number"], written.guarded) == ("-1", 3)
    flat = flat_agreements(atlas, ON, state="MD")
    odd = flat.frame.with_columns(agency=pl.lit("=HYPERLINK(1)"))
    assert table_bytes(flat.table, odd, "csv", atlas.stored).guarded == odd.height
    assert json.loads(table_bytes(flat.table, odd, "json", atlas.stored).data)[0]["agency"] == "=HYPERLINK(1)"


def test_every_format_holds_the_same(tmp_path: Path, atlas: ledger287.Atlas) -> None:
    frame = flat_agreements(atlas, ON, state="NC").frame
    asked = ("agreements", "--on", ON, "--state", "NC")
    files = {form: tmp_path / f"nc.{form}" for form in ("csv", "xlsx", "json", "parquet", "geojson")}
    for path in files.values():
        command(*asked, "--out", str(path))
    again = command(*asked, "--format", "csv")
    assert again == files["csv"].read_bytes()
    assert command(*asked, "--format", "csv", "--bom") == b"\xef\xbb\xbf" + again
    assert pl.read_parquet(files["parquet"]).equals(frame)
    ids = frame["agreement_id"].to_list()
    assert [row["agreement_id"] for row in csv.DictReader(io.StringIO(again.decode(), newline=""))] == ids
    assert [row["agreement_id"] for row in json.loads(files["json"].read_text(encoding="utf-8"))] == ids
    book = pl.read_excel(files["xlsx"], sheet_name="agreements_in_force")
    assert book["agreement_id"].to_list() == ids
    assert book["signed"].to_list() == frame["signed"].to_list()
    points = json.loads(files["geojson"].read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["agreement_id"] for one in points] == ids
    assert points[0]["geometry"]["coordinates"] == [frame["longitude"][0], frame["latitude"][0]]


def test_a_table_of_a_day_after_the_newest_list_says_so(tmp_path: Path) -> None:
    for words in (
        ("agreements", "--on", "2030-01-01"),
        ("ranks", "--on", "2030-01-01"),
        ("changes", "--since", "2026-05-01", "--until", "2030-01-01"),
    ):
        done = CliRunner().invoke(app, [*words, "--out", str(tmp_path / f"{words[0]}.csv")])
        assert "cannot tell after May 8, 2026: the newest list is of that day" in done.stderr, words
    done = CliRunner().invoke(app, ["agreements", "--on", "2026-05-08", "--out", str(tmp_path / "that_day.csv")])
    assert "cannot tell" not in done.stderr


def test_what_contradicts_itself_is_refused() -> None:
    for words, says in (
        (("--format", "doc"), "no format 'doc'"),
        (("--json", "--format", "csv"), "leave out --json"),
        (("--bom",), "--bom is of CSV"),
    ):
        done = CliRunner().invoke(app, ["agreements", *words])
        assert done.exit_code != 0
        assert says.replace("--", "").split()[0] in str(done.exception).replace("--", "")


def test_changes_as_a_table_leave_the_withdrawn_out(atlas: ledger287.Atlas) -> None:
    assert [column.name for column in CHANGES.columns] == list(CHANGE_COLUMNS)
    told = command("changes", "--since", "2025-01-01", "--until", "2025-12-31", "--format", "csv").decode()
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    stood = atlas.table("changes").filter(
        pl.col("day").is_between(date(2025, 1, 1), date(2025, 12, 31)), pl.col("withdrawn_at").is_null()
    )
    assert len(rows) == stood.height < atlas.table("changes").filter(pl.col("day").dt.year() == 2025).height


# -- its doors -------------------------------------------------------------------------------------


def test_the_doors_give_the_same(atlas: ledger287.Atlas, client: TestClient) -> None:
    frame = ledger287.agreements(atlas, ON, state="MD")
    told = json.loads(command("agreements", "--on", ON, "--state", "MD", "--json"))
    given = client.get(f"/api/v1/agreements?on={ON}&state=MD").json()
    assert told["agreements"] == given["agreements"]
    assert [row["agreement_id"] for row in told["agreements"]] == frame["agreement_id"].to_list()
    whole = client.get("/api/v1/agreements?ever=true&limit=1").json()
    assert (whole["ever"], whole["total"]) == (True, ledger287.agreements(atlas, ever=True).height)


def test_flat_files_are_offered_first(client: TestClient, atlas: ledger287.Atlas) -> None:
    page = client.get("/download").text
    assert page.index("/download/agreements_in_force.csv") < page.index("/download/agencies.csv")
    for name, media in FLAT.items():
        found = client.get(f"/download/{name}")
        assert (found.status_code, found.headers["content-type"]) == (200, media), name
        assert found.headers["content-disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(client.get("/download/agreements_in_force.csv?on=2025-08-14").text)))
    assert len(rows) == 895
    assert client.get("/download/agreements_in_force.csv?day=2025-08-14").status_code == 400
    assert client.get("/download/agreements_ever.csv?on=2025-08-14").status_code == 400
    marked = client.get("/download/agreements_in_force.csv?bom=true&on=2025-08-14").content
    assert marked == b"\xef\xbb\xbf" + client.get("/download/agreements_in_force.csv?on=2025-08-14").content
    assert client.get("/download/agreements_in_force.csv?bom=perhaps").status_code == 400
    assert client.get("/download/agreements_in_force.json?bom=true").status_code == 400


def test_all_changes_are_those_of_the_command(client: TestClient) -> None:
    told = command("changes", "--since", "1996-09-30", "--until", ON, "--format", "csv").decode()
    rows = list(csv.reader(io.StringIO(client.get("/download/changes_all.csv").text)))
    assert rows == list(csv.reader(io.StringIO(told)))
    assert "/download/changes_all.xlsx" in client.get("/download").text


def test_every_column_is_documented() -> None:
    told = (REPOSITORY / "docs" / "record.md").read_text(encoding="utf-8")
    assert [column.name for column in (*IN_FORCE.columns, *EVER.columns) if f"`{column.name}`" not in told] == []
