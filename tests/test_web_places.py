"""Home, map, states, counties, models and search: what they say is the record's, by any day, in every form."""

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

import ledger287
from ledger287.charts.maps.cut import county_svg, state_svg
from ledger287.charts.series.growth import daily
from ledger287.charts.series.steps import Event, Series, marked, series_svg
from ledger287.core.time import joined
from ledger287.places.gazetteer.borders import bordering
from ledger287.places.gazetteer.geography import bare_department
from ledger287.places.spots import read_spot
from ledger287.web.edition.search import finder
from ledger287.web.edition.search_entries import letters
from ledger287.web.pages.home import national
from ledger287.web.server.app import make_app
from ledger287.web.server.query import read_query
from ledger287.web.server.site import Site
from sites import site_on

TODAY = date(2026, 5, 9)
MODELS = ("JEM", "WSO", "TFM")


@pytest.fixture(scope="module")
def site() -> Site:
    return site_on(TODAY)


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(make_app(site, watch=False)) as opened:
        yield opened


@pytest.fixture(scope="module")
def ledger() -> ledger287.Atlas:
    return ledger287.open(today=lambda: TODAY)


def text_of(client: TestClient, address: str, status: int = 200) -> str:
    """A page's visible words."""
    found = client.get(address)
    assert found.status_code == status, found.text[:300]
    body = re.sub(r"(?s)<(script|style|head|svg).*?</\1>", " ", found.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def told(client: TestClient, address: str) -> dict[str, Any]:
    found = client.get(address)
    assert found.status_code == 200, found.text[:300]
    answer: dict[str, Any] = found.json()
    return answer


# -- home ------------------------------------------------------------------------------------------


def test_home_has_totals_changes_and_ways_on(client: TestClient) -> None:
    page = client.get("/").text
    said = text_of(client, "/")
    assert "1,783 agreements of 1,497 agencies" in said
    assert "In 39 states and 2 territories" in said
    assert "Latest changes, April 9, 2026 to May 8, 2026" in said
    assert page.count('href="/agency/') >= 12
    assert 'href="/model/TFM"' in page
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page)


def test_the_events_of_the_chart_are_readable_where_it_is_narrow(client: TestClient) -> None:
    page = client.get("/").text
    narrow = page[page.index('<div class="narrow">') :]
    assert len(re.findall(r'<text class="said"[^>]*>[123]</text>', narrow)) == 3
    assert "Federal reimbursement begins" in re.sub(r"(?s)<svg.*?</svg>", "", narrow)


def test_home_rests_on_the_day_asked(client: TestClient) -> None:
    said = text_of(client, "/?on=2025-08-14")
    assert "895 agreements of 740 agencies" in said
    assert "participatingAgencies08142025pm.xlsx" in said
    assert 'data-map="/map.json?on=2025-08-14"' in client.get("/?on=2025-08-14").text


@pytest.mark.parametrize("day", ["2021-03-01", "2025-08-14", "2025-08-27", "2026-01-26", "2026-05-08"])
def test_the_growth_chart_ends_with_the_figures_of_its_day(site: Site, day: str) -> None:
    asked = read_query("en", {"on": day}, TODAY)
    series = national(site.edition, asked)
    assert series is not None
    assert {model: series.counts[model][-1] for model in MODELS} == site.edition.atlas.status(asked.on).by_model


def test_what_cannot_be_told_of_pending_is_said(client: TestClient) -> None:
    for address in ("/", "/state/FL"):
        told = "Pending applications cannot tell The newest pending list is of Feb 27, 2026."
        assert told in text_of(client, f"{address}?on=2026-11-21"), address
        assert "Pending applications cannot tell" not in text_of(client, f"{address}?on=2025-08-14"), address


def test_a_day_to_come_is_not_told_as_if_it_were_known(client: TestClient) -> None:
    for query in ("on=2030-01-01", "known_on=2030-01-01"):
        text = text_of(client, f"/?{query}")
        assert "January 1, 2030 is still to come" in text
        assert "As it was on January 1, 2030" not in text
        assert "As it could be known on January 1, 2030" not in text


def test_one_is_told_as_one(client: TestClient) -> None:
    assert "1 agreement of one agency " in text_of(client, "/state/GU?on=2026-05-08")
    assert "1 of 1 county without" in text_of(client, "/state/DC?on=2026-05-08")
    assert "1 de 1 condado sin" in text_of(client, "/es/state/DC?on=2026-05-08")
    assert "2 agreements of one agency " in text_of(client, "/state/NV?on=2025-02-26")


def test_the_first_view_is_small(client: TestClient) -> None:
    page = client.get("/")
    assets = set(re.findall(r'"(/static/[^"]+)"', page.text))
    style = next(name for name in assets if name.endswith(".css"))
    assets |= set(re.findall(r"url\((/static/[^)]+)\)", client.get(style).text))
    sizes = {name: int(client.head(name).headers["content-length"]) for name in [*assets, "/map.json", "/"]}
    assert sum(sizes.values()) <= 250_000, sizes


def test_the_page_without_scripts_has_a_drawing_and_a_table(client: TestClient) -> None:
    page = client.get("/?on=2025-08-14").text
    quiet = re.search(r"(?s)<noscript>(.*?)</noscript>", page)
    assert quiet
    assert '<img class="still" src="/map.svg?on=2025-08-14"' in quiet[1]
    assert re.search(r'<a href="/states\?on=2025-08-14">The same by state', page)
    drawn = client.get("/map.svg?on=2025-08-14")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "895 agreements of 740 agencies in 40 states" in drawn.text
    assert client.get("/map.svg?on=2020-01-01").status_code == 400


# -- the map ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(client: TestClient) -> dict[str, Any]:
    return told(client, "/map.json")


@pytest.mark.parametrize(
    "day", ["2021-01-12", "2022-06-01", "2025-02-28", "2025-08-14", "2025-09-22", "2026-03-02", "2026-05-08"]
)
def test_each_day_of_the_map_adds_up_to_the_status(ledger: ledger287.Atlas, data: dict[str, Any], day: str) -> None:
    frame = max(place for place, listed in enumerate(data["frames"]) if listed <= day)
    held = [
        (agency, MODELS[model], count)
        for agency, (*_, numbers) in enumerate(data["agencies"])
        for model, first, last, count in zip(*[iter(numbers)] * 4, strict=True)
        if first <= frame <= last
    ]
    status = ledger.status(on=date.fromisoformat(day))
    assert sum(count for *_, count in held) == status.agreements
    assert len({agency for agency, *_ in held}) == status.agencies
    assert {model: sum(n for _, its, n in held if its == model) for model in MODELS} == status.by_model


def test_the_map_has_a_frame_for_each_day_with_a_list(ledger: ledger287.Atlas, data: dict[str, Any]) -> None:
    lists = ledger.lists()
    days = lists.filter((lists["verdict"] == "accepted") & (lists["kind"] == "participating"))["day"]
    assert data["frames"] == [day.isoformat() for day in days.unique().sort()]
    assert len(data["frames"]) > 400
    assert data["daily"]


def test_the_map_knows_no_later_list(client: TestClient, ledger: ledger287.Atlas) -> None:
    known = told(client, "/map.json?known_on=2025-03-15")
    assert known["frames"][-1] <= "2025-03-15"
    assert known["agencies"] == told(client, "/map.json?on=2025-03-15")["agencies"]
    assert daily(ledger, TODAY, date(2025, 3, 15)) == daily(ledger, date(2025, 3, 15))


def test_the_words_of_the_map_are_in_the_page_and_the_script_is_that_of_the_file(client: TestClient) -> None:
    page = client.get("/map").text
    words = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))  # type: ignore[index]
    assert words["lang"] == "en"
    assert words["words"]["agencies"] == ["{n} agency", "{n} agencies"]
    assert json.loads(unescape(re.search(r'data-words="([^"]*)"', client.get("/es/map").text)[1]))["lang"] == "es"  # type: ignore[index]
    script = re.search(r'src="(/static/map\.[^"]+\.js)"', page)
    assert script
    assert "window.ledger287Map" in client.get(script[1]).text
    assert not re.search(r'src="/static/map\.', client.get("/states").text)


def test_spans_are_joined_where_they_touch() -> None:
    assert joined([(5, 7), (1, 2), (3, 3), (9, 9)]) == [(1, 3), (5, 7), (9, 9)]


# -- the growth chart ------------------------------------------------------------------------------


def test_the_chart_keeps_counts_left_of_the_plot_and_names_every_year() -> None:
    days = (date(2021, 1, 12), date(2024, 6, 1), date(2026, 5, 8))
    series = Series(days, {"JEM": (0, 5, 9), "TFM": (0, 0, 1100)}, {"JEM": "Jail", "TFM": "Task"})
    events = [Event(date(2021, 1, 20), "An event"), Event(date(2030, 1, 1), "Too late")]
    for width in (1080, 350):
        drawn = series_svg(series, events, "Growth", width, 300)
        ticks = re.findall(r'<text class="tick" x="(\d+)" y="[\d.]+" text-anchor="end">', drawn)
        line = re.search(r'class="event">.*?M([\d.]+) ', drawn)
        assert line
        assert max(float(tick) for tick in ticks) < float(line[1])
        assert "2026" in drawn or "’26" in drawn
        assert "Too late" not in drawn
        assert ("An event</text>" in drawn) == (width == 1080)
    assert marked(series, events) == events[:1]


def test_a_series_of_nothing_is_drawn_too() -> None:
    empty = Series((date(2021, 1, 12), date(2022, 1, 1)), {"JEM": (0, 0)}, {"JEM": "Jail"})
    assert "<svg" in series_svg(empty, [], "Nothing", 350, 200)


# -- states ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "on"), [("FL", "2026-05-08"), ("FL", "2025-03-01"), ("MD", "2026-03-04"), ("GU", "2026-05-08")]
)
def test_a_state_has_the_status_of_the_ledger(client: TestClient, ledger: ledger287.Atlas, state: str, on: str) -> None:
    answer = told(client, f"/state/{state}.json?on={on}")
    status = ledger.status(date.fromisoformat(on), state=state)
    for name in ("rows", "agreements", "agencies", "states", "territories", "by_model", "by_state", "pending"):
        assert answer["status"][name] == getattr(status, name), name
    coverage = ledger.coverage(date.fromisoformat(on), state=state)
    assert answer["coverage"]["people"]["upper"] == coverage.people.upper
    assert answer["coverage"]["jail"]["lower"] == coverage.jail.lower
    assert len(answer["coverage"]["uncounted"]) == len(coverage.uncounted)
    assert len(answer["agreements"]) == status.agreements


def test_a_state_says_people_law_and_who_is_apart(client: TestClient) -> None:
    said = text_of(client, "/state/FL")
    assert "Between 19,845,029 and 22,610,726 of 22,610,726 people (87.8% to 100.0%) live where" in said
    assert "12 statewide agencies are not in these bounds. 1 of them runs prisons" in said
    assert said.index("Statewide agencies") < said.index("Agencies of counties, cities and others")
    assert "requires agreements A sheriff or chief correctional officer in Florida must have an agreement" in said
    assert "Fla. Stat. 908.11;" in said
    assert "No agreement on this list" in text_of(client, "/state/CA")
    assert "58 of 58 counties without an agreement of a local agency" in text_of(client, "/state/CA")
    law = text_of(client, "/state/CA").partition("The state’s own law on agreements and holds")[2]
    assert "bars agreements California law enforcement may not do the work of immigration officers" in law
    assert "bars holds California law enforcement may not detain a person" in law


def test_a_territory_on_no_list_has_a_page_among_those_of_the_site(client: TestClient, site: Site) -> None:
    """Its law is answered for, so its page is listed, exported and linked as a state's is."""
    from ledger287.web.pages.places.state import every_state

    assert {"PR", "VI", "AS", "GU", "MP"} <= {place["state"] for place in every_state(site.edition)}
    assert "No agreement on this list" in text_of(client, "/state/AS")


def test_each_value_of_a_state_leads_to_where_it_was_printed(client: TestClient) -> None:
    page, answer = client.get("/state/MD").text, told(client, "/state/MD.json")
    for row in answer["agreements"]:
        assert f'href="/where/{row["agreement_id"]}"' in page


def test_a_state_as_a_table(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/state/NH.csv").text)))
    assert len(rows) == told(client, "/state/NH.json")["status"]["agreements"]
    assert set(rows[0]) >= {"agency", "model", "signed", "agreement_id"}


def test_a_state_that_is_none(client: TestClient) -> None:
    assert "Did you mean" in text_of(client, "/state/Texsa", 404)
    assert client.get("/state/florida").status_code == 200


# -- counties --------------------------------------------------------------------------------------


def test_a_county_has_what_near_tells(client: TestClient, ledger: ledger287.Atlas) -> None:
    for fips in ("12021", "48201", "51003", "20001"):
        near, answer = ledger.near(f"FIPS {fips}"), told(client, f"/county/{fips}.json")
        assert [one["agency_id"] for one in answer["here"]] == [one.agency_id for one in near.here]
        assert [one["agency_id"] for one in answer["statewide"]] == [one.agency_id for one in near.statewide]


def test_a_county_page(client: TestClient) -> None:
    said = text_of(client, "/county/12021")
    assert "Collier County, Florida" in said
    assert "3 local agencies hold agreements" in said
    assert "404,310 of 404,310 residents" in said
    assert "signed Jun 9, 2020, listed since Jan 12, 2021" in said
    assert "Macro Island Police Department" in said
    page = client.get("/county/12021").text
    assert page.count('href="/where/') == 4
    assert 'href="/county/12051"' in page
    assert '<svg class="cut"' in page


def test_since_when_is_the_first_day_known_with_the_present_agreement_apart(
    client: TestClient, ledger: ledger287.Atlas
) -> None:
    """Of every county whose agencies renewed, or came back: no day of the record is before the one given first."""
    renewed = 0
    for fips in ("12021", "48201", "47037", "12031", "06065", "13067", "01049", "45079", "37119"):
        shown = told(client, f"/county/{fips}.json")
        said = text_of(client, f"/county/{fips}").partition("This is what the agreements")[0]
        for model in MODELS:
            ids = [one["agency_id"] for one in shown["here"] if model in one["models"]]
            held = [each for one in ids for each in ledger.agency(one).agreements if each.model == model]
            if not held:
                continue
            days = sorted((each.signed or each.first_day, each.status == "listed") for each in held)
            first, present = days[0][0], next(day for day, listed in days if listed)
            assert f"{present:%B} {present.day}, {present.year}" in said, (fips, model)
            assert f"{first:%B} {first.day}, {first.year}" in said, (fips, model)
            renewed += first < present
    assert renewed >= 2
    assert "first on August 6, 2007, under the present agreement since June 9, 2020" in text_of(client, "/county/12021")
    assert "The first known is of August 6, 2007." in text_of(client, "/agency/ag-xmzr6yc")


def test_a_county_without_an_agreement_has_a_page(client: TestClient) -> None:
    said = text_of(client, "/county/06001")
    assert "No local agency holds an agreement" in said
    assert "No local agency has been on a list." in said


@pytest.mark.parametrize(
    ("old", "new"), [("12025", ["12086"]), ("02261", ["02063", "02066"]), ("09001", ["09120", "09140"])]
)
def test_a_former_code_leads_to_what_stands_in_its_place(client: TestClient, old: str, new: list[str]) -> None:
    page = client.get(f"/county/{old}").text
    assert "This code is no longer in use" in page
    for fips in new:
        assert f'<a href="/county/{fips}">' in page


def test_a_county_that_is_none(client: TestClient) -> None:
    assert "no county has the code" in text_of(client, "/county/99999", 404)
    assert "five digits" in text_of(client, "/county/collier", 404)


def test_every_county_of_the_country_has_an_address(site: Site) -> None:
    from ledger287.web.pages.places.county import KINDS

    told = {path["fips"] for path in KINDS[0].instances(site.edition)}
    geography = site.edition.atlas.geography
    assert told >= set(geography.counties)
    assert sum(not geography.states[county.state].territory for county in geography.counties.values()) == 3144


def test_the_history_of_a_county_ends_on_the_day_asked(client: TestClient) -> None:
    answer = told(client, "/county/12021.json?on=2025-03-01")
    assert [(bar["model"], bar["listed"]) for bar in answer["history"]] == [("JEM", True), ("TFM", True)]
    assert all(bar["last_day"] <= "2025-03-01" for bar in answer["history"])


def test_a_countys_names_are_those_printed_by_the_day(client: TestClient) -> None:
    later = "Okaloosa County Board of County Commissioners"
    assert later in text_of(client, "/county/12091?on=2026-05-08")
    for query in ("on=2025-04-15", "known_on=2025-04-15"):
        text = text_of(client, f"/county/12091?{query}")
        names = text[text.index("Names under which its agencies were listed") :]
        assert "Okaloosa County Sheriff's Office" in names
        assert later not in names
    assert later not in text


def test_state_law_of_a_later_day_is_not_told(client: TestClient) -> None:
    assert any(rule["dates"]["effective"] == "2026-02-04" for rule in told(client, "/state/VA.json")["law"])
    for query in ("on=2022-06-01", "known_on=2022-06-01"):
        law = told(client, f"/state/VA.json?{query}")["law"]
        assert all((rule["dates"]["effective"] or "") <= "2022-06-01" for rule in law)


def test_neighbours() -> None:
    assert bordering("12021") == ("12011", "12051", "12071", "12086", "12087")
    assert bordering("15001") == ()
    assert "46102" in bordering("46033") or "46102" in bordering("46007")
    for fips in ("09110", "02063", "01001"):
        assert all(fips in bordering(other) for other in bordering(fips))


def test_parts_of_the_map_have_their_counties_and_lead_on(site: Site) -> None:
    from ledger287.web.edition.snapshot import snapshot
    from ledger287.web.server.query import read_query

    shown = snapshot(site.edition, read_query("en", {}, TODAY)).shown
    state = state_svg(shown, "FL", "Florida", lambda fips: f"/c/{fips}", lambda fips, _: fips)
    assert len(re.findall(r'<a href="/c/12\d{3}"', state)) == 67
    county = county_svg(shown, ["12021"], "Collier", lambda fips: f"/c/{fips}", lambda fips, _: fips)
    assert {"12021", "12086", "12051"} <= set(re.findall(r'<a href="/c/(\d{5})"', county))
    assert "style=" not in state + county


# -- models ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_a_model_has_its_numbers_and_its_text(client: TestClient, ledger: ledger287.Atlas, model: str) -> None:
    answer, status = told(client, f"/model/{model}.json"), ledger.status(model=model)
    assert (answer["agreements"], answer["agencies"], answer["states"]) == (
        status.agreements,
        status.agencies,
        status.states,
    )
    assert {row["state"]: row["agreements"] for row in answer["by_state"]} == status.by_state
    assert len(answer["functions"]) == 11
    assert all(one["citation"] and one["rule"] for one in answer["functions"] + answer["limits"])
    assert f'data-model="{model}"' in client.get(f"/model/{model}").text


def test_what_the_models_list_differs(client: TestClient) -> None:
    listed = {
        model: {one["what"]: one["listed"] for one in told(client, f"/model/{model}.json")["functions"]}
        for model in MODELS
    }
    assert listed["TFM"]["interrogate"] is True
    assert listed["WSO"]["interrogate"] is False
    assert "No text of that time was read." in text_of(client, "/model/TFM?on=2021-06-01")
    assert client.get("/model/XYZ").status_code == 404


# -- search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "path", "fits"),
    [
        ("Florida", "/state/FL", "exact"),
        ("tx", "/state/TX", "exact"),
        ("collier", "/county/12021", "exact"),
        ("Collier County, FL", "/county/12021", "exact"),
        ("naples florida", "/county/12021", "exact"),
        ("miami-dade county", "/county/12086", "exact"),
        ("Saint Louis County MO", "/county/29189", "exact"),
        ("PRINCE GEORGE’S", "/county/24033", "exact"),
        ("doña ana", "/county/35013", "exact"),
        ("okaloosa county sh", "/agency/", "prefix"),
        ("corrections okaloosa", "/agency/ag-8zwthaz", "words"),
        ("Okaloosa County Department of Corrections", "/agency/ag-8zwthaz", "exact"),
        ("Colier Conty", "/county/12021", "near"),
        ("Okalossa corrections", "/agency/ag-8zwthaz", "near"),
        ("Jaksonville police", "/agency/ag-f1zqbav", "near"),
        ("aguacil de Colier", "/agency/ag-xmzr6yc", "near"),
        ("aguasil del condao de Colier", "/agency/ag-xmzr6yc", "near"),
        ("ciudad de Mayami", "/county/12086", "near"),
        ("policia de Mayami", "/agency/ag-6q0zehh", "near"),
        ("Florida Hiway Patrol", "/agency/ag-9n9gned", "near"),
        ("Chigaco police", "/county/17031", "near"),
        ("policia de Jaksonvile", "/agency/ag-f1zqbav", "near"),
        ("Oklahomma highway patrol", "/agency/ag-", "exact"),
        ("FHP", "/agency/ag-9n9gned", "words"),
        ("f.d.l.e.", "/agency/ag-ypxv7yc", "words"),
        ("FWC", "/agency/ag-a1yk1f8", "words"),
        ("Coral Springs", "/county/12011", "exact"),
        ("hialeah gardens fl", "/county/12086", "exact"),
        ("Miami Lakes, FL", "/county/12086", "exact"),
        ("Sandy Springs GA", "/county/13121", "exact"),
        ("Coeur d'Alene", "/county/16055", "exact"),
        ("COEUR D’ALENE ID", "/county/16055", "exact"),
        ("Coeur D Alene", "/county/16055", "exact"),
        ("prince george s county", "/county/24033", "exact"),
    ],
)
def test_search_finds(client: TestClient, query: str, path: str, fits: str) -> None:
    first = told(
        client, "/search.json?" + str(client.build_request("GET", "/", params={"q": query}).url.query, "ascii")
    )
    assert first["results"][0]["path"].startswith(path)
    assert first["results"][0]["fits"] == fits


def test_a_spelling_that_was_printed_is_told(client: TestClient) -> None:
    found = told(client, "/search.json?q=Macro+Island+Police")["results"][0]
    assert (found["name"], found["printed_as"]) == ("Marco Island Police Department", "Macro Island Police Department")
    assert "once printed as “Macro Island Police Department”" in text_of(client, "/search?q=Macro+Island+Police")


def test_every_path_that_search_gives_is_a_page(client: TestClient) -> None:
    for query in ("washington", "guam", "saint louis", "harris", "new york"):
        for one in told(client, f"/search.json?q={query}&most=6")["results"]:
            assert client.get(one["path"]).status_code == 200, one
            assert client.get("/es" + one["path"]).status_code == 200, one


@pytest.mark.parametrize("query", ["", "   ", "x" * 900, "<script>", "%00", "'; --", "ñ" * 90, "co " * 60, "&&&"])
def test_odd_queries_are_answered(client: TestClient, query: str) -> None:
    found = client.get("/search", params={"q": query})
    assert found.status_code == 200
    assert "<script>" not in found.text.replace("<script src", "")


def test_the_index_for_a_search_without_a_server(client: TestClient, site: Site) -> None:
    found = client.get("/search-index.json")
    assert len(gzip.compress(found.content, 6)) <= 150_000
    index = found.json()
    kinds = [row[0] for row in index["rows"]]
    edition = site.edition
    assert kinds.count(0) == len(edition.states)
    assert kinds.count(1) == len(edition.atlas.geography.every_county)
    assert kinds.count(2) == len({*edition.indexes.agencies, *edition.then})
    assert 2_000 < kinds.count(3) < 6_000
    smaller = client.get("/search-places.json").json()
    assert "East Candia" in smaller["33015"].split("|")
    assert kinds.count(3) + sum(names.count("|") + 1 for names in smaller.values()) == sum(
        one.kind == "city" for one in finder(edition).every
    )
    naples = [row for row in index["rows"] if row[0] == 3 and row[2] == "Naples" and index["states"][row[3]] == "FL"]
    assert [row[1] for row in naples] == [12021]


def test_a_zip_code_in_several_counties_finds_them_all(client: TestClient) -> None:
    found = told(client, "/search.json?q=37748")["results"]
    assert [one["name"] for one in found] == ["Roane County", "Morgan County"]
    page = client.get("/search?q=37748").text
    assert "parts of it are in the others" in page
    assert "parts of it" not in client.get("/search?q=33101").text
    zips = client.get("/search-zips.json").json()
    assert "37748" in zips["of"]["47145"].split()
    assert "37748" in zips["also"]["47129"].split()


def test_a_zip_code_that_is_a_county_code_says_which_county_is_which(client: TestClient) -> None:
    page = " ".join(client.get("/search?q=48201").text.split())
    wayne, harris = page.index(">Wayne County</a>"), page.index(">Harris County</a>")
    assert wayne < page.index("by ZIP code 48201") < harris < page.index("by county code 48201")
    assert "have no other" not in page
    spanish = client.get("/es/search?q=48201").text
    assert "por código postal 48201" in spanish and "por código de condado 48201" in spanish
    assert "by county code" not in client.get("/search?q=34112").text


def test_letters_find_an_agency_without_a_server(client: TestClient) -> None:
    index = client.get("/search-index.json").json()
    assert [index["rows"][row][2] for row in index["initials"]["fdle"]] == ["Florida Department of Law Enforcement"]
    assert "lapd" not in index["initials"]
    assert index["larger"]["lapd"] == ["Los Angeles Police Department", "CA"]


@pytest.mark.parametrize(
    ("typed", "names", "states"),
    [
        (
            "Jefersson",
            {"Jefferson County", "Jefferson Parish", "Jefferson"},
            20,
        ),  # every one of a name that is near, not the first alone
        ("broward shreiff", {"Broward County Sheriff's Office"}, 1),
        ("naples ploice depratment", {"Naples Police Department"}, 1),
        ("xyzzy", set(), 0),
    ],
)
def test_a_misspelled_word_finds_all_that_it_is_near(
    client: TestClient, typed: str, names: set[str], states: int
) -> None:
    found = told(client, f"/search.json?q={typed}")["results"]
    assert {one["name"] for one in found} == names
    assert len({one["state"] for one in found}) >= states


@pytest.mark.parametrize("letters", ["THP", "ISP", "CPSO", "isp"])
def test_letters_find_on_the_page_what_the_command_offers(client: TestClient, site: Site, letters: str) -> None:
    with pytest.raises(ledger287.QueryError) as raised:
        site.edition.atlas.agency(letters)
    found = told(client, f"/search.json?q={letters}")["results"]
    assert {one["id"] for one in found} == set(raised.value.choices)
    index = client.get("/search-index.json").json()
    assert {f"ag-{index['rows'][row][1]}" for row in index["initials"][letters.lower()]} == set(raised.value.choices)


def test_every_large_city_that_near_answers_is_found(site: Site) -> None:
    geography, missing, compared = site.edition.atlas.geography, [], 0
    places = ("city", "county")
    for (state, _), rows in geography.city_departments.items():
        for row in rows:
            if (row.population or 0) < 50_000:
                continue
            name = bare_department(row.name)
            try:
                spot = read_spot(f"{name}, {state}", None, geography)
            except ledger287.Refused:
                continue
            compared += 1
            hits = finder(site.edition).find(f"{name} {state}", 40)
            fits = [one.entry for one in hits if not one.rank and one.entry.state == state and one.entry.kind in places]
            if not any(one.id in (*spot.counties, state) for one in fits):
                missing.append((name, state, spot.counties))
    assert missing == []
    assert compared > 800


def test_a_search_that_shows_a_part_says_of_how_many(client: TestClient, site: Site) -> None:
    every = len(finder(site.edition).find("sheriff", 100_000))
    assert every > 500
    assert f"The first 40 of {every} results for “sheriff”" in text_of(client, "/search?q=sheriff")
    assert f"Los primeros 40 de {every} resultados" in text_of(client, "/es/search?q=sheriff")
    assert "The first 8 of" in text_of(client, "/search?q=sheriff&most=8")
    assert "2 results for" in text_of(client, "/search?q=Parma+OH")


def test_letters() -> None:
    assert letters("  St. John’s & Doña-Ana  (PD) ") == "st johns and dona ana pd"


def test_a_county_without_an_agreement_is_one_sentence_on_a_map(client: TestClient) -> None:
    page = client.get("/county/13259").text
    assert "<title>Barbour County: no agreement of a local agency</title>" in page
    assert "<title>Henry County. Henry County Sheriff&#x27;s Office: JEM, WSO, TFM</title>" in page
    assert "County. no agreement" not in page


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("es", "/es")])
def test_a_page_of_an_error_leads_on(client: TestClient, language: str, prefix: str) -> None:
    told = client.get(f"{prefix}/no-such-page")
    assert told.status_code == 404
    main = told.text.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'href="([^"]+)"', main)
    assert links == [prefix or "/", f"{prefix}/search", f"{prefix}/states", f"{prefix}/answers"]
    assert ("Preguntas frecuentes" in main) == (language == "es")
