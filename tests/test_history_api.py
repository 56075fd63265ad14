"""The years before ICE's lists over HTTP and in Python: the answers of the commands, and schemas that hold for them."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.jsonable import as_json
from ledger287.web.server.app import make_app
from sites import site_on


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(date(2026, 5, 8)), watch=False)) as client:
        yield client


@pytest.fixture(scope="module")
def described(site: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = site.get("/api/v1/openapi.json").json()
    return found


def printed(*words: str) -> Any:
    """What a command prints as JSON."""
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("day", ["2018-05-01", "2017-09-01", "2021-01-11", "2007-03-01", "2003-12-31"])
@pytest.mark.parametrize("given", [{}, {"state": "FL"}, {"model": "JEM"}, {"county": "12021"}], ids=str)
def test_a_day_without_a_list_has_the_same_bounds_everywhere(site: TestClient, day: str, given: dict[str, str]) -> None:
    words = [each for name, value in given.items() for each in (f"--{name}", value)]
    told = printed("status", "--on", day, *words)
    assert told["bounds"]["on"] == day and told["agreements"] is told["list"] is None
    answer = site.get("/api/v1/status", params={"on": day, **given})
    assert answer.status_code == 200 and answer.json() == told
    assert as_json(ledger287.open().status_or_bounds(day, **given)) == told
    page = {"state": "/state/FL", "model": "/model/JEM", "county": "/county/12021"}
    address = next((page[name] for name in given), "/index")
    assert site.get(f"{address}.json?on={day}").json()["bounds"] == told["bounds"]


def test_bounds_of_the_states_add_up_to_the_nations() -> None:
    ledger = ledger287.open()
    for day in (date(2006, 1, 1), date(2018, 5, 1), date(2020, 9, 1)):
        nation = as_json(ledger.status_or_bounds(day))["bounds"]
        codes = [one.code for one in declared.states()]
        states = [as_json(ledger.status_or_bounds(day, state=code))["bounds"] for code in codes]
        for part in ("at_least", "by_signing", "by_document", "by_survival"):
            assert sum(one[part] for one in states) == nation[part], (day, part)


@pytest.mark.parametrize(
    ("operation", "query"),
    [
        ("status", "on=2018-05-01"),
        ("status", "on=2012-08-01"),
        ("status", "on=2009-10-28"),
        ("status", "on=2007-10-01&state=NC"),
        ("agreements", "on=2007-10-01&limit=100"),
        ("agreements", "on=2009-10-28&limit=100"),
        ("agreements", "on=2016-06-11&limit=100"),
        ("agencies", "on=2009-10-28&limit=1000"),
        ("changes", "since=2011-02-01&until=2021-02-01&limit=1000"),
        ("timeline", "limit=1000"),
        ("timeline", "state=MD&kind=agreement&kind=law"),
    ],
)
def test_answers_of_the_years_before_hold_to_their_schemas(
    site: TestClient, described: dict[str, Any], operation: str, query: str
) -> None:
    answer = site.get(f"/api/v1/{operation}?{query}")
    assert answer.status_code == 200, answer.text
    schema = described["paths"][f"/api/v1/{operation}"]["get"]["responses"]["200"]["content"]["application/json"]
    whole = {**schema["schema"], "components": described["components"]}
    jsonschema_rs.validator_for(whole, validate_formats=True).validate(answer.json())


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (("--until", "2026-05-08"), "until=2026-05-08"),
        (("--state", "CO", "--kind", "ruling"), "state=Colorado&kind=ruling"),
        (("--agency", "ag-06nmevy", "--until", "2026-01-01"), "agency=ag-06nmevy&until=2026-01-01"),
        (
            ("--kind", "money", "--kind", "target", "--since", "2025-01-01", "--until", "2025-12-31"),
            "kind=money&kind=target&since=2025-01-01&until=2025-12-31",
        ),
    ],
)
def test_the_timeline_is_that_of_the_command(site: TestClient, words: tuple[str, ...], query: str) -> None:
    told = printed("timeline", *words)
    answer = site.get(f"/api/v1/timeline?{query}&limit=1000").json()
    assert answer["total"] == len(answer["entries"]) and answer["next"] is None
    assert {key: answer[key] for key in told} == told
    entries: list[Any] = []
    link = f"/api/v1/timeline?{query}&limit=40"
    while link:
        part = site.get(link)
        entries += part.json()["entries"]
        link = part.links.get("next", {}).get("url", "")
    assert entries == told["entries"]


def test_the_timeline_refuses_what_it_does_not_know(site: TestClient) -> None:
    wrong = site.get("/api/v1/timeline?kind=gossip")
    assert wrong.status_code == 400 and "no kind 'gossip'" in wrong.json()["detail"]
    assert site.get("/api/v1/timeline?since=2025-01-01&until=2024-01-01").status_code == 400
    assert site.get("/api/v1/timeline?until=soon").status_code == 422
    assert "since=2012-12-31" in site.get("/timeline?since=2012-12-31&until=2013-01-31").text
    assert site.get("/timeline.json?since=2013-01-31&until=2012-12-31").status_code == 400
