"""Pages for days before ICE's lists: the page of that time, or bounds; gaps marked, counts published nearby."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

import ledger287
from ledger287.ledger.query.before.gap import gap_between
from ledger287.web.server.app import make_app
from sites import site_on


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(date(2026, 5, 8)), watch=False)) as client:
        yield client


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<svg.*?</svg>", " ", page)).split())


@pytest.mark.parametrize("address", ["/", "/map", "/states"])
def test_a_day_of_2012_is_shown_with_the_page_of_that_day(site: TestClient, address: str) -> None:
    answer = site.get(f"{address}?on=2012-08-01")
    said = words(answer.text)
    assert answer.status_code == 200
    assert "68 rows, 24 states · JEM 48 · TFM 20" in said
    assert "64 agreements in 24 states: 35 detention, 20 task force, 9 joint" in said
    assert "No county is shown" in said
    assert answer.text.count('<th scope="row">') >= 68 + 24


def test_a_state_of_then_has_its_agencies_and_models(site: TestClient) -> None:
    said = words(site.get("/state/AZ?on=2012-08-01").text)
    assert "287(g) in Arizona on August 1, 2012" in said and "8 rows · JEM 8" in said
    assert "City of Mesa Police Department" in said
    told = site.get("/state/AZ.json?on=2012-08-01").json()
    assert {row["state"] for row in told["rows"]} == {"AZ"} and len(told["rows"]) == 8
    assert "has no agency of this state" in words(site.get("/state/WY?on=2012-08-01").text)


def test_a_day_without_a_page_has_bounds_and_links_to_both_sides(site: TestClient) -> None:
    page = site.get("/?on=2018-06-01").text
    said = words(page)
    assert "at least 58 agreements, nationwide" in said and "76 agencies on March 25, 2018" in said
    assert "on=2017-07-31" in page and "on=2021-01-12" in page
    assert site.get("/state/FL.json?on=2018-06-01").json()["bounds"]["at_least"] == 5
    assert "at least 5 agreements" in words(site.get("/state/FL?on=2018-06-01").text)
    assert "al menos 5 acuerdos" in words(site.get("/es/state/FL?on=2018-06-01").text)
    state = words(site.get("/state/AL?on=2018-06-01").text)
    assert "Signed by this day, and on the first list" in state and "Etowah County" in state


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/county/04013?on=2012-08-01", ("in Maricopa County, Arizona", "2 rows · JEM 2", "City of Phoenix", "place")),
        ("/county/56001?on=2012-08-01", ("0 rows", "has no agency of this county")),
        ("/county/12021?on=2018-06-01", ("at least 1 agreement", "in Collier County, FL", "Published of days nearby")),
        ("/model/WSO?on=2018-06-01", ("none is known, and none is ruled out",)),
        ("/model/TFM?on=2012-08-01", ("20 rows, 13 states · TFM 20", "Alabama Department of Public Safety")),
        ("/model/WSO?on=2012-08-01", ("0 rows, 0 states", "has no agreement under this model")),
        ("/model/JEM?on=2007-10-01", ("no models are printed", "is not known")),
        ("/model/JEM?on=2012-08-01", ("48 rows", "agreements for jail and task force are among those of the jail")),
    ],
)
def test_counties_and_models_of_then_are_answered(site: TestClient, address: str, parts: tuple[str, ...]) -> None:
    answer = site.get(address)
    assert answer.status_code == 200
    assert [part for part in parts if part not in words(answer.text)] == []


def test_what_was_not_yet_known_is_not_shown(site: TestClient) -> None:
    page = site.get("/?on=2012-08-01&known_on=2012-08-10").text
    assert "64 agreements in 24 states" not in words(page)


def test_a_day_after_the_first_list_is_the_lists_own(site: TestClient) -> None:
    assert "A day before ICE" not in site.get("/?on=2021-01-13").text
    assert "Un día anterior a las listas" in site.get("/es/?on=2012-08-01").text


def test_a_list_of_models_and_rows_is_never_made_of_a_list_without_models(site: TestClient) -> None:
    said = words(site.get("/?on=2007-10-01").text)
    assert "28 rows" in said and "no models are printed" in said


def test_the_days_between_the_last_page_and_the_first_list_are_compared_end_to_end(site: TestClient) -> None:
    ledger = ledger287.open()
    gap = gap_between(ledger, date(2018, 1, 1), date(2019, 1, 1))
    assert gap is not None and (gap.after, gap.before) == (date(2017, 7, 31), date(2021, 1, 12))
    gone = {(one.state, one.agency) for one in gap.gone}
    assert ("NC", "Wake County Sheriff's Office") in gone and ("CA", "Orange County Sheriff's Office") in gone
    assert gap.both + len(gap.gone) + len(gap.renewed) == 58
    assert gap.both + len(gap.renewed) + len(gap.new) == ledger.as_of(gap.before)["agreement_id"].n_unique()
    texas = gap_between(ledger, date(2018, 1, 1), date(2019, 1, 1), state="TX", model="JEM")
    assert texas is not None and {one.state for one in (*texas.gone, *texas.new)} == {"TX"}
    assert gap_between(ledger, date(2010, 1, 1), date(2017, 7, 31)) is None
    assert gap_between(ledger, date(2021, 1, 12), date(2022, 1, 1)) is None
    page = words(site.get("/changes?since=2017-09-01&until=2020-12-31").text)
    assert "No page and no list between July 31, 2017 and January 12, 2021" in page
    known = site.get("/changes.json?since=2017-09-01&until=2020-12-31").json()["gap"]
    assert len(known["gone"]) == len(gap.gone)


def test_the_chart_since_2002_has_models_points_and_gaps(site: TestClient) -> None:
    for address in ("/timeline", "/?on=2012-08-01"):
        page = site.get(address).text
        wide = re.findall(r'(?s)<svg class="series since".*?</svg>', page)[0]
        gaps = [
            tuple(map(float, one))
            for one in re.findall(r'<rect class="gap" x="([\d.]+)" y="18" width="([\d.]+)"', wide)
        ]
        assert len(gaps) == 3 and gaps[0][0] == 52, "before the first roster, 2008 to 2009, 2017 to 2021"
        of_model = re.findall(r'<path class="of-model (\w+)" d="M([\d.]+) [\d.]+', wide)
        assert {model for model, _ in of_model} == {"JEM", "WSO", "TFM", "HYB"}
        for _, start in of_model:  # no line begins within a gap
            assert not any(x + 0.5 < float(start) < x + width - 0.5 for x, width in gaps)
        assert wide.count('class="published"') >= 20 and "64 agreements on August 1, 2012" in wide
