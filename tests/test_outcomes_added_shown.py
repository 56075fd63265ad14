"""What ``outcomes add`` counted is on pages, in the API and in Python, marked, with small months withheld."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient

import ledger287
from ledger287.analysis.outcomes.adding import add
from ledger287.web.server.app import make_app
from ledger287.web.server.kept.pages_file import place_of
from ledger287.web.server.site import Site

MARK = "Added by the operator of this copy"
DAY = date(2026, 5, 8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with synthetic arrests, detainers and stays: no row is of a person."""
    made = tmp_path_factory.mktemp("added")
    out = made / "out"
    pl.DataFrame(
        {
            "apprehension_date": [date(2026, 1, 1) + timedelta(days=n % 50) for n in range(90)],
            "apprehension_state": ["TEXAS" if n % 3 else "OHIO" for n in range(90)],
            "apprehension_method": "Located",
            "apprehension_criminality": ["1 Convicted Criminal" if n % 3 else "Other" for n in range(90)],
        }
    ).write_parquet(made / "arrests.parquet")
    pl.DataFrame(
        {
            "detainer_prepare_date": ["1/5/2026"] * 12,
            "facility_state": ["Texas"] * 12,
            "detention_facility": ["SYNTHETIC COUNTY JAIL"] * 12,
            "detainer_lift_reason": ["Booked into Detention", None, None] * 4,
        }
    ).write_csv(made / "detainers.csv")
    first = datetime(2026, 1, 1, 9)
    pl.DataFrame(
        {
            "detention_facility_code": ["STWRTGA"] * 7 + ["PIKCOPA"] * 3,
            "book_in_date_time": [first] * 10,
            "book_out_date_time": [datetime(2026, 2, 10)] * 10,
        }
    ).write_parquet(made / "stays.parquet")
    for name in ("arrests.parquet", "detainers.csv", "stays.parquet"):
        add(made / name, out)
    return out


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEDGER287_OUTCOMES", str(folder))
        with TestClient(make_app(Site(None, today=lambda: DAY), watch=False)) as client:
            yield client


def test_the_nations_page_has_the_added_counts_marked(site: TestClient) -> None:
    page = site.get("/outcomes").text
    assert MARK in page and "90 arrests in the file" in page and "arrests.parquet" in page
    counts = site.get("/outcomes.json").json()["added"]
    assert {row["criminality"]: row["arrests"] for row in counts["arrests"]["criminality"]} == {
        "1 Convicted Criminal": 60, "Other": 30,
    }  # fmt: skip
    assert counts["detainers"]["states"] == [{"state": "TX", "detainers": 12, "taken": None}]
    assert counts["detentions"]["months"][0]["midnight"] == 10.0


def test_a_states_page_has_its_part(site: TestClient) -> None:
    texas = site.get("/outcomes/state/TX").text
    assert MARK in texas and "60 arrests in the file" in texas
    assert "12 detainers in the file, under 5 of them followed by booking into detention" in texas
    assert "30 arrests in the file" in site.get("/outcomes/state/OH").text


def test_months_with_fewer_than_five_are_withheld_on_every_page(site: TestClient) -> None:
    code, fips = "PIKCOPA", "42103"
    for address in (f"/outcomes/facility/{code}", f"/outcomes/county/{fips}", "/outcomes/state/PA"):
        section = site.get(address).text.split('id="added"')[1].split("</section>")[0]
        assert "under 5" in section and "<td>3</td>" not in section, address
    assert "<td>7</td>" in site.get("/outcomes/facility/STWRTGA").text
    months = site.get(f"/api/v1/outcomes/added?county={fips}").json()["counts"]["detentions"]["months"]
    assert months[0] == {"month": "2026-01-01", "facilities": 1, "midnight": None, "withheld": True}
    for since, expected in (("2026-01-20", ["2026-01-01"]), ("2026-02-01", [])):
        population = site.get(f"/api/v1/outcomes/population?county={fips}&since={since}").json()
        assert [row["month"] for row in population["added"]["months"]] == expected


def test_spanish_pages_have_the_mark_in_spanish(site: TestClient) -> None:
    page = site.get("/es/outcomes/state/TX").text
    assert "arrests.parquet" in page and MARK not in page


def test_without_a_folder_nothing_is_said_of_added_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER287_OUTCOMES", raising=False)
    assert ledger287.outcomes_added("TX")["counts"] is None
    with TestClient(make_app(Site(None, today=lambda: DAY), watch=False)) as client:
        assert MARK not in client.get("/outcomes/state/TX").text
        assert client.get("/api/v1/outcomes/added").json()["counts"] is None
    monkeypatch.setenv("LEDGER287_PAGES", "pages")
    before = place_of("version", DAY)
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(folder))
    assert place_of("version", DAY) != before
    counts = ledger287.outcomes_added("Texas")["counts"]
    assert counts is not None and counts["arrests"]["total"] == 60


def test_small_months_of_a_states_arrests_and_detainers_are_withheld(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [date(2026, 1, 5)] * 3 + [date(2026, 2, 5)] * 8 + [date(2026, 3, 5)] * 20
    pl.DataFrame(
        {
            "apprehension_date": days,
            "apprehension_state": "WYOMING",
            "apprehension_method": "Located",
            "apprehension_criminality": "Other",
        }
    ).write_csv(tmp_path / "arrests.csv")
    add(tmp_path / "arrests.csv", tmp_path / "out")
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(tmp_path / "out"))
    counts = ledger287.outcomes_added("WY")
    assert [row["arrests"] for row in counts["counts"]["arrests"]["months"]] == [None, None, 20]
    day = date(2026, 1, 5)
    few = pl.DataFrame({"apprehension_date": [day] * 9, "apprehension_state": ["WYOMING"] * 3 + ["TEXAS"] * 6})
    few.with_columns(apprehension_method=pl.lit("Located")).write_csv(tmp_path / "few.csv")
    add(tmp_path / "few.csv", tmp_path / "few")
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(tmp_path / "few"))
    wyoming = ledger287.outcomes_added("WY")["counts"]["arrests"]
    assert wyoming["total"] is None and wyoming["states"] == [{"state": "WY", "arrests": None}]
    with TestClient(make_app(Site(None, today=lambda: DAY), watch=False)) as client:
        assert "under 5" in client.get("/outcomes/state/WY").text
        assert "3 arrests in the file" not in client.get("/outcomes/state/WY").text
        assert client.get("/outcomes").status_code == 200


def test_a_countys_page_has_the_arrests_at_sites_that_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Synthetic rows: by month and by site, small months withheld, small sites in one row without a name."""
    sites = ["CAP - ELMORE COUNTY JAIL, AL STATE"] * 30 + ["ELMORE CO SO, AL"] * 9 + ["WETUMPKA PD, AL"] * 5
    sites += ["BHM GENERAL AREA, NON-SPECIFIC"] * 40
    frame = pl.DataFrame(
        {
            "apprehension_date": [date(2026, 3, 1 + n % 28) for n in range(len(sites))],
            "apprehension_state": "ALABAMA",
            "apprehension_method": "Located",
            "apprehension_site_landmark": sites,
        }
    )
    late = frame.slice(30, 2).with_columns(apprehension_date=pl.lit(date(2026, 4, 2)))
    pl.concat([frame, late]).write_csv(tmp_path / "arrests.csv")
    add(tmp_path / "arrests.csv", tmp_path / "out")
    monkeypatch.setenv("LEDGER287_OUTCOMES", str(tmp_path / "out"))
    with TestClient(make_app(Site(None, today=lambda: DAY), watch=False)) as client:
        page = client.get("/outcomes/county/01051").text
        answer = client.get("/outcomes/county/01051.json").json()["added_arrests"]
        told = client.get("/api/v1/outcomes/added?county=01051").json()["counts"]
        assert "arrests in the file" not in client.get("/outcomes/county/01081").text
        assert "otros sitios" not in page and "arrests.csv" in client.get("/es/outcomes/county/01051").text
    assert MARK in page and "46 arrests in the file" in page and "ELMORE CO SO, AL" in page
    assert {row["month"]: row["arrests"] for row in answer["months"]} == {"2026-03-01": None, "2026-04-01": None}
    assert {row["site"]: row["arrests"] for row in answer["sites"]} == {
        "CAP - ELMORE COUNTY JAIL, AL STATE": 30, "ELMORE CO SO, AL": 11, "WETUMPKA PD, AL": 5,
    }  # fmt: skip
    assert told["arrests"]["total"] == 46 and told["detentions"] is None
    assert ledger287.outcomes_added("Elmore County, AL")["counts"]["arrests"]["total"] == 46
