"""Pages of outcomes: the snapshot of a day with its cells, what a state's counts show, and data under each page."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from xml.etree import ElementTree

import polars as pl
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.analysis.outcomes import facilities
from ledger287.analysis.outcomes.parts import TableParts
from ledger287.analysis.timeline import timeline
from ledger287.charts.series.steps import Series, series_svg
from ledger287.cli.main import app
from ledger287.web.server.app import make_app
from sites import site_on


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(date(2026, 5, 8)), watch=False)) as client:
        yield client


def test_the_page_of_a_day_answers_by_its_snapshot(site: TestClient) -> None:
    page = site.get("/outcomes?on=2022-03-27").text
    assert "20,733" in page and "15,033" in page and "72.5%" in page and "F23" in page
    told = site.get("/outcomes.json?on=2022-03-30").json()
    assert (told["snapshot"]["as_of"], told["days_before"]) == ("2022-03-27", 3)


def test_a_day_before_the_first_snapshot_says_so(site: TestClient) -> None:
    assert "No snapshot of people held is known" in site.get("/outcomes?on=2018-01-01").text
    assert site.get("/outcomes.json?on=2018-01-01").json()["snapshot"] is None


def test_later_workbooks_are_not_known_earlier(site: TestClient) -> None:
    told = site.get("/outcomes.json?on=2021-04-12&known_on=2021-04-12").json()
    assert told["snapshot"]["as_of"] == "2021-03-27"


def test_identified_links_only_agencies_of_the_record(site: TestClient) -> None:
    page = site.get("/outcomes/identified").text
    assert "268,065" in page and "175,104" in page and "41,891" in page
    assert "/agency/ag-xmzr6yc" in page
    rows = site.get("/outcomes/identified.csv").text.splitlines()
    assert len(rows) == 73 * 8 + 1


def test_a_states_page_shows_both_compilations_and_sources(site: TestClient) -> None:
    page = site.get("/outcomes/state/TX").text
    assert "124,848" in page and "143,233" in page
    assert page.count("<h2>People held in the state, by month</h2>") == 2
    assert "55.4%" in site.get("/outcomes/state/PA").text
    assert site.get("/outcomes/state/ZZ").status_code == 404


def test_a_countys_page_has_months_marks_of_releases_and_charts_to_keep(site: TestClient) -> None:
    page = site.get("/outcomes/county/13259").text
    assert page.count("<h2>People held in the county, by month</h2>") == 2
    assert "October 1, 2013: new release of the records" in page
    kept = re.findall(r'href="(/chart/outcomes/county/13259\.svg[^"]*)"', page)
    drawn = site.get(unescape(kept[0])).text
    ElementTree.fromstring(drawn)
    assert drawn.startswith("<svg xmlns=") and "Stewart County" in drawn and "Deportation Data Project" in drawn
    assert site.get("/outcomes/county/99999").status_code == 404
    assert "/outcomes/county/13259" in site.get("/county/13259?on=2026-03-01").text


def test_people_held_in_a_place_by_day(site: TestClient) -> None:
    asked = "/api/v1/outcomes/population?county=13259&since=2026-01-01&until=2026-01-03"
    told = site.get(asked).json()
    assert [row["held"] for row in told["days"]] == [1935, 1974, 1933]
    assert site.get("/api/v1/outcomes/population").status_code == 400
    same = ledger287.people_held_in("Stewart County, GA", "2026-01-01", "2026-01-03")
    assert [row["held"] for row in same["days"]] == [1935, 1974, 1933]
    state = ledger287.people_held_in("GA", "2026-01-25", "2026-01-25")
    assert state["days"][0]["held"] > 4000


def test_a_countys_small_counts_are_withheld() -> None:
    shown = {
        row["held"]
        for code in ("01003", "08001", "53033", "19153")
        for row in ledger287.people_held_in(code, "2023-01-01", "2023-03-31")["days"]
    }
    assert None in shown and not shown & {1, 2, 3, 4}


def test_the_timeline_marks_outcomes(site: TestClient) -> None:
    nation = site.get("/timeline.json?kind=outcome").json()["timeline"]["entries"]
    assert {entry["kind"] for entry in nation} == {"outcome"}
    assert any(entry["value"] == "70766" or entry["value"] == 70766 for entry in nation)
    assert any("60,223 people identified" in entry["says"] for entry in nation)
    maricopa = timeline(ledger287.open(), agency="Maricopa County Sheriff's Office", kinds_wanted=["outcome"])
    assert sum(int(entry.value or 0) for entry in maricopa.entries) == 41891


def test_the_timeline_counts_an_agency_whose_identified_are_not_given(site: TestClient) -> None:
    """Hudson County has 107 removed in fiscal year 2008 and an empty cell for identified."""
    nation = site.get("/timeline.json?kind=outcome").json()["timeline"]["entries"]
    (mark,) = [entry for entry in nation if entry["id"] == "identified-2008"]
    assert mark["says"] == "45,666 people identified under 287(g) in fiscal year 2008, 36,509 removed"
    hudson = list(timeline(ledger287.open(), agency="Hudson County Department of Corrections").entries)
    assert any(entry.says.startswith("107 people removed") and entry.value == 107 for entry in hudson)


def test_spanish(site: TestClient) -> None:
    page = site.get("/es/outcomes/state/PA").text
    assert "Resultados en Pensilvania" in page and "Órdenes de retención" in page


def test_a_facilitys_page_has_both_sources_and_ices_averages(site: TestClient) -> None:
    page = site.get("/outcomes/facility/STWRTGA").text
    assert page.count("<h2>People held in the facility, by month</h2>") == 2
    assert "Averages that ICE printed" in page and "/county/13259" in page
    assert site.get("/outcomes/facility/NOSUCH").status_code == 404
    assert ">Condado de Stewart</a>" in site.get("/es/outcomes/facility/STWRTGA").text


def test_county_and_agency_pages_show_what_is_known_of_them(site: TestClient) -> None:
    assert "STEWART DETENTION CENTER" in site.get("/county/13259").text
    assert "STEWART DETENTION CENTER" not in site.get("/county/13259?known_on=2025-06-01").text
    agency = site.get("/agency/ag-xmzr6yc")
    assert "4,859 people identified, 3,184 of them removed" in agency.text
    assert site.get("/agency/ag-xmzr6yc.json").json()["identified"]["identified"] == 4859


def test_a_facility_with_two_sources_is_answered_in_one_order() -> None:
    """The same question gives the same bytes, each time."""
    codes = ["CLAYCIN", "ABQHOLD", "ABRXSPA"]
    told = {str([facilities.facility_answer(code) for code in codes]) for _ in range(12)}
    assert len(told) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("arrests?state=TX", ["arrests", "--state", "TX"]),
        ("arrests-daily?state=MN", ["arrests", "--daily", "--state", "MN"]),
        ("detainers?state=MN", ["detainers", "MN"]),
        ("facility?q=STWRTGA", ["facility", "STWRTGA"]),
        ("landmark?text=Elmore%20County%20Jail&on=2026-05-08&state=AL",
         ["landmark", "Elmore County Jail", "--on", "2026-05-08", "--state", "AL"]),
    ],
)  # fmt: skip
def test_the_api_answers_as_the_command(site: TestClient, path: str, words: list[str]) -> None:
    result = CliRunner().invoke(app, ["outcomes", *words, "--json"])
    assert site.get(f"/api/v1/outcomes/{path}").json() == json.loads(result.stdout)


def test_the_api_refuses_what_has_no_answer(site: TestClient) -> None:
    for path in ("arrests-daily?state=WY", "facility?q=NOWHEREATALL", "detainers", "landmark?text=12", "facility"):
        answer = site.get(f"/api/v1/outcomes/{path}")
        assert 400 <= answer.status_code < 500, path


@pytest.mark.parametrize("places", ["aaabbbcccaabbbcc", "abcabcabcabcabcabcabc", "a", "bba"])
def test_parts_of_a_table_are_its_rows_of_each_value(places: str) -> None:
    """Of a table that is in order, of one that is not, of one value."""
    frame = pl.DataFrame({"place": list(places), "row": range(len(places))})
    categories = frame.with_columns(pl.col("place").cast(pl.Categorical))
    for table in (frame, categories):
        parts = TableParts(table, "place")
        assert list(parts) == sorted(set(places))
        assert {name: part["row"].to_list() for name, part in parts.items()} == {
            name: [row for row, place in enumerate(places) if place == name] for name in set(places)
        }
        assert TableParts(table, "place", with_column=True)["a"]["place"].cast(pl.String).unique().to_list() == ["a"]


def test_the_newest_snapshot_is_drawn_as_long_as_one_without_a_next() -> None:
    """Its counts are written next to the chart; they are in it too."""
    days = (date(2026, 1, 25), date(2026, 2, 25), date(2026, 4, 4))
    of_days = Series(days, {"none": [34, 0, 24]}, {"none": "Neither"})
    until = replace(of_days, until=date(2026, 5, 5))
    without, drawn = (series_svg(each, (), "People", 1080, 340) for each in (of_days, until))
    ends = [re.findall(r'class="m-none" d="([^"]+)"', svg)[0].partition("z")[0] for svg in (without, drawn)]
    assert len(re.findall("[LHV]", ends[1])) > len(re.findall("[LHV]", ends[0]))
