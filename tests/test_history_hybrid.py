"""The hybrid model of the years before 2013: a model wherever a day of those years is requested, and its end."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.ledger.query.parameters import note_of_model
from ledger287.sources.figures.reading import figures
from ledger287.web.server.app import make_app
from sites import site_on

ENDED = "ended with the task forces on December 31, 2012"


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(date(2026, 5, 8)), watch=False)) as client:
        yield client


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<svg.*?</svg>", " ", page)).split())


def shown(*given: str) -> str:
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def told(*given: str) -> Any:
    return json.loads(shown(*given, "--json"))


@pytest.mark.parametrize("name", ["HYB", "hyb", "hybrid", "Jail and Task Force (hybrid)"])
def test_the_roster_that_names_hybrids_has_twelve(site: TestClient, name: str) -> None:
    answer = told("status", "--on", "2009-10-28", "--model", name)
    assert (answer["model"], answer["agreements"], answer["by_model"]) == ("HYB", 12, {"HYB": 12})
    assert site.get("/api/v1/status", params={"on": "2009-10-28", "model": name}).json() == answer
    rows = told("agreements", "--on", "2009-10-28", "--model", name)
    assert rows["total"] == 12 and {row["model"] for row in rows["agreements"]} == {"HYB"}
    listed = site.get("/api/v1/agencies", params={"on": "2009-10-28", "model": name, "limit": "50"}).json()
    assert listed["total"] and all("HYB" in row["models"] for row in listed["agencies"])


def test_what_is_said_of_hybrids_is_what_the_record_has() -> None:
    note = note_of_model("HYB", None)
    assert note and ENDED in note
    counts = {f"{one.as_of:%B %Y}": one.parts["HYB"] for one in figures() if one.parts.get("HYB")}
    roster = ledger287.open().status("2009-10-28", model="HYB").agreements
    assert f"{roster} on October 28, 2009" in note and len(counts) == 3
    assert all(f"{count} in {month}" in note for month, count in counts.items()), counts


def test_after_its_end_there_is_none_and_why(site: TestClient) -> None:
    for day in ("2013-04-02", "2025-08-14"):
        answer = told("status", "--on", day, "--model", "HYB")
        assert answer["agreements"] == 0 and answer["by_model"] == {"HYB": 0} and ENDED in answer["model_note"]
        assert ENDED in shown("status", "--on", day, "--model", "HYB")
        assert told("status", "--on", day)["model_note"] is None
    assert "none, as it ended on December 31, 2012" in shown("status", "--on", "2018-05-01", "--model", "HYB")
    assert told("status", "--on", "2012-08-01", "--model", "HYB", "--known-on", "2012-08-05")["model_note"] is None
    page = words(site.get("/model/HYB").text)
    assert "Ended on December 31, 2012" in page and "13 joint" in page and "Yavapai County" in page
    assert "Terminó el 31 de diciembre de 2012" in words(site.get("/es/model/HYB").text)


def test_changes_under_it_say_that_no_page_names_it(site: TestClient) -> None:
    span = ("--since", "2009-01-01", "--until", "2013-12-31")
    answer = told("changes", *span, "--model", "HYB")
    assert answer["changes"] == [] and ENDED in answer["model_note"]
    over = site.get("/api/v1/changes?since=2009-01-01&until=2013-12-31&model=HYB").json()
    assert over["model_note"] == answer["model_note"] and over["total"] == 0
    text = shown("changes", *span, "--model", "HYB")
    assert ENDED in text and "none on the lists" not in text
    page = site.get("/changes?since=2009-01-01&until=2013-12-31&model=HYB").text
    assert ENDED in words(page) and '<option value="HYB" selected' in page


def test_a_model_of_2012_is_read_by_its_name_in_changes_too() -> None:
    span = ("--since", "2012-01-01", "--until", "2013-12-31", "--model")
    by_code = told("changes", *span, "TFM")["changes"]
    assert len(by_code) == 20
    assert told("changes", *span, "task force model")["changes"] == by_code == told("changes", *span, "tfm")["changes"]
    gap = told("changes", "--since", "2018-01-01", "--until", "2019-01-01", "--model", "jem")["gap"]
    assert gap["both"] + len(gap["gone"]) > 0 and {one["model"] for one in gap["gone"]} == {"JEM"}


@pytest.mark.parametrize("command", ["growth", "ranks", "shares", "waits", "returns", "coverage"])
def test_questions_of_the_lists_say_that_it_ended_before_them(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--model", "HYB"])
    assert "HYB ended on December 31, 2012, before ICE's lists" in str(done.exception)


def test_forms_take_days_since_the_first_agreement(site: TestClient) -> None:
    for address in ("/state/FL", "/model/JEM", "/check"):
        assert 'min="2002-07-02"' in site.get(address).text, address
